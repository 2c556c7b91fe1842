using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>What was said before, each line to the letter.</summary>
public sealed class HistorySpecs
{
    private readonly SimulatedChat _chat = new(new ChatOptions { FloodRate = 0, HistoryLines = 500, ReplayLines = 3 });
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;

    public HistorySpecs()
    {
        _alice = _chat.Connect();
        _bob = _chat.Connect();
        _alice.Type("nick alice", "join lobby").ReadTexts();
    }

    [Fact]
    public void Joining_replays_the_last_lines_with_their_own_times_and_numbers()
    {
        _alice.Type("one", "two", "/me waves", "four");
        _chat.Advance(TimeSpan.FromMinutes(1));
        string[] lines = _bob.Type("join lobby").ReadSeconds();

        Assert.Equal(
            [
                "[20240301 00:00:58] You are in #lobby (2 people). What you type is said there; commands begin with /.",
                "[20240229 23:59:58] #lobby [2] alice two",
                "[20240229 23:59:58] #lobby [3] * alice waves",
                "[20240229 23:59:58] #lobby [4] alice four",
            ],
            lines);
    }

    [Fact]
    public void History_shows_the_last_lines_or_those_asked_for()
    {
        _alice.Type([.. Enumerable.Range(1, 30).Select(number => $"line {number}")]);

        string[] last = _alice.Type("/history").ReadTexts();
        Assert.Equal("History of #lobby, lines 11-30 of 1-30:", last[0]);
        Assert.Equal(["#lobby [11] alice line 11", "#lobby [30] alice line 30"], [last[1], last[^1]]);
        Assert.Equal(["History of #lobby, lines 29-30 of 1-30:", "#lobby [29] alice line 29", "#lobby [30] alice line 30"], _alice.Type("/history 2").ReadTexts());
        Assert.Equal(["History of #lobby, lines 5-6 of 1-30:", "#lobby [5] alice line 5", "#lobby [6] alice line 6"], _alice.Type("/history #lobby 5-6").ReadTexts());
        Assert.Equal(["History of #lobby, lines 30-30 of 1-30:", "#lobby [30] alice line 30"], _alice.Type("/history 30-999").ReadTexts());
        Assert.Equal(["History of #lobby has only lines 1-30."], _alice.Type("/history 31-40").ReadTexts());
    }

    [Fact]
    public void Lines_that_are_forgotten_leave_their_numbers_behind()
    {
        _alice.Type([.. Enumerable.Range(1, 600).Select(number => $"line {number}")]);

        Assert.Equal(
            ["History of #lobby, lines 101-101 of 101-600:", "#lobby [101] alice line 101"], _alice.Type("/history 90-101").ReadTexts());
    }

    [Fact]
    public void No_more_is_shown_at_once_than_some_screens()
    {
        _alice.Type([.. Enumerable.Range(1, 300).Select(number => $"line {number}")]);

        Assert.Equal("History of #lobby, lines 101-300 of 1-300:", _alice.Type("/history 1000").ReadTexts()[0]);
        Assert.Equal("History of #lobby, lines 1-200 of 1-300:", _alice.Type("/history 1-300").ReadTexts()[0]);
    }

    [Fact]
    public void Long_lines_are_shown_as_far_as_they_fit()
    {
        _alice.Type([.. Enumerable.Range(1, 40).Select(_ => new string('x', 4_000))]);

        Assert.Equal("History of #lobby, lines 25-40 of 1-40:", _alice.Type("/history 40").ReadTexts()[0]);
        Assert.Equal("History of #lobby, lines 1-16 of 1-40:", _alice.Type("/history 1-40").ReadTexts()[0]);
    }

    [Theory]
    [InlineData("/history lobby 0")]
    [InlineData("/history lobby -1")]
    [InlineData("/history lobby x")]
    [InlineData("/history lobby 5-3")]
    [InlineData("/history lobby 99999999999999999999")]
    [InlineData("/history 5 5")]
    public void A_word_that_is_no_number_of_lines_is_answered_with_the_usage(string line) => Assert.Equal(
        [line == "/history 5 5" ? "Room not found: 5" : "Invalid history parameters. Usage: /history [ROOM] [N or FROM-TO]"],
        _alice.Type(line).ReadTexts());

    [Theory]
    [InlineData("history lobby")]
    [InlineData("search word in:lobby")]
    public void A_user_who_is_not_in_a_room_does_not_read_its_history(string line) => Assert.Equal(
        ["Only people in #lobby can do that. Join it: join lobby"], _bob.Type(line).ReadTexts());

