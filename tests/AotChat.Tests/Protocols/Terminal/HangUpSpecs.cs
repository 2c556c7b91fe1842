using System.Text;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;
using AotChat.Workers;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What a user sent before the connection ended is run, whichever way it ends.</summary>
public sealed class HangUpSpecs
{
    private const string FromSender = "(all) sender ";

    private readonly SimulatedChat _chat = new(new ChatOptions { FloodBurst = 5, FloodRate = 10 });
    private readonly SimulatedClient _witness;

    public HangUpSpecs() => _witness = Witness(_chat);

    [Fact]
    public void Lines_before_a_reset_are_run_at_the_allowed_pace()
    {
        SimulatedClient sender = Sender(_chat);
        sender.Transport.Deliver(Lines(80));
        sender.Transport.Reset = true;
        _chat.Settle();

        // The burst is five, and two lines came before.
        Assert.Equal(["b0", "b1", "b2"], Heard());
        for (int i = 3; i < 80; i++)
        {
            _chat.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Equal([$"b{i}"], Heard());
        }

        _chat.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(sender.Transport.Closed);
    }

    [Fact]
    public void A_hang_up_does_not_wake_the_loop_while_lines_wait_for_their_time()
    {
        SimulatedClient sender = Sender(_chat);
        sender.Transport.Deliver(Lines(80));
        sender.Transport.Reset = true;
        _chat.Settle();

        Assert.True(sender.Transport.IsUnwatched);
        Assert.NotEqual(0, _chat.Poller.LastTimeout);
    }

