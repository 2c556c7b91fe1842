using System.Collections.Concurrent;
using AotChat.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AotChat.Loop;

/// <summary>
/// The one thread that owns the chat. A turn: wait; resume what was cut short for fairness; handle what is ready;
/// run what other threads posted; fire due timers; then flush everything that was touched, once.
/// </summary>
/// <remarks>
/// All members belong to the loop's thread but <see cref="Post"/>, <see cref="Interrupt"/> and <see cref="Stop"/>. State that is owned by the loop needs no
/// lock, and nothing that runs here may block.
/// </remarks>
internal sealed class EventLoop : IDisposable
{
    private const int MaxEventsPerTurn = 512;

    private readonly IPoller _poller;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PollEvent[] _events = new PollEvent[MaxEventsPerTurn];
    private readonly HandlerTable _handlers = new();
    private readonly TimerQueue _timers = new();
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private Queue<IReadyHandler> _again = [];
    private Queue<IReadyHandler> _nowAgain = [];
    private readonly List<ITurnEnd> _touched = [];
    private int _wakePending;
    private bool _flushRequested;
    private int _turnsWithoutTimers;
    private volatile bool _interrupted;
    private volatile bool _stopped;

    public EventLoop(IPoller poller, TimeProvider time, ILogger logger)
    {
        _poller = poller;
        _time = time;
        _logger = logger;
        Context = new LoopSynchronizationContext(this);
        Now = time.GetTimestamp();
    }

    /// <summary>Posts to this loop; current on its thread.</summary>
    public SynchronizationContext Context { get; }

    /// <summary>Turns so far and the longest one.</summary>
    public LoopStatistics Statistics { get; } = new();

    /// <summary>When this turn began, as a timestamp of <see cref="Time"/>: exact enough for limits, and free.</summary>
    public long Now { get; private set; }

    /// <summary>The clock of everything on this loop.</summary>
    public TimeProvider Time => _time;

    /// <summary>How many timers wait.</summary>
    public int TimerCount => _timers.Count;

    /// <summary>How many handlers are registered.</summary>
    public int HandlerCount => _handlers.Count;

    /// <summary>Called before each flush: what it writes is sent with the lines of the turn.</summary>
    public Action? Flushing { get; set; }

    /// <summary>Called after each flush, when nobody needs the lines of the turn any more.</summary>
    public Action? Flushed { get; set; }

    /// <summary>How long a turn may take before <see cref="TurnedSlowly"/> is called.</summary>
    public TimeSpan SlowTurn { get; set; } = TimeSpan.MaxValue;

    /// <summary>Called with the time that a slow turn took.</summary>
    public Action<TimeSpan>? TurnedSlowly { get; set; }

    /// <summary>Whether <see cref="Stop"/> was called.</summary>
    public bool IsStopped => _stopped;

    /// <summary>Called once in the turn after <see cref="Interrupt"/>, however often that was called.</summary>
    public Action? Interrupted { get; set; }

    /// <inheritdoc cref="HandlerTable.Register"/>
    public LoopToken Register(IReadyHandler handler) => _handlers.Register(handler);

    /// <inheritdoc cref="HandlerTable.Unregister"/>
    public void Unregister(LoopToken token) => _handlers.Unregister(token);

    /// <summary>Runs a callback on the loop, in order of posting. Any thread.</summary>
    public void Post(SendOrPostCallback callback, object? state)
    {
        _posted.Enqueue((callback, state));
        if (Interlocked.Exchange(ref _wakePending, 1) == 0)
        {
            _poller.Wake();
        }
    }

    /// <summary>Has <see cref="Interrupted"/> called. Any thread; takes no memory, so that a signal is heard where none is left.</summary>
    public void Interrupt()
    {
        _interrupted = true;
        _poller.Wake();
    }

    /// <summary>Runs a callback on the loop after a delay: never early, and late where the loop is busy.</summary>
    public LoopTimer Schedule(TimeSpan delay, Action callback) =>
        _timers.Add(DueAfter(delay), callback);

    /// <summary>Calls a handler once more in the next turn, with <see cref="Readiness.None"/>: it has input left.</summary>
    public void RunAgain(IReadyHandler handler) => _again.Enqueue(handler);

    /// <summary>Calls <see cref="ITurnEnd.OnTurnEnd"/> at the end of this turn; the caller asks only once.</summary>
    public void Touch(ITurnEnd touched) => _touched.Add(touched);

    /// <summary>Flushes as soon as the present callback is done, since enough was written for one turn.</summary>
    public void RequestFlush() => _flushRequested = true;

