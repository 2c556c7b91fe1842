using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Protocols.Terminal;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What happens to those who do not read, and to those who write to them.</summary>
public sealed class SlowReaderSpecs
{
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(30);

    private readonly SimulatedChat _chat = new(Limits());
    private readonly SimulatedClient _slow;
    private readonly SimulatedClient _sender;

    public SlowReaderSpecs()
    {
        _slow = _chat.Connect();
        _sender = _chat.Connect();
    }

    [Fact]
    public void A_reader_that_stops_for_a_while_gets_everything_later()
    {
        _slow.Transport.Window = 100;
        for (int i = 0; i < 20; i++)
        {
            _sender.Type($"msg u1000 {i}");
        }

        _slow.Transport.Window = int.MaxValue;
        _chat.Settle();

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"u1001 {i}"), _slow.ReadTexts());
    }

    [Fact]
    public void Over_the_soft_limit_lines_to_many_are_left_out_and_their_number_is_told_first()
    {
        _slow.Transport.Window = 0;
        for (int i = 0; i < 100; i++)
        {
            _sender.Type($"broadcast {i}");
        }

        Assert.InRange(_chat.Server.Budget.Soft - _chat.Server.Counters.OutboxBytes, -1_024, 1_024);
        _slow.Transport.Window = int.MaxValue;
        _chat.Settle();
        _sender.Type("broadcast after");

        string[] lines = _slow.ReadTexts();
        int kept = lines.Length - 2;
        Assert.InRange(kept, 1, 99);
        Assert.Equal([.. Enumerable.Range(0, kept).Select(i => $"u1001 {i}"), $"You missed {100 - kept} lines.", "u1001 after"], lines);
        Assert.Equal(100 - kept, _chat.Server.Counters.Dropped);
    }

    [Fact]
    public void Over_the_soft_limit_a_line_to_one_is_refused_and_its_sender_is_told()
    {
        _slow.Transport.Window = 0;
        Fill();

        Assert.Equal(["Cannot deliver the message to u1000"], _sender.Type("msg u1000 hello").ReadTexts());
        Assert.Equal(1, _chat.Server.Counters.Undelivered);
    }

    [Fact]
    public void A_line_that_was_confirmed_is_delivered_and_one_that_was_refused_is_not()
    {
        _slow.Transport.Window = 0;
        List<string> confirmed = [];
        for (int i = 0; i < 100; i++)
        {
            if (_sender.Type($"msg u1000 {i}").ReadTexts() is ["Message is delivered to u1000"])
            {
                confirmed.Add($"u1001 {i}");
            }
        }

        _slow.Transport.Window = int.MaxValue;
        _chat.Settle();

        Assert.InRange(confirmed.Count, 1, 99);
        Assert.Equal(confirmed, _slow.ReadTexts());
    }

    [Fact]
    public void A_reader_over_the_limit_misses_lines_until_half_of_what_waited_is_read()
    {
        _slow.Transport.Window = 0;
        Fill();
        _slow.Transport.Window = 100;
        _chat.Settle();

        Assert.Equal(["Cannot deliver the message to u1000"], _sender.Type("msg u1000 hello").ReadTexts());
        _slow.Transport.Window = 600;
        _chat.Settle();
        Assert.Equal(["Message is delivered to u1000"], _sender.Type("msg u1000 hello").ReadTexts());
    }

    [Fact]
    public void A_reader_that_is_over_the_limit_for_too_long_is_disconnected_and_the_log_says_who()
    {
        _slow.Transport.Window = 0;
        Fill();
        _chat.Advance(Stuck - TimeSpan.FromMilliseconds(1));
        Assert.False(_slow.Transport.Closed);

        _chat.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(_slow.Transport.Closed);
        Assert.Equal(["No other user is connected."], _sender.Type("w").ReadTexts());
        Assert.Equal(1, _chat.Server.Counters.SlowDisconnects);
        (LogLevel level, string message, _) = Assert.Single(_chat.Log.Entries);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Matches(@"^Connection 1 from unix: u1000 is disconnected for not reading, \d+ bytes were waiting ", message);
    }

    [Fact]
    public void A_reader_that_comes_back_in_time_stays()
    {
        for (int i = 0; i < 5; i++)
        {
            _slow.Transport.Window = 0;
            Fill();
            _chat.Advance(Stuck - TimeSpan.FromSeconds(1));
            _slow.Transport.Window = int.MaxValue;
            _chat.Settle();
            _slow.Transport.Read();
        }

        _chat.Advance(Stuck * 2);
        Assert.False(_slow.Transport.Closed);
        Assert.Equal(0, _chat.Loop.TimerCount);
    }

    [Fact]
    public void Answers_come_above_the_soft_limit_too_but_not_above_the_hard_one()
    {
        _slow.Type([.. Enumerable.Repeat("fib u1001 1", 100)]);
        _slow.Transport.Window = 0;
        Fill();
        int answers = 0;
        for (; !_slow.Transport.Closed; answers++)
        {
            Assert.True(_chat.Server.Counters.OutboxBytes <= 4_096);
            _chat.InLoop(_chat.Jobs.RunNext);
            _chat.Settle();
        }

        Assert.True(_slow.Transport.Closed);
        Assert.InRange(answers, 20, 40);
        Assert.Equal(0, _chat.Jobs.Count);
        Assert.Equal(0, _chat.Server.Counters.OutboxBytes);
    }

    [Fact]
    public void A_user_who_asks_for_more_than_it_reads_waits_and_is_not_disconnected()
    {
        _slow.Transport.Window = 0;
        _slow.Send(string.Concat(Enumerable.Range(0, 500).Select(i => $"x{i}\n")));
        _chat.Advance(Stuck * 2);
        Assert.False(_slow.Transport.Closed);
        List<byte> read = [];
        for (int i = 0; i < 10_000 && read.Count(value => value == '\n') < 501; i++)
        {
            _slow.Transport.Window = 100;
            _chat.Settle();
            read.AddRange(_slow.Transport.Read());
        }

        string[] lines = System.Text.Encoding.ASCII.GetString([.. read]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            Enumerable.Range(0, 500).Select(i => $"Unknown command: x{i}"),
            lines.Select(line => line[27..]).Where(line => line != SimulatedClient.HelpHint));
    }

    [Fact]
    public void Only_readers_that_lag_miss_lines_when_the_total_is_exhausted()
    {
        SimulatedChat chat = new(Limits(total: 1_500));
        SimulatedClient[] slow = [chat.Connect(), chat.Connect()];
        SimulatedClient reader = chat.Connect();
        SimulatedClient sender = chat.Connect();
        Array.ForEach(slow, client => client.Transport.Window = 0);
        for (int i = 0; i < 20; i++)
        {
            sender.Type($"broadcast {i}");
        }

        Assert.Equal(20, reader.ReadTexts().Length);
        Assert.InRange(chat.Server.Counters.OutboxBytes, 1_500, 3_000);
        foreach (SimulatedClient client in slow)
        {
            client.Transport.Window = int.MaxValue;
            chat.Settle();
            string[] lines = client.ReadTexts();
            Assert.Equal($"You missed {20 - (lines.Length - 1)} lines.", lines[^1]);
        }

        Assert.Equal(0, chat.Server.Counters.OutboxBytes);
    }

    [Fact]
    public void A_reader_that_lags_while_the_total_is_exhausted_is_told_of_missed_lines_once()
    {
        SimulatedChat chat = new(Limits(total: 2_000));
        SimulatedClient stuck = chat.Connect();
        SimulatedClient slow = chat.Connect();
        SimulatedClient sender = chat.Connect();
        (stuck.Transport.Window, slow.Transport.Window) = (0, 0);
        for (int i = 0; i < 10; i++)
        {
            // A few bytes at a time: the reader is far below the soft limit all the while.
            sender.Type($"broadcast {i}");
            slow.Transport.Window = i;
            chat.Settle();
        }

        slow.Transport.Window = int.MaxValue;
        chat.Settle();

        Assert.Equal(["u1002 0", "You missed 9 lines."], slow.ReadTexts());
    }

    [Fact]
    public void A_reader_that_keeps_up_misses_nothing_however_much_is_said_in_a_turn()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, OutboxSoftBytes = 128 * 1024, OutboxHardBytes = 256 * 1024 });
        SimulatedClient reader = chat.Connect();
        SimulatedClient[] senders = [.. Enumerable.Range(0, 20).Select(_ => chat.Connect())];
        foreach (SimulatedClient sender in senders)
        {
            // Answers in between, so that what the senders get does not stand in a row.
            sender.Transport.Deliver(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"broadcast {new string('x', 4_000)}\njobs\n", 20))));
        }

        chat.Settle();

        Assert.Equal(400, reader.ReadTexts().Length);
        Assert.All(senders, sender => Assert.Equal((19 * 20) + 20, sender.ReadTexts().Length));
        Assert.Equal(0, chat.Server.Counters.Dropped);
    }

    [Fact]
    public void A_user_who_has_read_down_to_exactly_half_of_the_limit_is_heard_again()
    {
        Assert.True(_chat.Server.Users.TryFind("u1000"u8, out User? user));
        SessionTerminal terminal = (SessionTerminal)user.Sessions[0];
        _slow.Transport.Window = 0;
        _slow.Send(string.Concat(Enumerable.Repeat("bar\n", 500)));
        long lines = _chat.Server.Counters.LinesIn;
        _slow.Transport.Window = terminal.PendingBytes - _chat.Server.Budget.Low;
        _chat.Settle();

        Assert.True(_chat.Server.Counters.LinesIn > lines);
    }

    private static ChatOptions Limits(int total = int.MaxValue) => new()
    {
        FloodRate = 0,
        OutboxSoftBytes = 1_000,
        OutboxHardBytes = 3_000,
        OutboxTotalBytes = total,
        StuckSeconds = (int)Stuck.TotalSeconds,
    };

    private void Fill()
    {
        for (int i = 0; i < 50; i++)
        {
            _sender.Type($"broadcast {i}");
        }

        _sender.ReadTexts();
    }
}
