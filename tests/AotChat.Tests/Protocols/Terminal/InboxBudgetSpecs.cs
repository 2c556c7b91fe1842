using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>Input that waits takes memory: it is counted, and limited for all users together.</summary>
public sealed class InboxBudgetSpecs
{
    private const int Total = 1024 * 1024;

    [Fact]
    public void Memory_of_an_unfinished_line_is_counted_as_long_as_it_is_held()
    {
        SimulatedChat chat = new();
        SimulatedClient client = chat.Connect().Send(new string('x', 100));
        Assert.Equal(128, chat.Server.Counters.InboxBytes);

        client.Send("\n");
        Assert.Equal(0, chat.Server.Counters.InboxBytes);

        client.Send("again");
        client.Transport.EndOfInput = true;
        chat.Settle();
        Assert.Equal(0, chat.Server.Counters.InboxBytes);
    }

    [Fact]
    public void The_rest_of_a_backlog_does_not_keep_its_large_buffer()
    {
        SimulatedChat chat = new();
        chat.Connect().Send(new string('\n', 60_000) + "the rest");

        Assert.InRange(chat.Server.Counters.InboxBytes, 1, 256);
    }

    [Fact]
    public void Stats_shows_the_memory_of_waiting_input()
    {
        SimulatedChat chat = new();
        chat.Connect().Send(new string('x', 100));

        Assert.Contains(chat.Connect().Type("stats").ReadTexts(), line => line.EndsWith(" out, 128 held of input, 0 held for slow readers", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_of_the_longest_kind_takes_a_buffer_of_its_size_with_flood_control()
    {
        SimulatedChat chat = new(new ChatOptions { MaxLineBytes = 4_096 });
        SimulatedClient client = chat.Connect().Send(new string('x', 4_096));
        Assert.Equal(4_096, chat.Server.Counters.InboxBytes);

        Assert.Equal("Unknown command", client.Send("\n").ReadTexts()[0][..15]);
    }

    [Fact]
    public void A_session_receives_little_at_once_above_half_of_the_total()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, InboxTotalBytes = Total });
        SimulatedClient[] clients = [.. Enumerable.Range(0, 100).Select(_ => chat.Connect())];
        foreach (SimulatedClient client in clients)
        {
            client.Transport.Deliver([.. Enumerable.Repeat((byte)'\n', ChatOptions.ReceiveBytesPerTurn)]);
        }

        chat.Turn();

        Assert.InRange(chat.Server.Counters.InboxBytes, Total / 2, Total);
        chat.Settle();
        Assert.Equal(0, chat.Server.Counters.InboxBytes);
        Assert.Equal(0, chat.Server.Counters.InputDisconnects);
        Assert.Equal(100 * ChatOptions.ReceiveBytesPerTurn, chat.Server.Counters.LinesIn);
    }

    [Fact]
    public void Users_with_most_input_are_disconnected_above_the_total_and_others_stay()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, InboxTotalBytes = Total, MaxLineBytes = 16_384 });
        SimulatedClient small = chat.Connect().Send("broadcast unfinished");
        SimulatedClient[] large = [.. Enumerable.Range(0, 70).Select(_ => chat.Connect().Send(new string('x', 16_000)))];

        Assert.InRange(chat.Server.Counters.InboxBytes, Total / 2, Total);
        Assert.InRange(large.Count(client => client.Transport.Closed), 1, 10);
        Assert.Equal(large.Count(client => client.Transport.Closed), chat.Server.Counters.InputDisconnects);
        Assert.False(small.Transport.Closed);
        SimulatedClient refused = large.First(client => client.Transport.Closed);
        Assert.Equal("The server has no room for what you have sent. The connection is closed.", refused.ReadTexts()[^1]);
        Assert.Contains(chat.Log.Entries, entry => entry.Message.EndsWith("16384 bytes are this user's (option inbox-total)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_user_is_told_why_in_the_turn_in_which_the_total_is_passed_though_more_arrives()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, InboxTotalBytes = Total, MaxLineBytes = 16_384 });
        SimulatedClient[] clients = [.. Enumerable.Range(0, 64).Select(_ => chat.Connect().Send(new string('x', 16_000)))];
        SimulatedClient last = chat.Connect();
        last.Transport.Deliver([.. Enumerable.Repeat((byte)'x', 16_000)]);
        foreach (SimulatedClient client in clients)
        {
            client.Transport.Deliver("y"u8.ToArray());
        }

        chat.Turn();

        SimulatedClient refused = Assert.Single([.. clients, last], client => client.Transport.Closed);
        Assert.Equal("The server has no room for what you have sent. The connection is closed.", refused.ReadTexts()[^1]);
    }

    [Fact]
    public void A_half_typed_line_in_the_editor_counts_too()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, InboxTotalBytes = Total, MaxLineBytes = 16_384 });
        SimulatedClient[] clients = [.. Enumerable.Range(0, 100).Select(_ => chat.Connect().Send([255, 253, 1, 255, 253, 3]))];
        foreach (SimulatedClient client in clients)
        {
            client.Send(new string('x', 15_000));
        }

        Assert.InRange(chat.Server.Counters.InboxBytes, Total / 2, Total);
        Assert.InRange(chat.Server.Counters.InputDisconnects, 30, 70);
        foreach (SimulatedClient client in clients)
        {
            client.Transport.Broken = true;
        }

        chat.Settle();
        Assert.Equal(0, chat.Server.Counters.InboxBytes);
    }

    [Fact]
    public void A_long_line_in_the_editor_leaves_no_large_buffer_behind()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxLineBytes = 16_384 });
        chat.Connect().Send([255, 253, 1, 255, 253, 3]).Send(new string('x', 16_000) + "\r\0").Send("y");

        Assert.InRange(chat.Server.Counters.InboxBytes, 0, 16_000 + 1_024);
    }

    [Fact]
    public void A_line_of_invalid_bytes_is_measured_by_what_it_becomes()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxLineBytes = 100 });
        SimulatedClient other = chat.Connect();
        SimulatedClient client = chat.Connect();
        client.Send([.. "broadcast "u8, .. Enumerable.Repeat((byte)0xE9, 31), (byte)'\n']);
        Assert.Contains("Line too long (limit 100 bytes).", client.ReadTexts());
        Assert.Empty(other.ReadTexts());

        client.Send([.. "broadcast "u8, .. Enumerable.Repeat((byte)0xE9, 30), (byte)'\n']);
        Assert.Equal(["u1001 " + new string('\uFFFD', 30)], other.ReadTexts());
    }

    [Fact]
    public void Telnet_commands_have_a_limit_where_lines_have_none()
    {
        SimulatedChat chat = new();
        SimulatedClient flooder = chat.Connect();
        for (int i = 0; i < 1_000; i++)
        {
            flooder.Transport.Deliver([.. Enumerable.Repeat<byte[]>([255, 241], 512).SelectMany(bytes => bytes)]);
        }

        chat.Settle();
        Assert.InRange(flooder.Transport.Waiting, 1_000_000, 1_020_000);

        chat.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(flooder.Transport.Waiting, 990_000, 1_010_000);
    }
}
