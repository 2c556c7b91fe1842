using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// The pool: workers for each lane, a bounded queue for each, fair between address blocks and users, and exactly one end
/// for every job. This is what the rest of the server calls; <see cref="JobLifecycle"/> is what the workers call. Owned by
/// the event loop.
/// </summary>
/// <remarks>
/// A job whose worker ends under it is run once more on another one where it is idempotent; a job that has taken two
/// workers with it fails, and the same call is refused for a while. The server itself never ends because of its workers.
/// </remarks>
internal sealed class JobManager : IJobPool
{
    private readonly IPoolLoop _loop;
    private readonly ILogger _logger;
    private readonly IWorkerLauncher _launcher;
    private readonly JobLifecycle _jobs;
    private readonly JobAdmission _admission;
    private readonly JobDeadlines _deadlines;
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
        _pulse = new PoolPulse(loop, () => IsBusy, Look);
        _jobs = new JobLifecycle(launcher, loop, _pulse, options, logger);
        _admission = new JobAdmission(_jobs.Ledger, _jobs.Quarantine, _jobs.Dispatcher);
        _deadlines = new JobDeadlines(_jobs.Ledger, Pool, loop, logger);
    }

    /// <inheritdoc/>
    public IEnumerable<WorkerStatus> Workers => Pool.Workers.OrderBy(worker => worker.Id).Select(worker => worker.Status(_loop.Time));

    /// <inheritdoc/>
    public IEnumerable<(JobLanes Lanes, string Reason)> Troubles => Pool.Troubles;

    /// <summary>How many jobs wait for a worker.</summary>
    public int WaitingJobs => _jobs.Ledger.Waiting;

    /// <summary>Whether it takes no more jobs.</summary>
    public bool IsStopping => _jobs.Stopping.IsBegun;

    /// <summary>The workers.</summary>
    public WorkerPool Pool => _jobs.Pool;

    private bool IsBusy => _jobs.Ledger.Count > 0 || Array.Exists(Pool.Workers, worker => worker.State == JobWorkerState.Busy);

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
        _jobs.Dispatcher.MaxRunning = options.JobUserRunning;
        Pool.Apply(options);
        _jobs.Dispatcher.Dispatch();
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> RunAsync(JobRequest request, CancellationToken cancellationToken)
    {
        JobInfo info = JobTable.InfoOf(request.Index);
        Job job = new(_nextJobId, request, info, _loop.Time.GetTimestamp());
        string? refusal = cancellationToken.IsCancellationRequested ? JobLifecycle.Cancelled
            : IsStopping ? JobLifecycle.ShuttingDown
            : _admission.RefusalOf(job, _options);
        if (refusal is not null)
        {
            return ValueTask.FromException<ReadOnlyMemory<byte>>(new JobFailedException(refusal));
        }

        _nextJobId++;
        _jobs.Ledger.Add(job);
        try
        {
            if (cancellationToken.CanBeCanceled)
            {
                job.Cancellation = cancellationToken.UnsafeRegister(_ => _loop.Post(_ => _jobs.End(job, JobLifecycle.Cancelled), null), null);
            }

            _jobs.Dispatcher.Dispatch();
            _pulse.Hasten();
        }
        catch (Exception exception)
        {
            PoolStep.Report(_logger, "start a job", exception);
            _jobs.End(job, JobDispatcher.NotStarted);
        }

        return new ValueTask<ReadOnlyMemory<byte>>(job.End);
    }

    /// <inheritdoc/>
    public IEnumerable<JobStatus> JobsOf(object owner) => _jobs.Ledger.Of(owner, _loop.Time);

    /// <inheritdoc/>
    public bool TryCancel(object owner, uint jobId)
    {
        if (_jobs.Ledger.Find(owner, jobId) is not { } job)
        {
            return false;
        }

        _jobs.End(job, JobLifecycle.Cancelled);
        return true;
    }

    /// <inheritdoc/>
    public void CancelJobsFor(object user) =>
        _jobs.EndAll(job => job.Request.Recipient == user && job.Request.Owner != user, JobLifecycle.Cancelled);

    /// <inheritdoc/>
    public void CancelJobsOf(object user)
    {
        _jobs.EndAll(job => job.Request.Owner == user, JobLifecycle.Cancelled);
        _jobs.Quarantine.Forget(user);
    }

    /// <summary>
    /// Ends everything: jobs that wait at once, those that run when they are done, and the workers after that. It is over
    /// <see cref="ChatOptions.PoolStopMargin"/> after the limit at the latest, also where the kernel does not let go of a
    /// process; see <see cref="WorkerPool.StillRunning"/>. To be called once.
    /// </summary>
    /// <param name="limit">How long jobs may go on.</param>
    /// <param name="whenDrained">Called on the loop when the last job has had its end.</param>
    /// <param name="whenEnded">Called on the loop when the last worker is gone, or is waited for no more.</param>
    public void Stop(TimeSpan limit, Action whenDrained, Action whenEnded)
    {
        _jobs.Stopping.Begin(whenDrained, whenEnded);

        // The limits first: they hold whatever happens below.
        PoolStep.TryRun(_logger, "limit the time of its end", this, pool => pool._loop.Schedule(limit, pool.EndAtOnce));
        PoolStep.TryRun(_logger, "limit the time of its end", this, pool => pool._loop.Schedule(limit + ChatOptions.PoolStopMargin, pool._jobs.Stopping.GiveUp));
        HashSet<Job> inLine = [.. _jobs.Ledger.InLine];
        _jobs.EndAll(inLine.Contains, JobLifecycle.ShuttingDown);
        Pool.Retire();
        _jobs.Stopping.Check();
    }

    private void EndAtOnce()
    {
        _jobs.EndAll(static _ => true, JobLifecycle.ShuttingDown);
        Pool.Kill();
        _jobs.Stopping.Check();
    }

    private void Look(long stoppedTicks)
    {
        HashSet<Job> late = _deadlines.Check(stoppedTicks, _options);
        _jobs.EndAll(late.Contains, "no worker was free in time");
        Pool.Fill();
        PoolStep.TryRun(_logger, "wait for orphans", _launcher, static launcher => launcher.ReapOrphans());
        Pool.LogGate.TellIfOpen();
    }
}
