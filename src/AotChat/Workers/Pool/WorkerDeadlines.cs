using AotChat.Configuration;

namespace AotChat.Workers.Pool;

/// <summary>What a worker may be late with.</summary>
internal enum Overdue
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>It was killed, and the kernel has not let go of it.</summary>
    Exit,

    /// <summary>It is not ready.</summary>
    Start,

    /// <summary>It gives no sign of life.</summary>
    Heartbeat,

    /// <summary>Its job was told to stop and has not.</summary>
    Stop,

    /// <summary>Its job takes too long.</summary>
    Job,
}

/// <summary>The limits of time of one worker: since when they run, and which of them is over. Owned by the event loop.</summary>
/// <param name="now">When its process was asked for; all times are timestamps of the pool's clock.</param>
internal sealed class WorkerDeadlines(long now)
{
    private long _lastHeard = now;
    private long _startAsked = now;
    private long? _stopAsked;
    private long? _killed;
    private bool _hasAnswered;

    /// <summary>Whether its job was told to stop.</summary>
    public bool IsStopAsked => _stopAsked is not null;

    /// <summary>Whether its job was told to stop and it has said nothing since.</summary>
    public bool IsUnanswered => IsStopAsked && !_hasAnswered;

    /// <summary>It has said something.</summary>
    public void OnHeard(long now)
    {
        _lastHeard = now;
        _hasAnswered = true;
    }

    /// <summary>Its job is told to stop.</summary>
    public void OnStopAsked(long now)
    {
        _stopAsked = now;
        _hasAnswered = false;
    }

    /// <summary>Its job is done.</summary>
    public void OnJobDone() => _stopAsked = null;

    /// <summary>It is killed; the first time counts.</summary>
    public void OnKilled(long now) => _killed ??= now;

    /// <summary>For how long it has been a killed one.</summary>
    public TimeSpan SinceKilled(TimeProvider time, long now) => _killed is { } killed ? time.GetElapsedTime(killed, now) : TimeSpan.Zero;

    /// <summary>What it is late with. After it was killed only its end counts; after its job was told to stop, only that it does.</summary>
    /// <param name="isStarting">Whether it is not ready yet.</param>
    /// <param name="job">The job that it runs; null for none.</param>
    /// <param name="now">The time.</param>
    /// <param name="time">The pool's clock.</param>
    /// <param name="options">The limits.</param>
    public Overdue Find(bool isStarting, Job? job, long now, TimeProvider time, ChatOptions options)
    {
        bool IsOver(long since, TimeSpan limit) => time.GetElapsedTime(since, now) > limit;

        if (_killed is { } killed)
        {
            return IsOver(killed, ChatOptions.WorkerExitLimit) ? Overdue.Exit : Overdue.Nothing;
        }

        if (isStarting && IsOver(_startAsked, ChatOptions.WorkerStartLimit))
        {
            return Overdue.Start;
        }

        if (IsOver(_lastHeard, ChatOptions.WorkerSilenceLimit))
        {
            return Overdue.Heartbeat;
        }

        if (job is null)
        {
            return Overdue.Nothing;
        }

        if (_stopAsked is { } asked)
        {
            return IsOver(asked, TimeSpan.FromSeconds(options.JobGraceSeconds)) ? Overdue.Stop : Overdue.Nothing;
        }

        int seconds = job.Info.TimeLimitSeconds > 0 ? job.Info.TimeLimitSeconds : options.JobSoftSeconds;
        return IsOver(job.Since, TimeSpan.FromSeconds(seconds)) ? Overdue.Job : Overdue.Nothing;
    }

    /// <summary>Moves them by the time for which the server itself was stopped; none goes past the present.</summary>
    public void Extend(long ticks, long now)
    {
        _lastHeard = Math.Min(_lastHeard + ticks, now);
        _startAsked = Math.Min(_startAsked + ticks, now);
        _stopAsked = _stopAsked is { } asked ? Math.Min(asked + ticks, now) : null;
        _killed = _killed is { } killed ? Math.Min(killed + ticks, now) : null;
    }
}
