using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// The pool: workers for each lane, a bounded queue for each, fair between address blocks and users, and exactly one end
/// for every job. Owned by the event loop.
/// </summary>
/// <remarks>
/// A job whose worker ends under it is run once more on another one where it is idempotent; a job that has taken two
/// workers with it fails, and the same call is refused for a while. The server itself never ends because of its workers.
/// </remarks>
internal sealed class JobManager : IJobPool, IPoolEvents
{
    private const string Cancelled = "cancelled";
    private const string ShuttingDown = "cancelled: server is shutting down";

    private readonly IPoolLoop _loop;
    private readonly ILogger _logger;
    private readonly IWorkerLauncher _launcher;
    private readonly JobLedger _ledger = new();
    private readonly Quarantine _quarantine;
    private readonly JobAdmission _admission;
    private readonly JobDispatcher _dispatcher;
    private readonly JobDeadlines _deadlines;
    private readonly JobLosses _losses;
    private readonly PoolShutdown _shutdown = new();
    private readonly PoolPulse _pulse;
    private ChatOptions _options;
    private uint _nextJobId = 1;

    /// <param name="launcher">Starts the worker processes.</param>
    /// <param name="loop">The event loop.</param>
    /// <param name="options">Numbers and limits; see <see cref="Apply"/>.</param>
    /// <param name="logger">Gets the lines about workers and jobs.</param>
    public JobManager(IWorkerLauncher launcher, IPoolLoop loop, ChatOptions options, ILogger logger)
    {
        _launcher = launcher;
        _loop = loop;
        _options = options;
        _logger = logger;
        Pool = new WorkerPool(this, launcher, loop, options, logger);
        _quarantine = new Quarantine(loop.Time);
        _losses = new JobLosses(_quarantine, Pool.LogGate, logger);
        _pulse = new PoolPulse(loop, () => IsBusy, Look);
        _dispatcher = new JobDispatcher(_ledger, Pool.Groups, loop.Time, logger);
        _admission = new JobAdmission(_ledger, _quarantine, _dispatcher);
        _deadlines = new JobDeadlines(_ledger, Pool, loop, logger);
    }

    /// <inheritdoc/>
    public IEnumerable<WorkerStatus> Workers => Pool.Workers.OrderBy(worker => worker.Id).Select(worker => worker.Status(_loop.Time));

    /// <inheritdoc/>
    public IEnumerable<(JobLanes Lanes, string Reason)> Troubles => Pool.Troubles;

    /// <summary>How many jobs wait for a worker.</summary>
    public int WaitingJobs => _ledger.Waiting;

    /// <summary>Whether it takes no more jobs.</summary>
    public bool IsStopping => _shutdown.IsBegun;

    /// <summary>The workers.</summary>
    public WorkerPool Pool { get; }

    private bool IsBusy => _ledger.Count > 0 || Array.Exists(Pool.Workers, worker => worker.State == JobWorkerState.Busy);

    /// <summary>Begins to start the workers.</summary>
    public void Start()
    {
        Apply(_options);
        _pulse.Ensure();
    }

