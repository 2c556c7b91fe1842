using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// The workers of the same lanes, and how many of them there are to be: starts them, replaces those that end, and gives
/// up for a while where none can be started. Owned by the event loop.
/// </summary>
/// <remarks>
/// A worker that ends is replaced at once, the next one after 100 ms, and so on up to 5 s, until one has done a job or
/// ten seconds were quiet. Those that a job has taken with it do not count.
/// </remarks>
internal sealed class WorkerGroup(JobLanes lanes, WorkerPool pool, IPoolEvents events, IWorkerLauncher launcher, IPoolLoop loop, ILogger logger)
{
    private readonly List<JobWorker> _workers = [];
    private readonly StartFailures _failures = new(WorkerSettings.NameOf(lanes), loop.Time, logger);
    private readonly Recycling _recycling = new(loop.Time, logger);
    private bool _startIsPending;

    // For each place that is free because its worker has ended: how many processes have had it.
    private readonly Queue<int> _places = [];

    /// <summary>Which jobs they serve.</summary>
    public JobLanes Lanes { get; } = lanes;

    /// <summary>How many there are to be.</summary>
    public int Target { get; private set; }

    /// <summary>All that have not ended, whatever their state.</summary>
    public IReadOnlyList<JobWorker> Workers => _workers;

    /// <summary>Whether no worker could be started recently: one is tried now and then, and no jobs are taken meanwhile.</summary>
    public bool IsDegraded => _failures.IsDegraded;

    /// <summary>Why there are no workers, for people; null where there are some, or are to be in a moment.</summary>
    public string? Trouble => IsDegraded ? _failures.Reason : null;

    /// <summary>Now, as a timestamp.</summary>
    public long Now => loop.Time.GetTimestamp();

    // A successor takes a place that is still taken.
    private int Active => _workers.Count(IsInPlace);

    /// <summary>Changes how many there are to be: more at once, fewer as they have nothing to do.</summary>
    public void Resize(int target)
    {
        Target = target;
        Trim();
        Fill();
    }

    /// <summary>A worker that waits for a job; null where there is none. What it does is its state's affair alone.</summary>
    public JobWorker? FindIdle() => _workers.FindLast(static worker => worker is { State: JobWorkerState.Idle, IsRetiring: false });

    /// <summary>Ends all of them; those that have a job after it.</summary>
    public void Retire()
    {
        Target = 0;
        foreach (JobWorker worker in _workers.ToArray())
        {
            PoolStep.TryRun(logger, "retire a worker", worker, static worker => worker.Retire());
        }
    }

    /// <summary>Starts missing workers that may be started now.</summary>
    public void Fill()
    {
        // While none can be started, one is enough to see whether that is over.
        int target = IsDegraded ? Math.Min(1, Target) : Target;
        while (!_startIsPending && Active < target && pool.MayStart)
        {
            Start(replaces: null);
        }
    }

    internal void OnReady(JobWorker worker, WorkerLimits limits)
    {
        pool.OnLimits(limits);
        WorkerLog.Ready(logger, worker.Id, worker.ProcessId, WorkerSettings.NameOf(Lanes), loop.Time.GetElapsedTime(worker.StartedAt).TotalMilliseconds);
        _failures.OnReady();
        if (worker.Replaces is { } old)
        {
            _recycling.OnDone(old, worker);
            worker.TakeFreePlace();
            old.Retire();
        }

        Trim();
        Fill();
        events.OnReady();
    }

    internal void OnHeartbeat(JobWorker worker)
    {
        events.OnHeartbeat();
        RecycleIfDue(worker);
    }

    internal void OnFinished(JobWorker worker, Job job, Frame frame, string? failure)
    {
        _failures.Forget();
        if (!worker.IsRetiring)
        {
            RecycleIfDue(worker);
        }

        events.OnFinished(job, frame, failure);
    }

