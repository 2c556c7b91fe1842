using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests;

/// <summary>Limits that change while people are there.</summary>
public sealed class LimitReloadSpecs
{
    private readonly ChatOptions _options = new() { FloodRate = 0 };
    private readonly SimulatedChat _chat;

    public LimitReloadSpecs() => _chat = new SimulatedChat(_options);

    [Fact]
    public void Connections_of_an_address_are_counted_off_whatever_the_limits_were_when_they_came()
    {
        _options.MaxConnectionsPerAddress = 0;
        _options.AcceptRatePerAddress = 0;
        SimulatedClient uncounted = Connect();
        TakeOn(options => options.MaxConnectionsPerAddress = 1);
        SimulatedClient counted = Connect();
        Assert.True(Connect().Transport.Closed);
        TakeOn(options => options.Trusted = AddressSet.TryParse("192.0.2.1", out AddressSet? set) ? set : null!);

        counted.HangUp();
        uncounted.HangUp();

        Assert.Equal(0, _chat.Gate.Admission.RememberedAddresses);
        Assert.Equal(0, _chat.Server.Counters.Connections);
        Assert.DoesNotContain(_chat.Log.Entries, entry => entry.Exception is not null);
    }

    [Fact]
    public void Fewer_connections_than_there_are_let_nobody_in_until_enough_have_left()
    {
        SimulatedClient first = Connect();
        SimulatedClient second = Connect();
        TakeOn(options => options.MaxConnections = 1);

        Assert.True(Connect().Transport.Closed);
        first.HangUp();
        Assert.True(Connect().Transport.Closed);
        second.HangUp();
        Assert.False(Connect().Transport.Closed);
    }

    [Fact]
    public void Flood_control_begins_and_ends_for_those_who_are_here()
    {
        SimulatedClient alice = Connect();
        TakeOn(options => (options.FloodBurst, options.FloodRate) = (2, 1));

        Assert.Equal(2, alice.Type("w", "w", "w").ReadTexts().Length);
        _chat.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(alice.ReadTexts());
        TakeOn(options => options.FloodRate = 0);
        string text = string.Concat(Enumerable.Repeat("w\n", 5_000));
        Assert.Equal(5_000, alice.Send(text).ReadTexts().Length);

        // What was sent under the slow rate is forgotten by then.
        _chat.Advance(TimeSpan.FromSeconds(3));
        TakeOn(options => options.FloodRate = 1_000);
        Assert.Equal(2, alice.Type("w", "w").ReadTexts().Length);
    }

    [Fact]
    public void A_lower_limit_of_unread_bytes_holds_at_once()
    {
        SimulatedClient alice = Connect();
        SimulatedClient bob = Connect();
        alice.Transport.Window = 0;
        for (int i = 0; i < 60; i++)
        {
            bob.Type("broadcast " + new string('x', 3_000));
        }

        TakeOn(options => options.OutboxSoftBytes = 128 * 1024);
        bob.Type("broadcast last");
        Assert.Equal(1, _chat.Server.Counters.Dropped);
    }

    [Fact]
    public void Rooms_and_memberships_beyond_a_lower_limit_stay_and_no_more_are_made()
    {
        SimulatedClient alice = Connect();
        alice.Type("join one", "/join two").ReadTexts();
        TakeOn(options => (options.MaxRooms, options.MaxRoomsPerUser) = (1, 1));

        Assert.Contains("too many rooms (limit 1)", alice.Type("/join three").ReadTexts()[0], StringComparison.Ordinal);
        Assert.Contains("there are too many rooms", Connect().Type("join three").ReadTexts()[0], StringComparison.Ordinal);
        Assert.Equal(2, _chat.Server.Chat.Rooms.Count);
    }

    [Theory]
    [InlineData(10, 64 * 1024 * 1024, 10)]
    [InlineData(0, 64 * 1024 * 1024, 0)]
    [InlineData(10_000, 100_000, -1)]
    public void History_beyond_a_lower_limit_goes_some_lines_a_turn_the_oldest_first(int lines, int bytes, int left)
    {
        _options.HistoryLines = 10_000;
        TakeOn(_ => { });
        SimulatedClient alice = Connect();
        alice.Type("join lobby").ReadTexts();
        alice.Send(string.Concat(Enumerable.Range(1, 5_000).Select(number => $"line {number}\n")));
        Assert.Equal(5_000, _chat.Server.Chat.History.Count);

        TakeOn(options => (options.HistoryLines, options.HistoryBytes) = (lines, bytes));
        Assert.InRange(_chat.Server.Chat.History.Count, 5_000 - ChatOptions.LinesTrimmedPerTurn, 4_999);
        _chat.Settle();
        _chat.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(_chat.Server.Chat.History.Bytes <= bytes);
        if (left >= 0)
        {
            Assert.Equal(left, _chat.Server.Chat.History.Count);
        }

        alice.Type("/leave");
        Assert.Equal(left == 0 ? 0 : 1, _chat.Server.Chat.Rooms.Count);
    }

    [Fact]
    public void Names_beyond_a_lower_limit_are_forgotten_the_longest_gone_first()
    {
        foreach (string name in (string[])["alice", "bob", "carol"])
        {
            Connect().Type("nick " + name, "quit");
        }

        TakeOn(options => options.SeenNames = 1);

        SeenNames seen = _chat.Server.Chat.Seen;
        Assert.Equal((1, true), (seen.Count, seen.HoldsLike("carol"u8)));
        TakeOn(options => options.SeenNames = 0);
        Assert.Equal(0, seen.Count);
    }

    [Fact]
    public void A_session_keeps_the_idle_limit_that_it_came_with()
    {
        _options.IdleTimeoutSeconds = 60;
        SimulatedClient alice = Connect();
        TakeOn(options => options.IdleTimeoutSeconds = 0);

        _chat.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(["You were idle for 60 seconds. The connection is closed."], alice.ReadTexts());
    }

    private SimulatedClient Connect() => _chat.Connect(peer: OperatorChat.At("192.0.2.1"));

    private void TakeOn(Action<ChatOptions> change)
    {
        change(_options);
        _chat.InLoop(_chat.Port.TakeOn);
    }
}
