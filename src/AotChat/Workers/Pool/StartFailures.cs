using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// Counts the workers of one group that end without a job or are never ready, and says what follows: pauses that grow from
/// nothing to 5 s, and that there are no workers for a while. Owned by the event loop.
/// </summary>
internal sealed class StartFailures(string lane, TimeProvider time, ILogger logger)
{
    private readonly GrowingPause _pause = new(ChatOptions.RestartFirstPause, ChatOptions.RestartLongestPause);
    private readonly Queue<long> _failures = [];
    private bool _hasEnded;
    private long _lastEnd;
    private int _unlogged;
    private bool _isLogged;

    /// <summary>Whether no worker could be started recently: one is tried now and then, and no jobs are taken meanwhile.</summary>
    public bool IsDegraded { get; private set; }

    /// <summary>Why the last one that was never ready was not; null where the last start succeeded.</summary>
    public string? Reason { get; private set; }

    /// <summary>How long to wait before a successor is started for a worker that has ended without a job.</summary>
    public TimeSpan NextPause()
    {
        if (IsDegraded)
        {
            return ChatOptions.RestartLongestPause;
        }

        if (time.GetElapsedTime(_lastEnd) > ChatOptions.RestartMemory)
        {
            Forget();
        }

        _lastEnd = time.GetTimestamp();
        TimeSpan pause = _hasEnded ? _pause.Next() : TimeSpan.Zero;
        _hasEnded = true;
        return pause;
    }

    /// <summary>Notes that a worker has done a job: workers that ended before no longer count.</summary>
    public void Forget()
    {
        _hasEnded = false;
        _pause.Reset();
    }

    /// <summary>Notes a worker that has ended before it was ready; true where there are no workers from now on.</summary>
    /// <param name="workerId">Its number.</param>
    /// <param name="exit">How it ended.</param>
    /// <param name="isAlone">Whether no other worker of the group is ready.</param>
    public bool OnNeverReady(int workerId, WorkerExit exit, bool isAlone)
    {
        long now = time.GetTimestamp();
        _failures.Enqueue(now);
        while (time.GetElapsedTime(_failures.Peek(), now) > ChatOptions.RestartMemory)
        {
            _failures.Dequeue();
        }

        Reason = exit.IsNotStarted ? exit.ToString() : $"it ends before it is ready ({exit})";
        if (isAlone && !IsDegraded && (_failures.Count >= ChatOptions.FailedStarts || exit.IsLasting))
        {
            IsDegraded = true;
            WorkerLog.Degraded(logger, lane, _failures.Count, Reason, ChatOptions.RestartLongestPause.TotalSeconds);
            return true;
        }

        // One line for each time that workers are missing, however often a start is tried.
        if (_isLogged || IsDegraded)
        {
            _unlogged++;
        }
        else
        {
            _isLogged = true;
            WorkerLog.NotReady(logger, workerId, lane, Reason);
        }

        return false;
    }

    /// <summary>Notes a worker that is ready.</summary>
    public void OnReady()
    {
        _failures.Clear();
        Reason = null;
        if (IsDegraded)
        {
            IsDegraded = false;
            Forget();
            WorkerLog.Recovered(logger, lane, _unlogged);
        }
        else if (_unlogged > 0)
        {
            WorkerLog.StartedAtLast(logger, lane, _unlogged);
        }

        _unlogged = 0;
        _isLogged = false;
    }
}
