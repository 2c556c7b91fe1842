using System.Text;
using System.Text.Json;
using AotChat.Configuration;
using AotChat.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Logging;

/// <summary>The log: what a line looks like, and that nothing that becomes of it matters to who logs.</summary>
public sealed partial class ServerLoggerSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly string LongText = new('x', 100_000);
    private static readonly Unspeakable Value = new();

    private readonly ScriptedSink _sink = new();

    [Fact]
    public void A_line_has_time_level_and_message()
    {
        Assert.Equal(["2026-01-02 03:04:05.000 info hello"], Logged(logger => Say.Info(logger, "hello")));
    }

    [Fact]
    public void Lines_below_the_level_are_left_out_and_the_level_can_change()
    {
        string[] lines = Logged(logger =>
        {
            Say.Debug(logger, "no");
            logger.Level = LogLevel.Debug;
            Say.Debug(logger, "yes");
            logger.Level = LogLevel.None;
            Say.Critical(logger, "no");
        });

        Assert.Equal(["2026-01-02 03:04:05.000 debug yes"], lines);
    }

    [Theory]
    [InlineData("a\u202eb", "a?b")]
    [InlineData("a\u2028b\u2029c", "a?b?c")]
    [InlineData("a\u2066b", "a?b")]
    [InlineData("a\u001b[31mb\u0007", "a?[31mb?")]
    [InlineData("a\u009bb\u007fc", "a?b?c")]
    [InlineData("a\nb\r", "a?b?")]
    [InlineData("a\tö€\U0001F600", "a\tö€\U0001F600")]
    public void A_control_character_becomes_a_question_mark(string text, string shown)
    {
        Assert.Equal(["2026-01-02 03:04:05.000 info " + shown], Logged(logger => Say.Info(logger, text)));
    }

    [Fact]
    public void Half_a_letter_is_a_replacement_character()
    {
        string half = "a" + (char)0xD800 + "b";

        Assert.Equal(["2026-01-02 03:04:05.000 info a\ufffdb"], Logged(logger => Say.Info(logger, half)));
    }

    [Fact]
    public void A_line_has_a_bounded_length()
    {
        string line = Assert.Single(Logged(logger => Say.Info(logger, LongText)));

        Assert.InRange(line.Length, ChatOptions.LogLineLetters, ChatOptions.LogLineLetters + 100);
        Assert.EndsWith("…", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stack_of_an_exception_is_indented_below_its_line()
    {
        string[] lines = Logged(logger => Say.Failed(logger, new InvalidOperationException("first\nsecond\u202e")));

        Assert.Equal("2026-01-02 03:04:05.000 error it failed", lines[0]);
        Assert.Equal(["    System.InvalidOperationException: first", "    second?"], lines[1..]);
    }

    [Fact]
    public void A_json_line_has_the_named_values_as_fields()
    {
        string line = Assert.Single(Logged(
            logger => Say.Fields(logger, 42, "alice", "a\u2028b\"", 0.5), LogFormat.Json));
        JsonElement json = JsonDocument.Parse(line).RootElement;

        Assert.Equal(42, json.GetProperty("connection").GetInt64());
        Assert.Equal(0.5, json.GetProperty("share").GetDouble());
        Assert.Equal("alice", json.GetProperty("user").GetString());
        Assert.Equal("a\u2028b\"", json.GetProperty("reason").GetString());
        Assert.Equal("warning", json.GetProperty("level").GetString());
        Assert.StartsWith("Connection 42 of alice", json.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u2028', line);
    }

    [Fact]
    public void A_sink_that_takes_a_byte_at_a_time_gets_whole_lines()
    {
        _sink.Max = 1;

        Assert.Equal(
            ["2026-01-02 03:04:05.000 info one", "2026-01-02 03:04:05.000 info two"],
            Logged(logger =>
            {
                Say.Info(logger, "one");
                Say.Info(logger, "two");
            }));
    }

    [Fact]
    public void A_sink_that_fails_is_tried_again_and_no_line_is_lost()
    {
        _sink.FailuresLeft = 3;

        Assert.Equal(["2026-01-02 03:04:05.000 info one"], Logged(logger =>
        {
            Say.Info(logger, "one");
            _sink.AwaitLines(1);
        }));
    }

    [Fact]
    public void Lines_that_find_no_room_are_counted_and_told_with_the_reason()
    {
        _sink.Hold();
        string[] lines = Logged(logger =>
        {
            Say.Info(logger, "first");
            _sink.AwaitHeld();
            for (int i = 0; i < ChatOptions.LogQueueLines + 5; i++)
            {
                Say.Info(logger, "more");
            }

            _sink.Release();
            _sink.AwaitLines(ChatOptions.LogQueueLines + 2);
        });

        Assert.Contains("2026-01-02 03:04:05.000 warning 5 log lines were lost: the log was not read", lines);
        Assert.Equal(ChatOptions.LogQueueLines, lines.Count(line => line.EndsWith("more", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_sink_that_takes_nothing_does_not_hold_up_logging()
    {
        _sink.Hold();
        ServerLogger logger = NewLogger(LogFormat.Text);
        for (int i = 0; i < 100; i++)
        {
            Say.Info(logger, "x");
        }

        // At most a moment, though nothing can be written.
        logger.Dispose();
        Assert.Empty(_sink.Lines);
        _sink.Release();
    }

    [Fact]
    public void A_value_that_cannot_say_what_it_is_costs_its_line_and_nothing_else()
    {
        string[] lines = Logged(logger =>
        {
            Say.Info(logger, Value);
            Say.Info(logger, "next");
        });

        Assert.Equal(["2026-01-02 03:04:05.000 warning 1 log line was lost: the log was not read", "2026-01-02 03:04:05.000 info next"], lines);
    }

    [Fact]
    public void Lines_that_are_lost_at_the_end_are_told_all_the_same()
    {
        string[] lines = Logged(logger => Say.Info(logger, Value));

        Assert.Equal(["2026-01-02 03:04:05.000 warning 1 log line was lost: the log was not read"], lines);
    }

    [Fact]
    public void A_sink_that_throws_costs_a_line_and_the_log_goes_on()
    {
        _sink.ThrowsLeft = 1;
        string[] lines = Logged(logger =>
        {
            Say.Info(logger, "lost");
            Say.Info(logger, "next");
        });

        Assert.Equal(2, lines.Length);
        Assert.Contains("2026-01-02 03:04:05.000 info next", lines);
        Assert.Contains(lines, line => line.Contains("1 log line was lost", StringComparison.Ordinal));
    }

    [Fact]
    public void Lost_lines_that_cannot_be_told_now_are_told_later()
    {
        int failures = 1;
        ScriptedSink sink = new();
        using (LogWriter writer = new(sink, (count, _) => failures-- > 0 ? throw new InvalidOperationException("no memory") : Encoding.UTF8.GetBytes($"{count} lost\n"), TimeSpan.Zero))
        {
            writer.Queue.CountLost();
            writer.Queue.Add("one\n"u8.ToArray());
            sink.AwaitLines(1);
            writer.Queue.Add("two\n"u8.ToArray());
        }

        Assert.Equal(["one", "1 lost", "two"], sink.Lines);
    }

    private ServerLogger NewLogger(LogFormat format) =>
        new(new ChatOptions { LogFormat = format }, new FakeTimeProvider(Now), _sink, TimeSpan.Zero);

    private string[] Logged(Action<ServerLogger> log, LogFormat format = LogFormat.Text)
    {
        using (ServerLogger logger = NewLogger(format))
        {
            log(logger);
        }

        return _sink.Lines;
    }

    private sealed class Unspeakable
    {
        public override string ToString() => throw new InvalidOperationException();
    }

    private static partial class Say
    {
        [LoggerMessage(1, LogLevel.Information, "{Text}")]
        public static partial void Info(ILogger logger, object text);

        [LoggerMessage(2, LogLevel.Debug, "{Text}")]
        public static partial void Debug(ILogger logger, string text);

        [LoggerMessage(3, LogLevel.Critical, "{Text}")]
        public static partial void Critical(ILogger logger, string text);

        [LoggerMessage(4, LogLevel.Error, "it failed")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(5, LogLevel.Warning, "Connection {Connection} of {User}: {Reason}, {Share}")]
        public static partial void Fields(ILogger logger, long connection, string user, string reason, double share);
    }
}
