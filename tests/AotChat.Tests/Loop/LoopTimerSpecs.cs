using AotChat.Loop;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Loop;

/// <summary>When timers fire, and what comes before them.</summary>
public sealed class LoopTimerSpecs : IDisposable
{
    private readonly SimulatedPoller _poller = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly List<string> _happened = [];
    private readonly EventLoop _loop;

    public LoopTimerSpecs() => _loop = new EventLoop(_poller, _time, _log);

    public void Dispose() => _loop.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_timer_that_sets_the_next_one_at_once_leaves_the_turn_to_others(long ticks)
    {
        int fired = 0;
        void Again()
        {
            fired++;
            _loop.Schedule(TimeSpan.FromTicks(ticks), Again);
        }

        Again();
        _loop.Turn();
        Assert.Equal(2, fired);
        _loop.Turn();
        Assert.Equal(3, fired);
    }

    [Fact]
    public void A_timer_with_the_longest_delay_does_not_fire()
    {
        _loop.Schedule(TimeSpan.MaxValue, () => _happened.Add("never"));
        _time.Advance(TimeSpan.FromDays(10_000));
        _loop.Turn();
        Assert.Empty(_happened);
    }

    [Fact]
    public void A_timer_fires_when_it_is_due_and_not_before()
    {
        _loop.Schedule(TimeSpan.FromSeconds(2), () => _happened.Add("late"));
        _loop.Schedule(TimeSpan.FromSeconds(1), () => _happened.Add("early"));

        _time.Advance(TimeSpan.FromMilliseconds(999));
        _loop.Turn();
        Assert.Empty(_happened);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _loop.Turn();
        Assert.Equal(["early"], _happened);

        _time.Advance(TimeSpan.FromSeconds(1));
        _loop.Turn();
        Assert.Equal(["early", "late"], _happened);
    }

    [Fact]
    public void What_arrived_while_the_process_was_stopped_is_handled_before_its_time_is_over()
    {
        StoppedPoller poller = new(_time, events: 1);
        using EventLoop loop = new(poller, _time, _log);
        loop.Register(new CallingHandler(() => _happened.Add("input")));
        loop.Schedule(TimeSpan.FromSeconds(10), () => _happened.Add("time is over"));

        loop.Turn();
        Assert.Empty(_happened);

        loop.Turn();
        Assert.Equal(["input", "time is over"], _happened);
    }

    [Fact]
    public void Timers_wait_until_more_events_than_fit_into_a_turn_are_handled()
    {
        const int Handlers = 1_200;
        StoppedPoller poller = new(_time, Handlers) { IsQuiet = true };
        using EventLoop loop = new(poller, _time, _log);
        int handled = 0;
        int handledBefore = 0;
        for (int i = 0; i < Handlers; i++)
        {
            loop.Register(new CallingHandler(() => handled++));
        }

        for (int quiet = 0; quiet < 10; quiet++)
        {
            loop.Turn();
        }

        poller.IsQuiet = false;
        loop.Schedule(TimeSpan.FromSeconds(10), () => handledBefore = handled);
        while (handledBefore == 0)
        {
            loop.Turn();
        }

        Assert.Equal(Handlers, handledBefore);
    }

    [Fact]
    public void Timers_fire_though_every_turn_is_full()
    {
        StoppedPoller poller = new(_time, events: int.MaxValue);
        using EventLoop loop = new(poller, _time, _log);
        loop.Register(new CallingHandler(() => { }));
        loop.Schedule(TimeSpan.FromSeconds(10), () => _happened.Add("timer"));
        for (int turn = 0; turn < 5; turn++)
        {
            loop.Turn();
        }

        Assert.Equal(["timer"], _happened);
    }

    [Fact]
    public void Timers_that_are_due_at_the_same_time_fire_in_the_order_in_which_they_were_made()
    {
        string[] names = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];
        foreach (string name in names)
        {
            _loop.Schedule(TimeSpan.FromSeconds(1), () => _happened.Add(name));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        _loop.Turn();

        Assert.Equal(names, _happened);
    }

    [Fact]
    public void The_loop_waits_no_longer_than_to_the_next_timer()
    {
        _loop.Turn();
        Assert.Equal(-1, _poller.LastTimeout);

        _loop.Schedule(TimeSpan.FromMilliseconds(1.5), () => { });
        _loop.Turn();
        Assert.Equal(2, _poller.LastTimeout);
    }

    [Fact]
    public void A_cancelled_timer_neither_fires_nor_wakes_the_loop()
    {
        _loop.Schedule(TimeSpan.FromSeconds(1), () => _happened.Add("timer")).Cancel();
        _loop.Turn();
        Assert.Equal(-1, _poller.LastTimeout);

        _time.Advance(TimeSpan.FromSeconds(2));
        _loop.Turn();
        Assert.Empty(_happened);
    }
}
