using AotChat.Loop;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Loop;

/// <summary>The loop's own promises: timers, posting, the order of a turn.</summary>
public sealed class EventLoopSpecs : IDisposable
{
    private readonly SimulatedPoller _poller = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly List<string> _happened = [];
    private readonly EventLoop _loop;

    public EventLoopSpecs() => _loop = new EventLoop(_poller, _time, _log);

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void A_handler_gets_no_event_of_the_last_handler_in_its_slot()
    {
        RepeatingPoller poller = new();
        using EventLoop loop = new(poller, _time, _log);
        LoopToken before = default;
        poller.Tokens.Add(loop.Register(new CallingHandler(() =>
        {
            loop.Unregister(before);
            LoopToken after = loop.Register(new CallingHandler(() => _happened.Add("successor")));
            Assert.Equal(before.Slot, after.Slot);
        })));
        before = loop.Register(new CallingHandler(() => _happened.Add("predecessor")));
        poller.Tokens.Add(before);
        loop.Turn();

        // A descriptor that another process holds as well goes on firing after it is closed.
        poller.Tokens.RemoveAt(0);
        loop.Turn();
        Assert.Empty(_happened);
        Assert.Empty(_log.Entries);
        Assert.Equal(2, loop.HandlerCount);
    }

    [Fact]
    public void A_handler_that_is_unregistered_twice_gives_back_its_slot_once()
    {
        LoopToken token = _loop.Register(new CallingHandler(() => { }));
        _loop.Unregister(token);
        _loop.Unregister(token);

        LoopToken next = _loop.Register(new CallingHandler(() => { }));
        _loop.Unregister(token);
        Assert.NotEqual(next.Slot, _loop.Register(new CallingHandler(() => { })).Slot);
        Assert.Equal(2, _loop.HandlerCount);
    }

    [Fact]
    public void A_failure_after_the_flush_is_logged_and_the_loop_goes_on()
    {
        _loop.Flushed = () => throw new InvalidOperationException("broken");
        _loop.Turn();
        _loop.Flushed = null;
        Post("next");
        _loop.Turn();

        Assert.Equal(["next"], _happened);
        Assert.Equal(LogLevel.Error, Assert.Single(_log.Entries).Level);
    }

    [Fact]
    public void Posted_work_runs_in_order_and_wakes_the_loop_once()
    {
        Post("one");
        Post("two");
        Assert.Equal(1, _poller.Wakes);

        _loop.Turn();
        Assert.Equal(["one", "two"], _happened);

        Post("three");
        Assert.Equal(2, _poller.Wakes);
    }

    [Fact]
    public void Work_that_is_posted_while_other_work_runs_wakes_the_loop_again()
    {
        // The one who posts may be another thread, after the loop has looked for the last time.
        _loop.Post(_ => Post("later"), null);
        _loop.Turn();

        Assert.Equal(2, _poller.Wakes);
        _loop.Turn();
        Assert.Equal(["later"], _happened);
    }

    [Fact]
    public void A_flush_that_is_requested_comes_once_and_at_once()
    {
        _loop.Flushed = () => _happened.Add("flush");
        _loop.Post(_ => _loop.RequestFlush(), null);
        Post("one");
        Post("two");
        _loop.Turn();

        Assert.Equal(["flush", "one", "two", "flush"], _happened);
    }

    [Fact]
    public void Work_that_posts_itself_does_not_hold_the_loop()
    {
        int runs = 0;
        void Again(object? _)
        {
            runs++;
            _loop.Post(Again, null);
        }

        _loop.Post(Again, null);
        _loop.Turn();

        Assert.Equal(1, runs);
        _loop.Turn();
        Assert.Equal(2, runs);
        Assert.Equal(0, _poller.LastTimeout);
    }

    [Fact]
    public void Work_that_fails_is_logged_and_the_rest_goes_on()
    {
        _loop.Post(_ => throw new InvalidOperationException("broken"), null);
        Post("next");
        _loop.Schedule(TimeSpan.Zero, () => throw new InvalidOperationException("broken too"));

        _loop.Turn();

        Assert.Equal(["next"], _happened);
        Assert.Equal([LogLevel.Error, LogLevel.Error], _log.Entries.Select(entry => entry.Level));
        Assert.NotNull(_log.Entries[0].Exception);
    }

    [Fact]
    public void The_end_of_a_turn_comes_after_everything_else()
    {
        _loop.Post(
            _ =>
            {
                _loop.Touch(new Touched(_happened));
                _happened.Add("posted");
            },
            null);
        _loop.Schedule(TimeSpan.Zero, () => _happened.Add("timer"));

        _loop.Turn();

        Assert.Equal(["posted", "timer", "end"], _happened);
    }

    [Fact]
    public void An_interrupt_is_heard_once_however_often_it_came()
    {
        _loop.Interrupted = () => _happened.Add("interrupt");
        _loop.Interrupt();
        _loop.Interrupt();
        _loop.Turn();
        _loop.Turn();

        Assert.Equal(["interrupt"], _happened);
        Assert.Equal(-1, _poller.LastTimeout);
    }

    [Fact]
    public void Continuations_come_back_to_the_loop()
    {
        SynchronizationContext? previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_loop.Context);
        TaskCompletionSource elsewhere = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task waiting = AwaitAsync(elsewhere.Task);
        Thread other = new(elsewhere.SetResult);
        other.Start();
        other.Join();

        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                _loop.Turn();
                return waiting.IsCompleted;
            },
            TimeSpan.FromSeconds(10)));
        SynchronizationContext.SetSynchronizationContext(previous);
        Assert.Equal(["back on " + Environment.CurrentManagedThreadId], _happened);

        async Task AwaitAsync(Task task)
        {
            await task;
            _happened.Add("back on " + Environment.CurrentManagedThreadId);
        }
    }

    [Fact]
    public void Turns_are_counted_and_the_longest_is_known()
    {
        _loop.Post(_ => _time.Advance(TimeSpan.FromMilliseconds(7)), null);
        _loop.Turn();
        _loop.Turn();

        Assert.Equal(2, _loop.Statistics.Turns);
        Assert.Equal(TimeSpan.FromMilliseconds(7), _loop.Statistics.LongestTurn);
    }

    private void Post(string what) => _loop.Post(_ => _happened.Add(what), null);

    private sealed class Touched(List<string> happened) : ITurnEnd
    {
        public void OnTurnEnd() => happened.Add("end");
    }

    // Reports the same in each turn.
    private sealed class RepeatingPoller : IPoller
    {
        public List<LoopToken> Tokens { get; } = [];

        public int Wait(Span<PollEvent> events, int timeoutMilliseconds)
        {
            for (int i = 0; i < Tokens.Count; i++)
            {
                events[i] = new PollEvent(Tokens[i], Readiness.Readable);
            }

            return Tokens.Count;
        }

        public void Wake()
        {
        }

        public void Dispose()
        {
        }
    }
}