    [Fact]
    public void Without_flood_control_all_lines_before_a_reset_are_run()
    {
        SimulatedChat chat = new();
        SimulatedClient witness = Witness(chat);
        SimulatedClient sender = Sender(chat);
        sender.Transport.Deliver(Lines(1_000));
        sender.Transport.Reset = true;

        chat.Settle();

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"b{i}"), Heard(witness));
        Assert.True(sender.Transport.Closed);
        Assert.Equal(0, chat.Server.Counters.InboxBytes);
    }

    [Fact]
    public void A_last_line_without_its_end_is_run_where_the_peer_has_closed()
    {
        SimulatedClient sender = Sender(_chat);
        sender.Transport.Deliver("broadcast all of it"u8.ToArray());
        sender.Transport.Reset = true;
        _chat.Settle();

        Assert.Equal(["all of it"], Heard());
    }

    [Fact]
    public void Half_a_line_is_not_run_where_the_network_was_lost()
    {
        SimulatedClient sender = Sender(_chat);
        sender.Transport.Deliver("broadcast whole\nbroadcast ha"u8.ToArray());
        sender.Transport.Broken = true;
        _chat.Settle();

        Assert.Equal(["whole"], Heard());
        Assert.True(sender.Transport.Closed);
    }

    [Fact]
    public void A_send_that_fails_leaves_the_input_to_be_read()
    {
        SimulatedClient sender = Sender(_chat).Type([.. Enumerable.Range(0, 6).Select(i => $"x{i}")]);
        sender.Transport.Reset = true;
        _witness.Type("broadcast hello");
        sender.Transport.Deliver("broadcast still here\n"u8.ToArray());
        for (int i = 0; i < 6; i++)
        {
            _chat.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(["still here"], Heard());
        Assert.True(sender.Transport.Closed);
    }

    [Fact]
    public void Lines_of_a_user_who_has_hung_up_are_run_for_a_limited_time()
    {
        SimulatedClient sender = Sender(_chat);
        sender.Transport.Deliver(Lines(10_000));
        sender.Transport.Reset = true;
        _chat.Settle();
        for (int i = 0; i < 600; i++)
        {
            Assert.False(sender.Transport.Closed);
            _chat.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.True(sender.Transport.Closed);
        Assert.InRange(Heard().Length, 600, 610);
        Assert.Equal(0, _chat.Server.Counters.InboxBytes);
        Assert.Equal(0, _chat.Loop.TimerCount);
    }

    [Fact]
    public void A_hang_up_limit_that_ends_in_the_middle_of_a_pause_leaves_nothing()
    {
        SimulatedClient sender = Sender(_chat);
        sender.Transport.Deliver(Lines(10_000));
        _chat.Settle();
        _chat.Advance(TimeSpan.FromMilliseconds(50));
        sender.Transport.Reset = true;
        _chat.Settle();
        for (int i = 0; i < 600; i++)
        {
            Assert.False(sender.Transport.Closed);
            _chat.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.True(sender.Transport.Closed);
        Assert.Equal(0, _chat.Loop.TimerCount);
    }

    [Fact]
    public void A_slow_reader_who_has_hung_up_is_not_disconnected_for_not_reading()
    {
        SimulatedChat chat = new(new ChatOptions { FloodBurst = 5, FloodRate = 10, OutboxSoftBytes = 1_000, StuckSeconds = 10 });
        SimulatedClient witness = Witness(chat);
        SimulatedClient sender = Sender(chat);
        chat.Advance(TimeSpan.FromSeconds(1));
        sender.Transport.Window = 0;
        witness.Type($"broadcast {new string('x', 900)}", $"broadcast {new string('x', 900)}", $"broadcast {new string('x', 900)}");
        sender.Transport.Deliver(Lines(300));
        chat.Settle();
        Assert.True(chat.Server.Counters.Dropped > 0);

        sender.Transport.Reset = true;
        chat.Settle();
        for (int i = 0; i < 310; i++)
        {
            chat.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(300, Heard(witness).Length);
        Assert.True(sender.Transport.Closed);
        Assert.Equal(0, chat.Server.Counters.SlowDisconnects);
    }

    [Fact]
    public void A_user_who_has_hung_up_gets_nothing_delivered()
    {
        SimulatedClient sender = Sender(_chat);
        sender.Transport.Deliver(Lines(80));
        sender.Transport.Reset = true;
        _chat.Settle();
        Heard();

        Assert.Equal(["Cannot deliver the message to sender"], _witness.Type("msg sender hello").ReadTexts());
    }

    [Fact]
    public void Lines_of_a_user_who_never_read_the_answers_are_run_after_the_reset()
    {
        SimulatedChat chat = new();
        SimulatedClient witness = Witness(chat);
        SimulatedClient sender = Sender(chat);
        sender.Transport.Window = 0;
        sender.Transport.Deliver(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("help\n", 2_000)) + "broadcast last\n"));
        chat.Settle();
        Assert.Empty(Heard(witness));

        sender.Transport.Reset = true;
        chat.Settle();

        Assert.Equal(["last"], Heard(witness));
        Assert.True(sender.Transport.Closed);
    }

    [Fact]
    public void Lines_of_a_user_who_was_gone_before_the_welcome_are_run()
    {
        SimulatedTransport gone = new(_chat.Poller);
        gone.Deliver("broadcast here and gone\n"u8.ToArray());
        gone.Reset = true;
        _chat.InLoop(() => _chat.Gate.Accept(gone, PeerAddress.Local));
        _chat.Settle();
        _chat.Advance(ChatOptions.WelcomeDelay);

        Assert.Equal(["u1001 here and gone"], _witness.ReadTexts().Where(line => line.EndsWith("gone", StringComparison.Ordinal)).Select(line => line["(all) ".Length..]));
        Assert.True(gone.Closed);
    }

    [Fact]
    public void Whole_lines_in_the_editor_are_run_after_the_reset()
    {
        SimulatedClient sender = _chat.Connect().Send([255, 253, 1, 255, 253, 3]);
        sender.Send("nick sender\r\0");
        sender.Transport.Deliver("broadcast one\r\0broadcast two\r\0broadcast half"u8.ToArray());
        sender.Transport.Reset = true;
        for (int i = 0; i < 5; i++)
        {
            _chat.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(["one", "two"], Heard());
        Assert.True(sender.Transport.Closed);
    }

    [Fact]
    public void Half_typed_keys_in_the_editor_are_not_run_after_the_reset()
    {
        SimulatedClient sender = _chat.Connect().Send([255, 253, 1, 255, 253, 3]);
        sender.Send("broadcast half");
        sender.Transport.Reset = true;
        _chat.Settle();

        Assert.Empty(Heard());
        Assert.True(sender.Transport.Closed);
    }

    [Fact]
    public void A_user_who_has_ended_the_input_gets_the_result_of_an_own_job()
    {
        SimulatedClient asking = _chat.Connect().Type("fib u1001 50").HangUp();
        _chat.Advance(TimeSpan.FromMinutes(1));
        Assert.False(asking.Transport.Closed);

        _chat.InLoop(_chat.Jobs.RunNext);
        _chat.Settle();

        Assert.Equal(["fib(50) = 12586269025", "Fib result is delivered to u1001"], asking.ReadTexts());
        Assert.True(asking.Transport.Closed);
    }

    [Fact]
    public void A_user_who_has_ended_the_input_is_told_why_an_own_job_failed()
    {
        SimulatedClient asking = _chat.Connect().Type("fib u1001 50").HangUp();

        _chat.InLoop(() => _chat.Jobs.FailNext(new JobFailedException("timed out")));
        _chat.Settle();

        Assert.Equal(["Cannot compute fib: timed out"], asking.ReadTexts());
    }

    [Fact]
    public void An_answer_may_take_as_long_as_a_job_may_wait_and_run_twice()
    {
        SimulatedChat chat = new(new ChatOptions { JobWaitSeconds = 600, JobSoftSeconds = 300, JobGraceSeconds = 100 });

        Assert.Equal(TimeSpan.FromSeconds(2_000), chat.Server.AnswerLimit);
    }

    private static SimulatedClient Witness(SimulatedChat chat) => chat.Connect().Type("nick witness");

    private static SimulatedClient Sender(SimulatedChat chat)
    {
        SimulatedClient sender = chat.Connect().Type("nick sender", "");
        sender.ReadTexts();
        return sender;
    }

    private static byte[] Lines(int count) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, count).Select(i => $"broadcast b{i}\n")));

    private static string[] Heard(SimulatedClient witness) =>
        [.. witness.ReadTexts().Where(line => line.StartsWith(FromSender, StringComparison.Ordinal)).Select(line => line[FromSender.Length..])];

    private string[] Heard() => Heard(_witness);
}
