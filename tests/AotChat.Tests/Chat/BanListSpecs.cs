using System.Text;
using AotChat.Chat;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Chat;

/// <summary>Whom a ban or mute holds for, where, and how long.</summary>
public sealed class BanListSpecs
{
    private const long Now = 1_000;
    private const long Lobby = 7;

    private readonly UserDirectory _users = new(new ReservedNames());
    private readonly BanList _bans = new();
    private long _last;

    [Fact]
    public void A_ban_of_a_name_holds_for_it_and_its_look_alikes_in_its_room_alone()
    {
        StoredBan ban = Ban(name: "alice");

        Assert.Same(ban, Find(Enter("alice")));
        Assert.Same(ban, Find(Enter("AL1CE"), leave: true));
        Assert.Null(Find(Enter("bob")));
        Assert.Null(_bans.Find(BanKind.Ban, BanList.Server, Enter("alice"), Now));
        Assert.Null(_bans.Find(BanKind.Mute, Lobby, Enter("alice"), Now));
    }

    [Fact]
    public void A_ban_of_an_account_holds_for_it_under_any_name_and_for_nobody_with_the_name()
    {
        Account account = TestAccounts.New("alice");
        StoredBan ban = Ban(name: "alice", account: account.Id);
        User alice = Enter("other");
        alice.Account = account;

        Assert.Same(ban, Find(alice));
        Assert.Null(Find(Enter("alice")));
    }

    [Fact]
    public void A_ban_of_an_address_holds_for_everybody_there()
    {
        StoredBan one = Ban(address: "192.0.2.7");
        StoredBan range = Ban(address: "10.0.0.0/8");
        User registered = Enter("alice", "10.1.2.3");
        registered.Account = TestAccounts.New("alice");

        Assert.Same(one, Find(Enter("bob", "192.0.2.7")));
        Assert.Same(range, Find(registered));
        Assert.Same(range, _bans.Find(BanKind.Ban, Lobby, AddressOf("10.255.0.1"), Now));
        Assert.Null(Find(Enter("carol", "192.0.2.8")));
        Assert.Null(_bans.Find(BanKind.Ban, BanList.Server, AddressOf("10.255.0.1"), Now));
    }

    [Fact]
    public void A_banned_guest_who_takes_another_name_is_known_by_the_address_and_registered_users_beside_are_spared()
    {
        StoredBan ban = Ban(name: "troll", address: "192.0.2.7");
        User registered = Enter("alice", "192.0.2.7");
        registered.Account = TestAccounts.New("alice");

        Assert.Same(ban, Find(Enter("other", "192.0.2.7")));
        Assert.Same(ban, Find(Enter("troll", "203.0.113.1")));
        Assert.Null(Find(registered));
        Assert.Null(_bans.Find(BanKind.Ban, Lobby, AddressOf("192.0.2.7"), Now));
    }

    [Fact]
    public void Every_session_of_a_user_counts()
    {
        StoredBan ban = Ban(address: "192.0.2.7");
        User alice = Enter("alice", "203.0.113.1");
        alice.Add(new QuietTerminal { Address = AddressOf("192.0.2.7"), OriginBlock = 1 });

        Assert.Same(ban, Find(alice));
    }

    [Fact]
    public void A_ban_of_a_name_that_the_server_gave_holds_for_the_user_who_had_it_then()
    {
        User early = _users.Enter(new QuietTerminal(), 10);
        StoredBan ban = Ban(name: early.ToString(), since: 20);
        UserDirectory afterRestart = new(new ReservedNames());
        User late = afterRestart.Enter(new QuietTerminal(), 30);

        Assert.Equal(early.ToString(), late.ToString());
        Assert.Same(ban, Find(early));
        Assert.Null(Find(late));
    }

    [Fact]
    public void A_ban_ends_at_its_time_and_is_then_taken_away()
    {
        StoredBan ban = Ban(name: "alice", until: Now + 1);
        User alice = Enter("alice");

        Assert.Same(ban, _bans.Find(BanKind.Ban, Lobby, alice, Now));
        Assert.Null(_bans.Find(BanKind.Ban, Lobby, alice, Now + 1));
        Assert.Empty(_bans.In(Lobby, Now + 1));
        Assert.Empty(_bans.TakeEnded(Now));
        Assert.Equal([ban], _bans.TakeEnded(Now + 1));
        Assert.Equal(0, _bans.Count);
        Assert.Equal(0, _bans.CountOf(BanKind.Ban, Lobby));
    }

    [Fact]
    public void Of_several_that_hold_the_one_is_told_that_ends_last()
    {
        Ban(name: "alice", until: Now + 1);
        StoredBan longest = Ban(address: "192.0.2.0/24", until: Now + 3);
        Ban(name: "alice", until: Now + 2);
        User alice = Enter("alice", "192.0.2.7");

        Assert.Same(longest, Find(alice));
        Assert.True(_bans.Remove(longest.Id, out _));
        Assert.Equal(Now + 2, Find(alice)!.Until);
    }

    [Fact]
    public void One_that_was_taken_away_or_replaced_holds_no_longer()
    {
        StoredBan ban = Ban(name: "alice");
        User alice = Enter("alice");
        _bans.Add(ban with { Name = "bob" });

        Assert.Null(Find(alice));
        Assert.True(_bans.Remove(ban.Id, out StoredBan? removed));
        Assert.Equal("bob", removed.Name);
        Assert.False(_bans.Remove(ban.Id, out _));
        Assert.Null(Find(Enter("bob")));
    }