    /// <summary>Runs turns until <see cref="Stop"/>.</summary>
    public void Run()
    {
        SynchronizationContext? previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Context);
        try
        {
            while (!_stopped)
            {
                Turn();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    /// <summary>Ends <see cref="Run"/> after the current turn. Any thread.</summary>
    public void Stop()
    {
        _stopped = true;
        _poller.Wake();
    }

    /// <summary>Waits for something to do, without a time limit, and does it.</summary>
    /// <remarks>
    /// A timer fires only if it was due before the wait began: whatever had arrived until then is handled first. Otherwise
    /// everybody's time would be over after the process was stopped for a while, with the signs of life still unread.
    /// </remarks>
    public void Turn()
    {
        long before = _time.GetTimestamp();
        int count = _poller.Wait(_events, WaitMilliseconds(before));
        Now = _time.GetTimestamp();
        ResumeHandlers();
        for (int i = 0; i < count; i++)
        {
            CallHandler(_handlers[_events[i].Token], _events[i].Readiness);
        }

        if (_interrupted)
        {
            _interrupted = false;
            Guarded(static interrupted => interrupted?.Invoke(), Interrupted);
        }

        RunPosted();
        if (HasSeenAll(count))
        {
            FireTimers(before);
        }

        EndTurn();
        TimeSpan took = _time.GetElapsedTime(Now);
        if (took > SlowTurn)
        {
            Guarded(time => TurnedSlowly?.Invoke(time), took);
        }

        Statistics.Turns++;
        if (took > Statistics.LongestTurn)
        {
            Statistics.LongestTurn = took;
        }
    }

    public void Dispose() => _poller.Dispose();

    private void CallHandler(IReadyHandler? handler, Readiness readiness)
    {
        try
        {
            handler?.OnReady(readiness);
        }
        catch (Exception exception)
        {
            LoopLog.CallbackFailed(_logger, exception);
        }

        FlushIfRequested();
    }

    // A full buffer means that there may be more; ready descriptors take turns (epoll(7)), so that this many waits see all.
    private bool HasSeenAll(int count)
    {
        bool hasSeenAll = count < _events.Length || _turnsWithoutTimers > _handlers.Count / _events.Length;
        _turnsWithoutTimers = hasSeenAll ? 0 : _turnsWithoutTimers + 1;
        return hasSeenAll;
    }

    // A negative delay is none, and one that ends beyond the clock never ends.
    private long DueAfter(TimeSpan delay)
    {
        double ticks = Math.Max(delay.TotalSeconds, 0) * _time.TimestampFrequency;
        long now = _time.GetTimestamp();
        return ticks < long.MaxValue - now ? now + (long)ticks : long.MaxValue;
    }

    private int WaitMilliseconds(long now)
    {
        if (_again.Count > 0 || !_posted.IsEmpty || _interrupted)
        {
            return 0;
        }

        if (_timers.NextDue is not { } due)
        {
            return -1;
        }

        TimeSpan left = _time.GetElapsedTime(now, due);
        return left <= TimeSpan.Zero ? 0 : (int)Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue);
    }

    private void ResumeHandlers()
    {
        // A handler that asks again meanwhile is called in the next turn.
        (_again, _nowAgain) = (_nowAgain, _again);
        while (_nowAgain.TryDequeue(out IReadyHandler? handler))
        {
            CallHandler(handler, Readiness.None);
        }
    }

    private void RunPosted()
    {
        // Cleared before the queue is read: a post from now on wakes the loop anew.
        Volatile.Write(ref _wakePending, 0);
        for (int left = _posted.Count; left > 0 && _posted.TryDequeue(out (SendOrPostCallback Callback, object? State) posted); left--)
        {
            Guarded(static item => item.Callback(item.State), posted);
            FlushIfRequested();
        }
    }

    private void FireTimers(long now)
    {
        long made = _timers.Made;
        while (_timers.TakeDue(now, made) is { } timer)
        {
            Guarded(static item => item.Fire(), timer);
            FlushIfRequested();
        }
    }

    private void FlushIfRequested()
    {
        if (_flushRequested)
        {
            EndTurn();
        }
    }

    private void EndTurn()
    {
        _flushRequested = false;
        Guarded(static flushing => flushing?.Invoke(), Flushing);

        // Flushing may touch others; they are flushed in the same turn.
        for (int i = 0; i < _touched.Count; i++)
        {
            Guarded(static touched => touched.OnTurnEnd(), _touched[i]);
        }

        _touched.Clear();
        Guarded(static flushed => flushed?.Invoke(), Flushed);
    }

    // The last line of defence of the whole server: a bug ends here, in the log, and the loop goes on.
    private void Guarded<T>(Action<T> action, T item)
    {
        try
        {
            action(item);
        }
        catch (Exception exception)
        {
            LoopLog.CallbackFailed(_logger, exception);
        }
    }
}
