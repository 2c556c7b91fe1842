using AotChat.Chat;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>One person at several terminals, and what an account brings along.</summary>
public sealed class TerminalSpecs
{
    private readonly AccountChat _house = new();
    private readonly SimulatedClient _desk;
    private readonly SimulatedClient _bob;

    public TerminalSpecs()
    {
        _desk = _house.Register("alice");
        _desk.Type("join lobby").ReadTexts();
        _bob = _house.Guest("bob");
        _bob.Type("join lobby").ReadTexts();
        _desk.ReadTexts();
    }

    [Fact]
    public void What_one_terminal_says_appears_on_the_other_private_messages_included()
    {
        SimulatedClient phone = _house.LogIn("alice");
        _desk.ReadTexts();
        phone.Type("hello", "/msg bob psst", "/r again");

        Assert.Equal(["#lobby alice hello", "(to bob) alice psst"], _desk.ReadTexts());
        Assert.Equal(["Message is delivered to bob", "Nobody has sent you a message yet."], phone.ReadTexts());
        _bob.Type("/w").ReadTexts();
        _bob.Type("/w");
        Assert.Equal(["Online users: alice"], _bob.ReadTexts());
    }

    [Fact]
    public void A_message_to_oneself_comes_once_to_each_terminal()
    {
        SimulatedClient phone = _house.LogIn("alice");
        _desk.ReadTexts();
        phone.Type("/msg alice note");

        Assert.Equal(["alice note"], _desk.ReadTexts());
        Assert.Equal(["alice note", "Message is delivered to alice"], phone.ReadTexts());
    }

    [Fact]
    public void Nobody_can_say_what_looks_like_a_message_that_one_sent()
    {
        _bob.Type("/nick (to", "(to alice) x");

        Assert.Equal(["#lobby bob (to alice) x"], _desk.ReadTexts());
    }

    [Fact]
    public void A_preference_holds_at_all_terminals_and_comes_back()
    {
        SimulatedClient phone = _house.LogIn("alice");
        phone.Type("/color on", "/bell on", "/time utc", "/time short", "/away lunch").ReadLines();
        _desk.Type("/color", "/bell");
        Assert.Contains(_desk.ReadLines(), line => line.EndsWith("Names are shown in color.", StringComparison.Ordinal));
        _desk.Type("/quit");
        phone.Type("/quit");

        SimulatedClient later = _house.Restart().LogInAnd(out string[] lines);
        Assert.Contains(lines, line => line.EndsWith("You are away: lunch", StringComparison.Ordinal));
        string[] answers = later.Type("/time", "/color", "/bell").ReadLines();
        Assert.Contains(answers, line => line.EndsWith("Times are shown as HH:MM, in UTC.", StringComparison.Ordinal));
        Assert.Contains(answers, line => line.EndsWith("Names are shown in color.", StringComparison.Ordinal));
        Assert.Contains(answers, line => line.EndsWith("The bell rings when somebody names you or sends you a private message.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_rooms_that_one_was_in_are_joined_again()
    {
        _desk.Type("/join other", "/join third", "/leave other", "/quit").ReadTexts();
        Assert.Equal(["lobby", "third"], [.. Assert.Single(_house.Store.Accounts.Values).Preferences.Rooms]);

        _bob.ReadTexts();
        SimulatedClient again = _house.Chat.Connect();
        string[] lines = _house.Type(again, "login alice " + AccountChat.Password);
        Assert.Equal(
            [
                "You are logged in as alice.",
                "You are in #lobby (2 people). What you type is said there; commands begin with /.",
                "You are in #third (1 person). What you type is said there; commands begin with /.",
            ],
            lines);
        Assert.Equal(["#lobby + alice joined"], _bob.ReadTexts());
    }

    [Fact]
    public void An_account_that_is_ignored_stays_so_under_whatever_name_and_from_wherever()
    {
        SimulatedClient carol = _house.Register("carol");
        _desk.Type("/ignore carol").ReadTexts();
        carol.Type("quit");
        Assert.Equal(["Ignored users: carol"], _desk.Type("/ignores").ReadTexts());
        _desk.Type("/quit");

        SimulatedClient alice = _house.LogIn("alice");
        carol = _house.LogIn("carol", AccountChat.Elsewhere(7));
        carol.Type("nick caroline", "join lobby", "hello").ReadTexts();
        Assert.Empty(alice.ReadTexts());
        Assert.Equal(["Cannot deliver the message to alice"], carol.Type("/msg alice psst").ReadTexts());

        Assert.Equal(["You no longer ignore carol."], alice.Type("/unignore carol").ReadTexts());
        carol.Type("hello");
        Assert.Equal(["#lobby caroline hello"], alice.ReadTexts());
        Assert.Empty(_house.Store.Accounts[1].Preferences.IgnoredAccounts);
    }

    [Fact]
    public void A_guest_who_is_ignored_is_so_as_an_account_too()
    {
        _house.Register("carol").Type("quit");
        SimulatedClient guest = _house.Guest("dave");
        _desk.Type("/ignore dave").ReadTexts();
        _house.Type(guest, "login carol " + AccountChat.Password);

        Assert.Equal(["Ignored users: carol"], _desk.Type("/ignores").ReadTexts());
        Assert.Equal([2L], [.. _house.Store.Accounts[1].Preferences.IgnoredAccounts]);
    }

    [Fact]
    public void Sessions_lists_ones_terminals_and_ends_another_one()
    {
        SimulatedClient phone = _house.LogIn("alice", AccountChat.Elsewhere(3));
        _house.Chat.Advance(TimeSpan.FromMinutes(5));
        _desk.ReadTexts();
        string[] list = _desk.Type("/sessions").ReadTexts();
        Assert.Equal(2, list.Length);
        Assert.Matches(@"^Terminal 1: from unix, here since .*, idle for 0 s \(this one\)$", list[0]);
        Assert.Matches(@"^Terminal 3: from 192\.0\.2\.3:4711, here since .*, idle for 5 min$", list[1]);

        Assert.Equal(["You have no terminal of that number. For a list: /sessions"], _desk.Type("/sessions end 2").ReadTexts());
        Assert.Equal(["This is the terminal that you are at. To leave: /quit"], _desk.Type("/sessions end 1").ReadTexts());
        phone.ReadTexts();
        Assert.Equal(["Terminal closed: 3"], _desk.Type("/sessions end 3").ReadTexts());
        Assert.Equal(["This terminal was closed from another one of yours."], phone.ReadTexts());
        Assert.True(phone.Transport.Closed);
        Assert.True(_house.Find("alice").IsOnline);
        Assert.Single(_bob.Type("/sessions").ReadTexts(), line => line.StartsWith("Terminal 2: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Rooms_that_are_left_with_the_connection_are_kept()
    {
        _desk.Transport.Broken = true;
        _house.Chat.Settle();

        StoredAccount kept = Assert.Single(_house.Store.Accounts.Values);
        Assert.Equal(["lobby"], [.. kept.Preferences.Rooms]);
    }
}

/// <summary>Ways in for these tests.</summary>
internal static class AccountChatEntries
{
    public static SimulatedClient LogInAnd(this AccountChat house, out string[] lines)
    {
        SimulatedClient client = house.Chat.Connect();
        client.Type("login alice " + AccountChat.Password);
        house.RunJobs();
        lines = client.ReadLines();
        return client;
    }
}