    internal void OnExited(JobWorker worker, Job? lost, bool wasReady, bool wasTimedOut, WorkerExit exit)
    {
        _workers.Remove(worker);
        JobWorker? successor = _workers.Find(other => other.Replaces == worker);
        successor?.TakeFreePlace();
        try
        {
            if (worker.IsRetiring || pool.IsRetired)
            {
                WorkerLog.Retired(logger, worker.Id, worker.ProcessId, exit);
            }
            else if (worker.Replaces is { } due)
            {
                // The one that it was to replace goes on, and is due again after a pause.
                _recycling.OnFailed(due, exit);
            }
            else
            {
                Replace(worker, lost, wasReady, successor is not null, exit);
            }
        }
        finally
        {
            events.OnExited(lost, wasTimedOut);
        }
    }

    internal void OnStuck(JobWorker worker, Job? lost, bool wasTimedOut, TimeSpan since)
    {
        _workers.Find(other => other.Replaces == worker)?.TakeFreePlace();
        try
        {
            WorkerLog.Stuck(logger, worker.Id, worker.ProcessId, since.TotalSeconds);
        }
        finally
        {
            events.OnExited(lost, wasTimedOut);
        }
    }

    private void Replace(JobWorker worker, Job? lost, bool wasReady, bool isReplaced, WorkerExit exit)
    {
        if (wasReady && pool.LogGate.TryPass())
        {
            WorkerLog.Exited(logger, worker.Id, worker.ProcessId, lost is null ? "without a job" : $"while running job {lost.Id} ({lost.Info.Name})", exit);
        }

        if (!isReplaced)
        {
            _places.Enqueue(worker.Restarts + 1);
        }

        if (!wasReady && _failures.OnNeverReady(worker.Id, exit, isAlone: _workers.TrueForAll(static other => other.State == JobWorkerState.Starting)))
        {
            events.OnDegraded();
        }

        if (!isReplaced && lost is null)
        {
            FillAfter(_failures.NextPause());
        }
        else if (Active < Target && pool.MayStart)
        {
            Start(replaces: null);
        }
    }

    // A worker that is due gets its successor, and goes on until that is ready. One at a time, and no more than there are
    // places: those that were replaced may still have a job.
    private void RecycleIfDue(JobWorker worker)
    {
        if (!worker.IsRetiring && pool.IsDue(worker) && _recycling.IsOpen && pool.MayStart
            && _workers.Count < 2 * Target && !_workers.Exists(static other => other.Replaces is not null))
        {
            Start(replaces: worker);
        }
    }

    private void FillAfter(TimeSpan pause)
    {
        if (_startIsPending)
        {
            return;
        }

        if (pause == TimeSpan.Zero)
        {
            Fill();
            return;
        }

        loop.Schedule(pause * (1 + ((Random.Shared.NextDouble() - 0.5) * 2 * ChatOptions.RestartJitter)), () =>
        {
            _startIsPending = false;
            Fill();
        });
        _startIsPending = true;
    }

    private void Trim()
    {
        for (int excess = Active - Target; excess > 0; excess--)
        {
            // Those first who have nothing to do.
            JobWorker worker = FindIdle()
                ?? _workers.Find(static candidate => IsInPlace(candidate) && candidate.State == JobWorkerState.Starting)
                ?? _workers.FindLast(IsInPlace)!;
            worker.Retire();
        }
    }

    private static bool IsInPlace(JobWorker worker) => !worker.IsRetiring && worker.Replaces is null;

    private void Start(JobWorker? replaces)
    {
        int restarts = replaces is not null ? replaces.Restarts + 1 : _places.TryDequeue(out int before) ? before : 0;
        JobWorker worker = new(pool.NextWorkerId(), this, replaces, restarts, Now);
        _workers.Add(worker);
        try
        {
            worker.Start(launcher, pool.SettingsFor(Lanes, worker.Id));
        }
        catch (Exception exception)
        {
            // Nothing was asked for, so nothing will be heard of it.
            worker.OnExited(WorkerExit.NotStarted(exception.Message));
        }
    }
}