    [Fact]
    public void Bans_are_found_by_number_name_or_address()
    {
        StoredBan name = Ban(name: "alice", address: "192.0.2.7");
        StoredBan address = Ban(address: "192.0.2.7");
        StoredBan range = Ban(address: "192.0.2.0/24");

        Assert.Equal([name], Meant("@Alice"));
        Assert.Equal([address], Meant("192.0.2.7"));
        Assert.Equal([range], Meant("192.0.2.9/24"));
        Assert.Equal([range], Meant(range.Id.ToString()));
        Assert.Empty(Meant("bob"));
        Assert.Empty(Meant("99999999999999999999999"));
        Assert.Empty(_bans.Meant(BanKind.Mute, Lobby, "alice"u8, Now));
        Assert.Empty(_bans.Meant(BanKind.Ban, BanList.Server, "alice"u8, Now));
    }

    [Fact]
    public void Those_of_a_room_go_with_it()
    {
        Ban(name: "alice");
        StoredBan mute = new(++_last, BanKind.Mute, BanList.Server, 0, "bob", "", "root", "", 0, StoredBan.Forever);
        _bans.Add(mute);
        Assert.True(_bans.HasServerMutes);
        _bans.RemoveRoom(Lobby);

        Assert.Equal([mute], _bans.All);
        _bans.Remove(mute.Id, out _);
        Assert.False(_bans.HasServerMutes);
    }

    [Fact]
    public void Of_many_ranges_the_one_is_found_in_which_an_address_lies()
    {
        StoredBan wide = Ban(address: "10.0.0.0/8", until: Now + 1);
        StoredBan narrow = Ban(address: "10.1.0.0/16", until: Now + 2);
        StoredBan all = Ban(address: "2001:db8::/32");
        for (int i = 0; i < 100; i++)
        {
            Ban(address: $"172.16.{i}.0/24");
        }

        Assert.Same(wide, _bans.Find(BanKind.Ban, Lobby, AddressOf("10.2.0.1"), Now));
        Assert.Same(narrow, _bans.Find(BanKind.Ban, Lobby, AddressOf("10.1.2.3"), Now));
        Assert.Same(all, _bans.Find(BanKind.Ban, Lobby, AddressOf("2001:db8:1::1"), Now));
        Assert.Equal("172.16.77.0/24", _bans.Find(BanKind.Ban, Lobby, AddressOf("172.16.77.9"), Now)?.Address);
        Assert.Null(_bans.Find(BanKind.Ban, Lobby, AddressOf("172.17.0.1"), Now));
    }

    [Fact]
    public void What_is_taken_away_in_one_room_makes_no_work_for_others()
    {
        Ban(name: "troll", address: "192.0.2.7");
        User alice = Enter("alice", "203.0.113.1");
        Find(alice);
        StoredBan elsewhere = new(++_last, BanKind.Ban, Lobby + 1, 0, "bob", "", "root", "", 0, StoredBan.Forever);
        _bans.Add(elsewhere);
        _bans.Remove(elsewhere.Id, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Find(alice);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Whether_a_name_is_banned_is_found_without_going_through_all_bans()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Ban(name: $"troll-{i}");
        }

        Ban(name: "alice", account: 5);
        Assert.True(_bans.HoldsForName(BanKind.Ban, Lobby, "Tr0ll-77"u8, Now));
        Assert.False(_bans.HoldsForName(BanKind.Ban, Lobby, "alice"u8, Now));
        Assert.False(_bans.HoldsForName(BanKind.Ban, BanList.Server, "troll-77"u8, Now));
        long before = GC.GetAllocatedBytesForCurrentThread();
        _bans.HoldsForName(BanKind.Ban, Lobby, "bob"u8, Now);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        Ban(name: "troll", address: "192.0.2.7");
        Ban(address: "10.0.0.0/8");
        Ban(address: "192.0.2.9");
        User alice = Enter("alice", "203.0.113.1");
        alice.Account = TestAccounts.New("alice");
        Find(alice);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Find(alice);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private StoredBan? Find(User user, bool leave = false)
    {
        StoredBan? found = _bans.Find(BanKind.Ban, Lobby, user, Now);
        if (leave)
        {
            _users.Leave(user);
        }

        return found;
    }

    private StoredBan[] Meant(string text) => _bans.Meant(BanKind.Ban, Lobby, Encoding.UTF8.GetBytes(text), Now);

    private StoredBan Ban(string name = "", string address = "", long account = 0, long since = 0, long until = StoredBan.Forever)
    {
        StoredBan ban = new(++_last, BanKind.Ban, Lobby, account, name, address, "root", "", since, until);
        _bans.Add(ban);
        return ban;
    }

    private User Enter(string name, string address = "203.0.113.200")
    {
        UInt128 from = AddressOf(address);
        User user = _users.Enter(new QuietTerminal { Address = from, OriginBlock = from }, 0);
        if (_users.Rename(user, Encoding.UTF8.GetBytes(name)) == NameResult.Taken)
        {
            Assert.True(_users.TryFindLike(Encoding.UTF8.GetBytes(name), out User? holder));
            _users.Leave(holder);
            _users.Rename(user, Encoding.UTF8.GetBytes(name));
        }

        return user;
    }

    private static UInt128 AddressOf(string address)
    {
        Assert.True(AddressRange.TryParse(address, out AddressRange range));
        return range.First;
    }
}
