using Microsoft.Extensions.Logging;

namespace AotChat.Workers;

/// <summary>
/// The workers of the same lanes, and how many of them there are to be: starts them, replaces those that end, and gives
/// up for a while where none can be started. Owned by the event loop.
/// </summary>
/// <remarks>
/// A worker that ends is replaced at once, the next one after 100 ms, and so on up to 5 s, until one has done a job or
/// ten seconds were quiet. Those that a job has taken with it do not count.
/// </remarks>
internal sealed class WorkerGroup(JobLanes lanes, JobManager manager, IWorkerLauncher launcher, IPoolLoop loop, ILogger logger)
{
    private const int MostFailures = 5;

    private static readonly TimeSpan FailuresCountFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Not all groups and servers of a machine at the same moment.
    private const double Jitter = 0.2;

    private readonly List<JobWorker> _workers = [];
    private readonly List<JobWorker> _idle = [];
    private readonly Queue<long> _failures = [];
    private TimeSpan _pause;
    private long _lastEnd;
    private bool _startIsPending;

    // For each place that is free because its worker has ended: how many processes have had it.
    private readonly Queue<int> _places = [];

    /// <summary>Which jobs they serve.</summary>
    public JobLanes Lanes { get; } = lanes;

    /// <summary>How many there are to be.</summary>
    public int Target { get; private set; }

    /// <summary>All that have not ended, whatever their state.</summary>
    public IReadOnlyList<JobWorker> Workers => _workers;

    /// <summary>Whether none could be started of late: one is tried now and then, and there are no jobs meanwhile.</summary>
    public bool IsDegraded { get; private set; }

    /// <summary>Now, as a timestamp.</summary>
    public long Now => loop.Time.GetTimestamp();

    // A successor takes a place that is still taken.
    private int Active => _workers.Count(worker => !worker.IsRetiring && worker.Replaces is null);

    /// <summary>Changes how many there are to be: more at once, fewer as they have nothing to do.</summary>
    public void Resize(int target)
    {
        Target = target;
        Trim();
        Fill();
    }

    /// <summary>A worker that waits for a job; null where there is none. It stays where it is until it is taken.</summary>
    public JobWorker? PeekIdle() => _idle.Count > 0 ? _idle[^1] : null;

    /// <summary>Takes the worker that was peeked at.</summary>
    public void TakeIdle() => _idle.RemoveAt(_idle.Count - 1);

    /// <summary>Starts the successor of a worker that has done enough, or grown too large; it goes on until that is ready.</summary>
    public void RecycleIfDue(JobWorker worker)
    {
        if (worker.IsRetiring || manager.IsStopping || !manager.IsDue(worker) || _workers.Exists(other => other.Replaces is not null))
        {
            return;
        }

        Start(replaces: worker);
    }

    /// <summary>Ends all of them; those that have a job after it.</summary>
    public void Retire()
    {
        Target = 0;
        foreach (JobWorker worker in _workers.ToArray())
        {
            worker.Retire();
        }
    }

    internal void OnReady(JobWorker worker, bool isConfined)
    {
        if (!isConfined)
        {
            manager.OnUnconfined();
        }

        WorkerLog.Ready(logger, worker.Id, worker.ProcessId, WorkerSettings.NameOf(Lanes), loop.Time.GetElapsedTime(worker.StartedAt).TotalMilliseconds);
        _failures.Clear();
        if (IsDegraded)
        {
            IsDegraded = false;
            _pause = default;
            WorkerLog.Recovered(logger, WorkerSettings.NameOf(Lanes));
        }

        if (worker.Replaces is { } old)
        {
            WorkerLog.Recycled(logger, old.Id, old.JobsDone, old.ResidentBytes / 1024 / 1024, worker.Id);
            worker.TakeFreePlace();
            _idle.Remove(old);
            old.Retire();
        }

        _idle.Add(worker);
        Trim();
        Fill();
        manager.Dispatch();
    }

