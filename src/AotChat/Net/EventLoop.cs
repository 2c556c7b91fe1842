using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AotChat.Net;

/// <summary>
/// The one thread that owns the chat. A turn: wait; go on with what was cut short for fairness; handle what is ready;
/// run what other threads posted; fire due timers; then flush everything that was touched, once.
/// </summary>
/// <remarks>
/// All members belong to the loop's thread but <see cref="Post"/> and <see cref="Stop"/>. State that is owned by the loop needs no
/// lock, and nothing that runs here may block.
/// </remarks>
internal sealed class EventLoop : IDisposable
{
    private const int MaxEventsPerTurn = 512;

    private readonly IPoller _poller;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PollEvent[] _events = new PollEvent[MaxEventsPerTurn];
    private readonly List<IReadyHandler?> _handlers = [];
    private readonly Stack<int> _freeTokens = [];
    private readonly PriorityQueue<LoopTimer, long> _timers = new();
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private Queue<IReadyHandler> _again = [];
    private Queue<IReadyHandler> _nowAgain = [];
    private readonly List<ITurnEnd> _touched = [];
    private int _wakePending;
    private volatile bool _stopped;

    public EventLoop(IPoller poller, TimeProvider time, ILogger logger)
    {
        _poller = poller;
        _time = time;
        _logger = logger;
        Context = new LoopSynchronizationContext(this);
    }

    /// <summary>Posts to this loop; current on its thread.</summary>
    public SynchronizationContext Context { get; }

    /// <summary>Turns so far and the longest one.</summary>
    public LoopStatistics Statistics { get; } = new();

    /// <summary>Registers a handler and returns the token that its events carry.</summary>
    public int Register(IReadyHandler handler)
    {
        if (_freeTokens.TryPop(out int token))
        {
            _handlers[token] = handler;
            return token;
        }

        _handlers.Add(handler);
        return _handlers.Count - 1;
    }

    /// <summary>Forgets a handler; its token will be given to another.</summary>
    public void Unregister(int token)
    {
        _handlers[token] = null;
        _freeTokens.Push(token);
    }

    /// <summary>Runs a callback on the loop, in order of posting. Any thread.</summary>
    public void Post(SendOrPostCallback callback, object? state)
    {
        _posted.Enqueue((callback, state));
        if (Interlocked.Exchange(ref _wakePending, 1) == 0)
        {
            _poller.Wake();
        }
    }

    /// <summary>Runs a callback on the loop after so much time, never early and, where the loop is busy, late.</summary>
    public LoopTimer Schedule(TimeSpan delay, Action callback)
    {
        LoopTimer timer = new(callback);
        _timers.Enqueue(timer, _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency));
        return timer;
    }

    /// <summary>Calls a handler once more in the next turn, with <see cref="Readiness.None"/>: it has input left.</summary>
    public void RunAgain(IReadyHandler handler) => _again.Enqueue(handler);

    /// <summary>Calls <see cref="ITurnEnd.OnTurnEnd"/> at the end of this turn; the caller sees to it that it asks once.</summary>
    public void Touch(ITurnEnd touched) => _touched.Add(touched);

    /// <summary>Turns until <see cref="Stop"/>.</summary>
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

    /// <summary>Waits for something to do, as long as it takes, and does it.</summary>
    public void Turn()
    {
        int count = _poller.Wait(_events, WaitMilliseconds());
        long began = _time.GetTimestamp();
        GoOn();
        for (int i = 0; i < count; i++)
        {
            CallHandler(_handlers[_events[i].Token], _events[i].Readiness);
        }

        RunPosted();
        FireTimers();
        EndTurn();
        TimeSpan took = _time.GetElapsedTime(began);
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
            NetLog.CallbackFailed(_logger, exception);
        }
    }

    private int WaitMilliseconds()
    {
        if (_again.Count > 0 || !_posted.IsEmpty)
        {
            return 0;
        }

        while (_timers.TryPeek(out LoopTimer? timer, out long due))
        {
            if (timer.IsCancelled)
            {
                _timers.Dequeue();
                continue;
            }

            TimeSpan left = _time.GetElapsedTime(_time.GetTimestamp(), due);
            return left <= TimeSpan.Zero ? 0 : (int)Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue);
        }

        return -1;
    }

    private void GoOn()
    {
        // Who asks again meanwhile is called in the next turn.
        (_again, _nowAgain) = (_nowAgain, _again);
        while (_nowAgain.TryDequeue(out IReadyHandler? handler))
        {
            CallHandler(handler, Readiness.None);
        }
    }

    private void RunPosted()
    {
        // Cleared before the queue is read: whoever posts from now on wakes the loop anew.
        Volatile.Write(ref _wakePending, 0);
        for (int left = _posted.Count; left > 0 && _posted.TryDequeue(out (SendOrPostCallback Callback, object? State) posted); left--)
        {
            Guarded(static item => item.Callback(item.State), posted);
        }
    }

    private void FireTimers()
    {
        long now = _time.GetTimestamp();
        while (_timers.TryPeek(out LoopTimer? timer, out long due) && due <= now)
        {
            _timers.Dequeue();
            Guarded(static item => item.Fire(), timer);
        }
    }

    private void EndTurn()
    {
        // Flushing may touch others; they are flushed in the same turn.
        for (int i = 0; i < _touched.Count; i++)
        {
            Guarded(static touched => touched.OnTurnEnd(), _touched[i]);
        }

        _touched.Clear();
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
            NetLog.CallbackFailed(_logger, exception);
        }
    }
}