    [Theory]
    [InlineData("history", "You are not in a room. Join one: join ROOM")]
    [InlineData("history nowhere", "Room not found: nowhere")]
    [InlineData("search word", "You are not in a room. Join one: join ROOM")]
    [InlineData("search word in:nowhere", "Room not found: nowhere")]
    [InlineData("search", "Invalid search parameters: TEXT is missing. Usage: search TEXT")]
    public void A_history_that_can_not_be_shown_is_answered_with_the_reason(string line, string answer) => Assert.Equal([answer], _bob.Type(line).ReadTexts());

    [Fact]
    public void A_user_who_missed_lines_is_told_how_to_read_them()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, OutboxSoftBytes = 2_000 });
        SimulatedClient alice = chat.Connect().Type("join lobby");
        SimulatedClient bob = chat.Connect().Type("join dev", "/join lobby");
        bob.ReadTexts();
        bob.Transport.Window = 0;
        alice.Type([.. Enumerable.Range(1, 100).Select(number => $"line {number}")]);
        alice.Type("/join dev", "one more");
        bob.Transport.Window = int.MaxValue;
        chat.Settle();
        string[] lines = bob.ReadTexts();
        string[] heard = lines[..^1];
        int missed = 102 - heard.Length;

        // The line to say that alice joined was missed as well, and is no part of the history.
        Assert.Equal($"You missed {missed} lines. To read them: /history dev 1-1, /history lobby {heard.Length + 1}-100", lines[^1]);
        Assert.Equal(heard, Enumerable.Range(1, heard.Length).Select(number => $"#lobby u1000 line {number}"));
        Assert.Equal(["History of #dev, lines 1-1 of 1-1:", "#dev [1] u1000 one more"], bob.Type("/history dev 1-1").ReadTexts());

        // What was told is not told again.
        bob.Transport.Window = 0;
        alice.Type([.. Enumerable.Range(2, 100).Select(number => $"over there {number}")]);
        bob.Transport.Window = int.MaxValue;
        chat.Settle();
        Assert.Matches(@"^You missed \d+ lines\. To read them: /history dev \d+-101$", bob.ReadTexts()[^1]);
    }

    [Fact]
    public void Only_those_of_the_missed_lines_are_named_that_are_still_kept()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, OutboxSoftBytes = 2_000, HistoryLines = 3 });
        (SimulatedClient alice, SimulatedClient bob, SimulatedClient carol) =
            (Visitor(chat, 1, "lobby"), Visitor(chat, 2, "dev"), Visitor(chat, 3, "lobby"));
        bob.Type("/join lobby").ReadTexts();
        bob.Transport.Window = 0;
        alice.Type([.. Enumerable.Range(1, 100).Select(number => $"line {number}")]);
        carol.Type("line 101");
        User[] users = [.. chat.Server.Chat.Rooms.All.SelectMany(room => room.Members.ToArray()).Distinct()];
        (User ignoring, User ignored) = (users.Single(user => user.Name.EndsWith("1"u8)), users.Single(user => user.Name.EndsWith("2"u8)));
        Assert.True(IgnoreBook.TryIgnore(ignoring, ignored, max: 1));

        // Line 98 makes room for Carol's first line, and that one for her second, which Bob does not miss.
        carol.Type("line 102");
        alice.Type("/join dev", "over there", "and there", "one more", "/leave dev");
        bob.Transport.Window = int.MaxValue;
        chat.Settle();

        Assert.EndsWith(" lines. To read them: /history dev 1-3, /history lobby 99-100", bob.ReadTexts()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_whose_missed_lines_are_all_forgotten_is_told_nothing_to_read()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, OutboxSoftBytes = 2_000, HistoryLines = 1 });
        (SimulatedClient alice, SimulatedClient bob, SimulatedClient carol) =
            (Visitor(chat, 1, "lobby"), Visitor(chat, 2, "lobby"), Visitor(chat, 3, "lobby"));
        bob.ReadTexts();
        bob.Transport.Window = 0;
        alice.Type([.. Enumerable.Range(1, 100).Select(number => $"line {number}")]);
        Room lobby = chat.Server.Chat.Rooms.All.Single();
        Assert.True(IgnoreBook.TryIgnore(lobby.Members[1], lobby.Members[2], max: 1));
        carol.Type("not for Bob");
        bob.Transport.Window = int.MaxValue;
        chat.Settle();

        Assert.EndsWith(" lines.", bob.ReadTexts()[^1], StringComparison.Ordinal);
    }

    private static SimulatedClient Visitor(SimulatedChat chat, byte address, string room)
    {
        SimulatedClient client = chat.Connect(peer: PeerAddress.FromV4([192, 0, 2, address], 4711)).Type($"join {room}");
        client.ReadTexts();
        return client;
    }
}
