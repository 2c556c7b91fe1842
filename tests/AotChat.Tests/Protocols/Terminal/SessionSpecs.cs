using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>The life of a connection: what is read, when it is answered, how it ends.</summary>
public sealed class SessionSpecs
{
    private readonly SimulatedChat _chat = new();

    [Fact]
    public void Two_commands_in_one_packet_are_two_commands()
    {
        SimulatedClient client = _chat.Connect().Type("bar", "baz");

        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint, "Unknown command: baz"], client.ReadTexts());
    }

    [Fact]
    public void A_command_over_many_packets_is_one_command()
    {
        SimulatedClient client = _chat.Connect();
        foreach (byte value in "bar\r\n"u8.ToArray())
        {
            client.Send([value]);
        }

        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], client.ReadTexts());
    }

    [Fact]
    public void The_answers_of_a_turn_are_sent_at_once()
    {
        SimulatedClient client = _chat.Connect();
        int before = client.Transport.Sends;

        client.Type("w", "jobs", "rooms");

        Assert.Equal(before + 1, client.Transport.Sends);
        Assert.Equal(3, client.ReadTexts().Length);
    }

    [Fact]
    public void A_line_over_the_limit_is_reported_once_and_skipped_to_its_end()
    {
        SimulatedClient client = _chat.Connect();
        for (int i = 0; i < 10; i++)
        {
            client.Send(new string('x', 4_000));
        }

        client.Type("", "bar");

        Assert.Equal(["Line too long (limit 4096 bytes).", "Unknown command: bar", SimulatedClient.HelpHint], client.ReadTexts());
    }

    [Fact]
    public void Empty_lines_are_ignored()
    {
        Assert.Empty(_chat.Connect().Type("", "\r", "  ").ReadTexts());
    }

    [Fact]
    public void A_last_line_without_a_line_feed_is_run()
    {
        SimulatedClient client = _chat.Connect().Send("bar").HangUp();

        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], client.ReadTexts());
        Assert.True(client.Transport.Closed);
        Assert.Equal(0, _chat.Server.SessionCount);
    }

    [Fact]
    public void A_user_who_ends_the_input_is_not_listed_but_still_hears_of_the_job()
    {
        SimulatedClient other = _chat.Connect();
        SimulatedClient leaving = _chat.Connect().Type("fib u1000 5").HangUp();
        Assert.Equal(["No other user is connected."], other.Type("w").ReadTexts());
        Assert.False(leaving.Transport.Closed);

        _chat.InLoop(_chat.Jobs.RunNext);
        _chat.Settle();

        Assert.Equal(["Fib result is delivered to u1000"], leaving.ReadTexts());
        Assert.True(leaving.Transport.Closed);
    }

    [Fact]
    public void Quit_ends_the_session_after_what_was_said_before()
    {
        SimulatedClient client = _chat.Connect().Type("bar", "quit", "baz");

        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], client.ReadTexts());
        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void A_broken_connection_is_forgotten()
    {
        SimulatedClient client = _chat.Connect();
        client.Transport.Broken = true;
        _chat.Settle();

        Assert.True(client.Transport.Closed);
        Assert.Equal(0, _chat.Server.SessionCount);
        Assert.Equal(0, _chat.Server.Users.Count);
    }

    [Fact]
    public void A_user_who_sends_without_end_does_not_keep_others_waiting()
    {
        SimulatedClient busy = _chat.Connect();
        SimulatedClient other = _chat.Connect();
        busy.Transport.Deliver(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("jobs\n", 10_000))));
        other.Transport.Deliver("jobs\n"u8.ToArray());

        _chat.Turn();

        Assert.Single(other.ReadTexts());
        Assert.Equal(ChatOptions.LinesPerTurn, busy.ReadTexts().Length);
        _chat.Settle();
        Assert.Equal(10_000 - ChatOptions.LinesPerTurn, busy.ReadTexts().Length);
    }

    [Fact]
    public void A_job_that_never_ends_does_not_keep_a_session_that_leaves()
    {
        SimulatedClient leaving = _chat.Connect().Type("fib u1000 5").HangUp();

        _chat.Advance(_chat.Server.AnswerLimit);

        Assert.True(leaving.Transport.Closed);
        Assert.Equal(0, _chat.Server.SessionCount);
    }

    [Fact]
    public void A_reader_that_reads_nothing_keeps_its_place_no_longer_once_its_job_has_ended()
    {
        SimulatedClient leaving = _chat.Connect();
        leaving.Transport.Window = 0;
        leaving.Type("fib u1000 5").HangUp();
        _chat.Advance(TimeSpan.FromSeconds(10));
        _chat.InLoop(_chat.Jobs.RunNext);
        _chat.Settle();
        _chat.Advance(_chat.Server.LeaveLimit - TimeSpan.FromMilliseconds(1));
        Assert.False(leaving.Transport.Closed);

        _chat.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(leaving.Transport.Closed);
        Assert.Equal(0, _chat.Loop.TimerCount);
    }

    [Fact]
    public void Input_that_arrives_in_the_turn_of_a_farewell_does_not_take_the_farewell_away()
    {
        SimulatedClient leaving = _chat.Connect();
        leaving.Transport.Window = 0;
        leaving.Transport.Deliver("w\n"u8.ToArray());
        Assert.True(_chat.Server.Users.TryFind("u1000"u8, out User? user));
        _chat.Loop.RunAgain(new Handler(() =>
        {
            // The turn is flushed in the middle: from here on the session waits for no input, which is reported all the same.
            NoticeComposer notice = _chat.Server.Chat.Notices.Begin();
            notice.AppendLiteral("Farewell."u8);
            user.Sessions[0].TryTake(notice.End(), Delivery.Answer);
            user.Sessions[0].PutOut("no answer"u8);
            _chat.Loop.RequestFlush();
        }));

        _chat.Turn();
        leaving.Transport.Window = int.MaxValue;
        _chat.Settle();

        Assert.Equal(["Farewell."], leaving.ReadTexts());
        Assert.True(leaving.Transport.Closed);
    }

    [Fact]
    public void The_order_of_lines_survives_a_backlog()
    {
        SimulatedClient busy = _chat.Connect();
        for (int packet = 0; packet < 5; packet++)
        {
            busy.Transport.Deliver(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(packet * 1_000, 1_000).Select(i => $"x{i}\n"))));
        }

        _chat.Settle();

        Assert.Equal(
            Enumerable.Range(0, 5_000).Select(i => $"Unknown command: x{i}"), busy.ReadTexts().Where(line => line != SimulatedClient.HelpHint));
    }

    [Fact]
    public void A_bug_in_a_command_is_logged_with_its_stack_and_ends_nothing()
    {
        SimulatedClient client = _chat.Connect().Type("fib u1000 5");
        _chat.InLoop(() => _chat.Jobs.FailNext(new InvalidOperationException("a bug")));
        _chat.Settle();

        Assert.Equal(["Internal error."], client.ReadTexts());
        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], client.Type("bar").ReadTexts());
        (LogLevel level, _, Exception? exception) = Assert.Single(_chat.Log.Entries);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains("JobCommands.Fib", exception!.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_under_way_hears_that_its_caller_has_gone()
    {
        SimulatedClient caller = _chat.Connect().Type("url u1000 http://host/");
        CancellationToken token = Assert.Single(_chat.Jobs.Tokens);
        Assert.False(token.IsCancellationRequested);

        caller.Transport.Broken = true;
        _chat.Settle();

        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public void A_command_under_way_does_not_hear_that_no_more_input_comes()
    {
        _chat.Connect();
        _chat.Connect().Type("url u1000 http://host/").HangUp();

        Assert.False(Assert.Single(_chat.Jobs.Tokens).IsCancellationRequested);
    }

    [Fact]
    public void A_command_under_way_is_cancelled_when_the_server_stops()
    {
        _chat.Connect();
        SimulatedClient caller = _chat.Connect().Type("url u1000 http://host/");
        _chat.Stop(_chat.Server.LeaveLimit, () => { });
        _chat.Settle();

        Assert.Contains("Server is shutting down.", caller.ReadTexts());
        Assert.True(Assert.Single(_chat.Jobs.Tokens).IsCancellationRequested);
    }

    [Fact]
    public void Over_the_connection_limit_the_newcomer_is_told_and_nobody_else_notices()
    {
        SimulatedChat chat = new(new ChatOptions { MaxConnections = 2 });
        SimulatedClient first = chat.Connect();
        chat.Connect();

        SimulatedClient third = chat.Connect(readWelcome: false);

        Assert.Equal(["Server is full."], third.ReadTexts());
        Assert.True(third.Transport.Closed);
        Assert.Equal(["Online users: u1001"], first.Type("w").ReadTexts());
        first.Type("quit");
        Assert.Equal(["Welcome! Your username is u1002", SimulatedClient.WayIn], chat.Connect(readWelcome: false).ReadTexts());
    }

    [Fact]
    public void A_user_who_quits_without_reading_is_dropped_after_the_limit()
    {
        SimulatedClient stuck = _chat.Connect();
        stuck.Transport.Window = 0;
        stuck.Type("bar", "quit");
        Assert.False(stuck.Transport.Closed);

        _chat.Advance(_chat.Server.LeaveLimit);

        Assert.True(stuck.Transport.Closed);
        Assert.Equal(0, _chat.Server.SessionCount);
    }

    private sealed class Handler(Action handle) : IReadyHandler
    {
        public void OnReady(Readiness readiness) => handle();
    }
}
