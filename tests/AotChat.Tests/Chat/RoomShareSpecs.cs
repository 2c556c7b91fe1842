using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>How many rooms one address may have opened, and whose rooms make place for new ones.</summary>
public sealed class RoomShareSpecs
{
    private readonly UserDirectory _users = new(new ReservedNames());
    private readonly HistoryStore _history = new(10, 1024 * 1024);
    private readonly RoomDirectory _rooms;

    public RoomShareSpecs() => _rooms = new RoomDirectory(8, 3, 100, _history, new NoStore());

    [Fact]
    public void One_address_opens_no_more_rooms_than_its_share()
    {
        Assert.All(["a", "b", "c"], name => Assert.Equal(JoinResult.Done, Join(Enter(1), name)));

        Assert.Equal(JoinResult.TooManyOfAddress, Join(Enter(1), "d"));
        Assert.Equal(JoinResult.Done, Join(Enter(2), "d"));
        Assert.Equal(JoinResult.Done, Join(Enter(1), "d"));
    }

    [Fact]
    public void A_room_counts_for_its_founders_address_until_it_is_forgotten()
    {
        User opener = Enter(1);
        User guest = Enter(2);
        Array.ForEach(["a", "b", "c"], name => Join(opener, name));
        Array.ForEach(["a", "b", "c"], name => Join(guest, name));
        Leave(opener, "a");
        Assert.Equal(JoinResult.TooManyOfAddress, Join(opener, "d"));
        Assert.Equal(JoinResult.Done, Join(guest, "d"));

        Leave(guest, "a");
        Assert.Equal(JoinResult.Done, Join(opener, "e"));
    }

    [Fact]
    public void An_address_is_forgotten_with_the_last_of_its_rooms()
    {
        User opener = Enter(1);
        Array.ForEach(["a", "b"], name => Join(opener, name));
        Leave(opener, "a");
        Assert.Equal(1, _rooms.RememberedBlocks);

        Leave(opener, "b");

        Assert.Equal(0, _rooms.RememberedBlocks);
    }

    [Fact]
    public void A_new_room_of_an_address_takes_the_place_of_its_own_that_was_silent_for_longest()
    {
        User other = Enter(2);
        OpenAndLeave(other, "oldest");
        User user = Enter(1);
        Array.ForEach(["a", "b", "c"], name => OpenAndLeave(user, name));

        Assert.Equal(JoinResult.Done, Join(user, "d"));
        Assert.Equal(["b", "c", "d", "oldest"], Names());
    }

    [Fact]
    public void This_machine_may_open_all_rooms()
    {
        User user = Enter(0);
        Assert.All("abcdefgh", name => Assert.Equal(JoinResult.Done, Join(user, name.ToString())));

        Assert.Equal(JoinResult.TooMany, Join(user, "more"));
        Assert.Equal(JoinResult.TooMany, Join(Enter(1), "more"));
    }

    [Fact]
    public void When_there_are_too_many_rooms_the_address_with_most_loses_one()
    {
        OpenAndLeave(Enter(4), "oldest");
        OpenAndLeave(Enter(1), "a");
        OpenAndLeave(Enter(1), "b");
        OpenAndLeave(Enter(1), "c");
        OpenAndLeave(Enter(2), "d");
        OpenAndLeave(Enter(2), "e");
        OpenAndLeave(Enter(3), "f");
        OpenAndLeave(Enter(3), "g");

        Assert.Equal(JoinResult.Done, Join(Enter(5), "x"));
        Assert.Equal(["b", "c", "d", "e", "f", "g", "oldest", "x"], Names());
    }

    [Fact]
    public void Among_equal_addresses_the_one_that_opens_a_room_loses_one()
    {
        OpenAndLeave(Enter(4), "oldest");
        Array.ForEach(["a", "b", "c"], name => OpenAndLeave(Enter(0), name));
        Array.ForEach(["d", "e"], name => OpenAndLeave(Enter(2), name));
        Array.ForEach(["f", "g"], name => OpenAndLeave(Enter(3), name));

        Assert.Equal(JoinResult.Done, Join(Enter(3), "x"));
        Assert.Equal(["a", "b", "c", "d", "e", "g", "oldest", "x"], Names());
    }

    [Fact]
    public void Any_changes_keep_the_count_of_rooms_right()
    {
        Random random = new(20240229);
        User[] users = [.. Enumerable.Range(0, 8).Select(i => Enter(i / 2))];
        for (int step = 0; step < 20_000; step++)
        {
            User user = users[random.Next(users.Length)];
            string name = "room" + "abcdefghjkmnpqrs"[random.Next(16)];
            if (random.Next(3) == 0)
            {
                Check(user, name, Join(user, name));
            }
            else if (user.Memberships is [var membership, ..])
            {
                if (random.Next(3) == 0)
                {
                    _history.Add(membership.Room, user.OriginBlock, ChatEventKind.Said, 0, "a b"u8, 1);
                }

                _rooms.Leave(membership);
            }

            Assert.InRange(_rooms.Count, 0, 8);
            Assert.All(_rooms.All.GroupBy(room => room.OpenerBlock), rooms => Assert.True(rooms.Key == IUserSession.ThisMachine || rooms.Count() <= 3));
        }
    }

    private void Check(User user, string name, JoinResult result)
    {
        Room[] own = [.. _rooms.All.Where(room => room.OpenerBlock == user.OriginBlock)];
        if (result == JoinResult.TooManyOfAddress)
        {
            Assert.Equal(3, own.Length);
            Assert.All(own, room => Assert.False(room.Members.IsEmpty));
        }
        else if (result == JoinResult.TooMany)
        {
            Assert.Equal(8, _rooms.Count);
            Assert.All(_rooms.All, room => Assert.False(room.Members.IsEmpty));
        }
        else
        {
            Assert.True(_rooms.TryFind(Encoding.ASCII.GetBytes(name), out Room? room) && user.MembershipOf(room) is not null);
        }
    }

    private IEnumerable<string> Names() => _rooms.All.Select(room => room.ToString()[1..]).Order(StringComparer.Ordinal);

    private User Enter(int block) => _users.Enter(new QuietTerminal { OriginBlock = (UInt128)block }, now: 0);

    private JoinResult Join(User user, string name) => _rooms.Join(user, Encoding.ASCII.GetBytes(name), out _);

    private void Leave(User user, string name)
    {
        Assert.True(_rooms.TryFind(Encoding.ASCII.GetBytes(name), out Room? room));
        _rooms.Leave(user.MembershipOf(room)!);
    }

    private void OpenAndLeave(User user, string name)
    {
        _rooms.Join(user, Encoding.ASCII.GetBytes(name), out Room? room);
        _history.Add(room!, user.OriginBlock, ChatEventKind.Said, 0, "a hello"u8, 1);
        Leave(user, name);
    }
}