    /// <summary>Takes on other numbers and limits: more workers at once, fewer as they have nothing to do.</summary>
    public void Apply(ChatOptions options)
    {
        _options = options;
        _dispatcher.MostRunning = options.JobUserRunning;
        Pool.Apply(options);
        _dispatcher.Dispatch();
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> RunAsync(JobRequest request, CancellationToken cancellationToken)
    {
        JobInfo info = JobTable.InfoOf(request.Index);
        Job job = new(_nextJobId, request, info, _loop.Time.GetTimestamp());
        string? refusal = cancellationToken.IsCancellationRequested ? Cancelled : IsStopping ? ShuttingDown : _admission.RefusalOf(job, _options);
        if (refusal is not null)
        {
            return ValueTask.FromException<ReadOnlyMemory<byte>>(new JobFailedException(refusal));
        }

        _nextJobId++;
        _ledger.Add(job);
        try
        {
            if (cancellationToken.CanBeCanceled)
            {
                job.Cancellation = cancellationToken.UnsafeRegister(_ => _loop.Post(_ => End(job, Cancelled), null), null);
            }

            _dispatcher.Dispatch();
            _pulse.Hasten();
        }
        catch (Exception exception)
        {
            PoolStep.Report(_logger, "start a job", exception);
            End(job, JobDispatcher.NotStarted);
        }

        return new ValueTask<ReadOnlyMemory<byte>>(job.End);
    }

    /// <inheritdoc/>
    public IEnumerable<JobStatus> JobsOf(object owner) => _ledger.Of(owner, _loop.Time);

    /// <inheritdoc/>
    public bool TryCancel(object owner, uint jobId)
    {
        if (_ledger.Find(owner, jobId) is not { } job)
        {
            return false;
        }

        End(job, Cancelled);
        return true;
    }

    /// <inheritdoc/>
    public void LeaveRecipient(object user) => EndAll(job => job.Request.Recipient == user && job.Request.Owner != user, Cancelled);

    /// <inheritdoc/>
    public void LeaveOwner(object user)
    {
        EndAll(job => job.Request.Owner == user, Cancelled);
        _quarantine.Forget(user);
    }

    /// <summary>
    /// Ends everything: jobs that wait at once, those that run when they are done, and the workers after that. It is over
    /// <see cref="ChatOptions.PoolStopMargin"/> after the limit at the latest, also where the kernel does not let go of a process; see
    /// <see cref="WorkerPool.StillRunning"/>. To be called once.
    /// </summary>
    /// <param name="limit">How long jobs may go on.</param>
    /// <param name="whenDrained">Called on the loop when the last job has had its end.</param>
    /// <param name="whenEnded">Called on the loop when the last worker is gone, or is waited for no more.</param>
    public void Stop(TimeSpan limit, Action whenDrained, Action whenEnded)
    {
        _shutdown.Begin(whenDrained, whenEnded);

        // The limits first: they hold whatever happens below.
        PoolStep.TryRun(_logger, "limit the time of its end", this, pool => pool._loop.Schedule(limit, pool.EndAtOnce));
        PoolStep.TryRun(_logger, "limit the time of its end", this, pool => pool._loop.Schedule(limit + ChatOptions.PoolStopMargin, () => pool.FinishStopping(isLast: true)));
        HashSet<Job> inLine = [.. _ledger.InLine];
        EndAll(inLine.Contains, ShuttingDown);
        Pool.Retire();
        FinishStopping(isLast: false);
    }

    private void EndAtOnce()
    {
        EndAll(static _ => true, ShuttingDown);
        Pool.Kill();
        FinishStopping(isLast: false);
    }

    void IPoolEvents.OnReady() => _dispatcher.Dispatch();

    void IPoolEvents.OnHeartbeat() => _pulse.Ensure();

    void IPoolEvents.OnFinished(Job job, Frame frame, string? failure)
    {
        _ledger.Release(job);
        if (!job.HasEnded && (frame.Kind == FrameKind.Result || frame.Payload.Span[0] != (byte)JobFailure.Cancelled))
        {
            // It has run to its own end; one that was cancelled, or took too long, proves nothing.
            _quarantine.OnSurvived(job.Request.Index, job.Request.Arguments.Span);
        }

        byte[]? result = failure is null && !job.HasEnded ? frame.Payload.ToArray() : null;
        try
        {
            // The worker gets its next job before anybody looks at this result.
            _dispatcher.Dispatch();
        }
        finally
        {
            _ledger.Remove(job);
            if (result is not null)
            {
                job.Complete(result);
            }
            else
            {
                job.Fail(failure ?? Cancelled);
            }

            FinishStopping(isLast: false);
        }
    }

    void IPoolEvents.OnExited(Job? lost, bool wasTimedOut)
    {
        try
        {
            if (lost is not null)
            {
                _ledger.Release(lost);
                if (!lost.HasEnded)
                {
                    OnLost(lost, wasTimedOut);
                }
            }

            // The process that is gone may be what another group has waited for.
            Pool.Fill();
            _dispatcher.Dispatch();
        }
        finally
        {
            FinishStopping(isLast: false);
        }
    }

    void IPoolEvents.OnDegraded() => EndAll(job => job.Worker?.Current != job && !_dispatcher.CanServe(job.Lane), JobAdmission.NoWorkers);

    private void OnLost(Job job, bool wasTimedOut)
    {
        if (wasTimedOut || IsStopping)
        {
            End(job, wasTimedOut ? "timed out" : ShuttingDown);
            return;
        }

        if (_losses.MayRunAgain(job))
        {
            job.Since = _loop.Time.GetTimestamp();
            _ledger.AddAgain(job);
        }
        else
        {
            End(job, "crashed");
        }
    }

    private void EndAll(Func<Job, bool> isConcerned, string reason)
    {
        foreach (Job job in _ledger.Count > 0 ? _ledger.Present.Where(isConcerned) : [])
        {
            PoolStep.TryRun(_logger, "end a job", (this, job, reason), static step => step.Item1.End(step.job, step.reason));
        }
    }

    // Ends a job, wherever it is; a worker that runs it is told to stop.
    private void End(Job job, string reason)
    {
        if (job.HasEnded)
        {
            return;
        }

        _ledger.Remove(job);
        try
        {
            if (job.Worker?.Current == job)
            {
                job.Worker.StopJob(_loop.Time.GetTimestamp());
                _pulse.Hasten();
            }
        }
        finally
        {
            job.Fail(reason);
            FinishStopping(isLast: false);
        }
    }

    private void Look(long stoppedTicks)
    {
        HashSet<Job> late = _deadlines.Check(stoppedTicks, _options);
        EndAll(late.Contains, "no worker was free in time");
        Pool.Fill();
        PoolStep.TryRun(_logger, "wait for orphans", _launcher, static launcher => launcher.ReapOrphans());
        Pool.LogGate.TellIfOpen();
    }

    private void FinishStopping(bool isLast)
    {
        if (IsStopping)
        {
            _shutdown.Tell(isDrained: isLast || _ledger.Count == 0, isEmpty: isLast || Pool.Workers.Length == 0);
            if (_shutdown.IsOver)
            {
                _pulse.End();
            }
        }
    }
}
