using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>Kicks, bans and mutes on the whole server.</summary>
public sealed class ServerModerationSpecs
{
    private readonly OperatorChat _world = new();

    [Fact]
    public void A_kick_puts_out_and_tells_why()
    {
        SimulatedClient mallory = _world.Guest("mallory");
        SimulatedClient bob = _world.Guest("bob", "192.0.2.7");
        bob.Type("join lobby");
        mallory.Type("join lobby").ReadTexts();
        bob.ReadTexts();

        _world.Answers("kick mallory be kind");

        Assert.Equal(["You were kicked from this server by u1000: be kind"], mallory.ReadTexts());
        Assert.True(mallory.Transport.Closed);
        Assert.Equal(["#lobby - mallory quit: kicked: be kind"], bob.ReadTexts().Select(line => line.Replace(" (", ": ", StringComparison.Ordinal).TrimEnd(')')));
        Assert.False(_world.Chat.Connect(peer: OperatorChat.At("192.0.2.1")).Transport.Closed);
    }

    [Fact]
    public void A_banned_guest_is_put_out_and_guests_from_there_can_only_log_in()
    {
        SimulatedClient mallory = _world.Guest("mallory");

        Assert.Equal(["Ban 1: mallory and 192.0.2.1 until 20240301 23:59:58, by u1000: spam"], _world.Answers("ban mallory 1d spam"));
        Assert.Equal(["You are banned from this server until 20240301 23:59:58: spam"], mallory.ReadTexts());
        Assert.True(mallory.Transport.Closed);

        SimulatedClient again = _world.Chat.Connect(peer: OperatorChat.At("192.0.2.1"));
        string[] refused =
        [
            "You cannot use this server as a guest, since guests from your address are banned until 20240301 23:59:58: spam",
            "You can still log in to an account: login NAME PASSWORD",
        ];
        Assert.Equal(refused, again.Type("nick other").ReadTexts());
        Assert.Equal(refused, again.Type("/msg u1000 hi").ReadTexts());
        Assert.NotEqual(refused, again.Type("help").ReadTexts());
        Assert.Equal("Welcome", _world.Chat.Connect(readWelcome: false, peer: OperatorChat.At("192.0.2.2")).ReadTexts()[0][..7]);

        SimulatedClient member = _world.Member("alice", "192.0.2.1");
        Assert.Equal(["No other user is connected."], member.Type("w x").ReadTexts().Select(_ => "No other user is connected."));
        _world.Chat.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["You are now known as other"], again.Type("nick other").ReadTexts());
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.0/24", "192.0.2.77", true)]
    [InlineData("192.0.2.0/24", "192.0.3.1", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::5", true)]
    public void A_banned_address_is_put_out_and_refused_at_the_gate_with_one_line(string ban, string address, bool isBanned)
    {
        SimulatedClient there = _world.Guest("mallory", address);
        _world.Answers($"ban {ban} 2h no more");
        there.ReadTexts();
        Assert.Equal(isBanned, there.Transport.Closed);
        long opened = _world.Chat.Server.Counters.Connections;

        SimulatedClient late = _world.Chat.Connect(readWelcome: false, peer: OperatorChat.At(address));

        Assert.Equal(isBanned, late.Transport.Closed);
        if (isBanned)
        {
            Assert.Equal(["You are banned from this server until 20240301 01:59:58: no more"], late.ReadTexts());
            Assert.Equal(opened, _world.Chat.Server.Counters.Connections);
            Assert.Contains(_world.Chat.Log.Entries, entry => entry.Message.EndsWith($": refused, ban 1 holds for it", StringComparison.Ordinal));
            _world.Chat.Advance(TimeSpan.FromHours(2));
            Assert.False(_world.Chat.Connect(peer: OperatorChat.At(address)).Transport.Closed);
        }
    }

    [Fact]
    public void A_ban_of_everything_leaves_the_console_alone()
    {
        _world.Answers("ban 0.0.0.0/0", "ban ::/0");

        Assert.False(_world.Chat.Connect(peer: PeerAddress.FromLocalUser(1000, isHost: true)).Transport.Closed);
        Assert.True(_world.Chat.Connect(peer: OperatorChat.At("127.0.0.1")).Transport.Closed);
        Assert.False(_world.Console.Transport.Closed);
    }

    [Fact]
    public void A_banned_address_behind_a_proxy_is_refused_once_it_is_known()
    {
        OperatorChat world = new(new ChatOptions { FloodRate = 0, ProxyProtocol = true, Trusted = AddressSet.TryParse("10.0.0.1", out AddressSet? set) ? set : null! });
        world.Answers("ban 192.0.2.1");
        SimulatedClient client = world.Chat.Connect(readWelcome: false, peer: OperatorChat.At("10.0.0.1"));

        client.Send("PROXY TCP4 192.0.2.1 192.0.2.2 4711 1235\r\n");

        Assert.Equal(["You are banned from this server"], client.ReadTexts());
        Assert.True(client.Transport.Closed);
        Assert.Equal(1, world.Chat.Server.Counters.Connections);
    }

    [Fact]
    public void A_banned_account_is_put_out_in_all_its_sessions_and_when_it_comes_again()
    {
        Account account = TestAccounts.New("mallory");
        SimulatedClient one = _world.Member("mallory", "192.0.2.1", account);
        SimulatedClient two = _world.Member("mallory", "192.0.2.2", account);

        _world.Answers("ban mallory");

        Assert.True(one.Transport.Closed && two.Transport.Closed);
        SimulatedClient again = _world.Chat.Connect(peer: OperatorChat.At("192.0.2.3"));
        User? newest = null;
        foreach (User user in _world.Chat.Server.Users)
        {
            newest = user;
        }

        _world.Chat.InLoop(() => _world.Chat.Server.Chat.LogIn(newest!.Sessions[0], account));
        _world.Chat.Settle();
        Assert.Equal(["You are banned from this server"], again.ReadTexts());
        Assert.True(again.Transport.Closed);
    }

    [Fact]
    public void A_banned_name_cannot_be_taken_nor_one_like_it()
    {
        _world.Guest("mallory").HangUp();
        _world.Answers("ban mallory");
        SimulatedClient bob = _world.Guest("bob", "192.0.2.9");

        Assert.Equal(["Name is banned: ma11ory"], bob.Type("nick ma11ory").ReadTexts());
    }

    [Fact]
    public void Nobody_bans_an_operator_or_the_place_where_the_operator_is()
    {
        _world.Options.Operators = ["alice", "bob"];
        SimulatedClient alice = _world.Member("alice", "192.0.2.1");
        _world.Member("bob", "192.0.2.2");

        Assert.Equal(["You cannot do that to bob, who is an operator."], alice.Type("ban bob").ReadTexts());
        Assert.Equal(["You cannot do that to bob, who is an operator."], alice.Type("kick bob").ReadTexts());
        Assert.Equal(["You cannot do that to yourself."], alice.Type("kick alice").ReadTexts());
        Assert.Equal(["Not done: you come from there yourself, and could not come back."], alice.Type("ban 192.0.2.0/24").ReadTexts());
        Assert.Equal(["User bob was kicked from this server."], _world.Answers("kick bob"));
    }

    [Fact]
    public void A_muted_user_reaches_nobody_and_is_told_why()
    {
        SimulatedClient mallory = _world.Guest("mallory");
        SimulatedClient bob = _world.Guest("bob", "192.0.2.9");
        bob.Type("join lobby");
        mallory.Type("join lobby").ReadTexts();
        bob.ReadTexts();

        _world.Answers("mute mallory 10m shouting");

        Assert.Equal(["You are muted on this server until 20240301 00:09:58: shouting"], mallory.ReadTexts());
        mallory.Type("hello", "/msg bob hi", "/broadcast hi", "/me waves", "/nick hello", "/fib bob 5", "/url bob http://bob/", "/say lobby hi", "/topic hi");
        Assert.Equal(9, mallory.ReadTexts().Count(line => line.Contains("muted", StringComparison.Ordinal)));
        Assert.Empty(bob.ReadTexts());
        Assert.Equal(["No longer muted on this server: mallory"], _world.Answers("unmute mallory"));
        mallory.Type("hello");
        Assert.Equal(["#lobby mallory hello"], bob.ReadTexts());
    }

    [Theory]
    [InlineData("ban mallory 1d spam", "unban mallory")]
    [InlineData("mute mallory", "unmute mallory")]
    [InlineData("ban 192.0.2.0/24 spam", "unban 192.0.2.0/24")]
    public void A_ban_or_mute_is_undone_and_the_undoing_too(string line, string lift)
    {
        _world.Guest("mallory");
        _world.Answers(line);
        StoredBan first = Assert.Single(_world.Store.Bans.Values);

        Assert.Contains("Undone: entry 1", string.Concat(_world.Answers("undo 1")), StringComparison.Ordinal);
        Assert.Empty(_world.Store.Bans);
        Assert.Empty(_world.Chat.Server.Chat.Bans.All);

        Assert.Contains("Undone: entry 2", string.Concat(_world.Answers("undo 2")), StringComparison.Ordinal);
        StoredBan second = Assert.Single(_world.Store.Bans.Values);
        Assert.Equal((first.Kind, first.Name, first.Reason, first.Until), (second.Kind, second.Name, second.Reason, second.Until));
        Assert.StartsWith("No longer ", Assert.Single(_world.Answers(lift)), StringComparison.Ordinal);
        Assert.Equal(["u1000", "u1000", ""], _world.Store.Audit.Values.Take(3).Select(entry => entry.UndoneBy));
    }

    [Fact]
    public void The_last_words_of_a_muted_user_are_not_heard_and_those_of_an_operator_about_the_user_are()
    {
        SimulatedClient bob = _world.Guest("bob", "192.0.2.7");
        bob.Type("join lobby");
        SimulatedClient mallory = _world.Guest("mallory");
        mallory.Type("join lobby");
        SimulatedClient trudy = _world.Guest("trudy", "192.0.2.3");
        trudy.Type("join lobby");
        _world.Answers("mute mallory", "mute trudy");
        bob.ReadTexts();

        mallory.Type("/quit you all stink");
        Assert.Equal(["#lobby - mallory quit"], bob.ReadTexts());
        _world.Answers("kick trudy be kind");
        Assert.Equal(["#lobby - trudy quit: kicked: be kind"], bob.ReadTexts());
    }

    [Theory]
    [InlineData("/invite bob")]
    [InlineData("/kick bob you stink")]
    [InlineData("/ban bob you stink")]
    [InlineData("/mute bob you stink")]
    public void A_muted_owner_of_a_room_says_nothing_in_the_reasons_that_others_are_told(string line)
    {
        SimulatedClient alice = _world.Member("alice");
        alice.Type("join lobby");
        SimulatedClient bob = _world.Guest("bob", "192.0.2.7");
        bob.Type("join lobby");
        _world.Answers("mute alice");
        alice.ReadTexts();
        bob.ReadTexts();

        Assert.Equal(["You are muted on this server"], alice.Type(line).ReadTexts());
        Assert.Empty(bob.ReadTexts());
    }

    [Fact]
    public void A_ban_of_guests_holds_for_one_who_gives_up_the_account()
    {
        _world.Guest("mallory");
        _world.Answers("ban mallory");
        Account account = TestAccounts.New("alice");
        SimulatedClient alice = _world.Member("alice", "192.0.2.1", account);
        alice.Type("join lobby");

        _world.Chat.InLoop(() => _world.Chat.Server.Chat.Forget(account));
        _world.Chat.Settle();

        Assert.Equal("You are banned from this server", alice.ReadTexts()[^1]);
        Assert.False(_world.IsHere("alice"));
    }

    [Fact]
    public void A_ban_holds_for_an_operator_who_is_one_no_more()
    {
        _world.Options.Operators = ["root"];
        SimulatedClient root = _world.Member("root", "192.0.2.5");
        root.Type("join lobby");
        _world.Answers("ban 192.0.2.5");
        Assert.False(root.Transport.Closed);

        _world.Options.Operators = [];
        _world.Chat.InLoop(_world.Chat.Port.TakeOn);
        _world.Chat.Settle();

        Assert.Equal("You are banned from this server", root.ReadTexts()[^1]);
        Assert.False(_world.IsHere("root"));
    }

    [Fact]
    public void What_lasts_is_refused_where_nothing_can_be_kept()
    {
        SimulatedClient mallory = _world.Guest("mallory");
        _world.Store.Problem = "the disk is full";

        Assert.Equal(["Not done: nothing can be kept at present (the disk is full). Try again later."], _world.Answers("ban mallory"));
        Assert.False(mallory.Transport.Closed);
        Assert.Empty(_world.Chat.Server.Chat.Bans.All);
    }

    [Fact]
    public void A_ban_holds_for_those_who_come_while_it_is_written()
    {
        _world.Store.IsSlow = true;
        _world.Answers("ban 192.0.2.1");
        SimulatedClient between = _world.Chat.Connect(peer: OperatorChat.At("192.0.2.1"));
        Assert.False(between.Transport.Closed);

        _world.Chat.InLoop(_world.Store.Answer);
        _world.Chat.Settle();

        Assert.True(between.Transport.Closed);
    }

    [Fact]
    public void Bans_lists_those_that_hold()
    {
        _world.Guest("mallory");
        _world.Answers("ban 10.0.0.0/8", "mute mallory 1h shouting");

        Assert.Equal(
            ["Ban 1: 10.0.0.0/8, by u1000", "Mute 2: mallory and 192.0.2.1 until 20240301 00:59:58, by u1000: shouting"],
            _world.Answers("bans"));
        _world.Chat.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["Ban 1: 10.0.0.0/8, by u1000"], _world.Answers("bans"));
    }

    [Theory]
    [InlineData("ban mallory 0s")]
    [InlineData("ban 10.0.0.0/99")]
    [InlineData("ban ';--")]
    [InlineData("unban nobody")]
    [InlineData("unban 77")]
    [InlineData("unban 99999999999999999999")]
    [InlineData("ban")]
    [InlineData("kick")]
    public void Bad_input_is_answered_with_a_line_and_changes_nothing(string line)
    {
        Assert.NotEmpty(_world.Answers(line));
        Assert.Empty(_world.Store.Bans);
        Assert.Empty(_world.Store.Audit);
    }

    [Fact]
    public void A_name_that_nobody_has_had_here_can_be_banned_from_the_server()
    {
        Assert.Single(_world.Answers("ban mallory"));

        Assert.Equal("mallory", Assert.Single(_world.Store.Bans).Value.Name);
    }

    [Fact]
    public void A_reason_that_is_too_long_is_refused()
    {
        _world.Guest("mallory");

        Assert.Contains("300", Assert.Single(_world.Answers("kick mallory " + new string('x', ChatOptions.MaxReasonBytes + 1))), StringComparison.Ordinal);
        Assert.True(_world.IsHere("mallory"));
    }
}