    internal void OnFinished(JobWorker worker, Job job, Frame frame, string? failure)
    {
        _pause = default;
        if (!worker.IsRetiring)
        {
            _idle.Add(worker);
            RecycleIfDue(worker);
        }

        manager.OnFinished(job, frame, failure);
    }

    internal void OnExited(JobWorker worker, Job? lost, bool wasReady, bool wasTimedOut, WorkerExit exit)
    {
        _workers.Remove(worker);
        _idle.Remove(worker);
        JobWorker? successor = _workers.Find(other => other.Replaces == worker);
        successor?.TakeFreePlace();

        if (worker.IsRetiring || manager.IsStopping)
        {
            WorkerLog.Retired(logger, worker.Id, worker.ProcessId, exit);
            Fill();
        }
        else
        {
            Replace(worker, lost, wasReady, successor is not null, exit);
        }

        manager.OnExited(lost, wasTimedOut);
    }

    private void Replace(JobWorker worker, Job? lost, bool wasReady, bool isReplaced, WorkerExit exit)
    {
        WorkerLog.Exited(logger, worker.Id, worker.ProcessId, lost is null ? "without a job" : $"while running job {lost.Id} ({lost.Info.Name})", exit);
        if (worker.Replaces is not null || isReplaced)
        {
            // The one that it was to replace goes on, and is due again after its next job; or its own successor is on its way.
            return;
        }

        _places.Enqueue(worker.Restarts + 1);
        if (lost is not null)
        {
            if (Active < Target)
            {
                Start(replaces: null);
            }

            return;
        }

        if (!wasReady)
        {
            NoteFailure();
        }

        FillAfter(NextPause());
    }

    private void NoteFailure()
    {
        long now = Now;
        _failures.Enqueue(now);
        while (loop.Time.GetElapsedTime(_failures.Peek(), now) > FailuresCountFor)
        {
            _failures.Dequeue();
        }

        if (_failures.Count >= MostFailures && !IsDegraded && _workers.TrueForAll(worker => worker.State == JobWorkerState.Starting))
        {
            IsDegraded = true;
            WorkerLog.Degraded(logger, WorkerSettings.NameOf(Lanes), MostFailures, LongestPause);
            manager.OnDegraded();
        }
    }

    private TimeSpan NextPause()
    {
        if (IsDegraded)
        {
            return LongestPause;
        }

        if (loop.Time.GetElapsedTime(_lastEnd) > FailuresCountFor)
        {
            _pause = default;
        }

        _lastEnd = Now;
        TimeSpan pause = _pause;
        _pause = pause == default ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        return pause;
    }

    private void FillAfter(TimeSpan pause)
    {
        if (_startIsPending)
        {
            return;
        }

        if (pause == default)
        {
            Fill();
            return;
        }

        _startIsPending = true;
        loop.Schedule(pause * (1 + ((Random.Shared.NextDouble() - 0.5) * 2 * Jitter)), () =>
        {
            _startIsPending = false;
            Fill();
        });
    }

    private void Fill()
    {
        // While none can be started, one is enough to see whether that is over.
        int target = IsDegraded ? Math.Min(1, Target) : Target;
        while (!manager.IsStopping && !_startIsPending && Active < target)
        {
            Start(replaces: null);
        }
    }

    private void Trim()
    {
        for (int excess = Active - Target; excess > 0; excess--)
        {
            // Those first who have nothing to do.
            JobWorker worker = PeekIdle()
                ?? _workers.Find(candidate => IsAdditional(candidate) && candidate.State == JobWorkerState.Starting)
                ?? _workers.FindLast(IsAdditional)!;
            _idle.Remove(worker);
            worker.Retire();
        }

        static bool IsAdditional(JobWorker worker) => !worker.IsRetiring && worker.Replaces is null;
    }

    private void Start(JobWorker? replaces)
    {
        int restarts = replaces is not null ? replaces.Restarts + 1 : _places.TryDequeue(out int before) ? before : 0;
        JobWorker worker = new(manager.NextWorkerId(), this, replaces, restarts, Now);
        _workers.Add(worker);
        worker.Start(launcher, manager.SettingsFor(Lanes));
    }
}
