using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers;

/// <summary>
/// The pool: workers for each lane, a bounded queue for each, fair between address blocks and users, and exactly one end
/// for every job. Owned by the event loop.
/// </summary>
/// <remarks>
/// A job whose worker ends under it is run once more on another one where it is idempotent; a job that has taken two
/// workers with it fails, and the same call is refused for a while. The server itself never ends because of its workers.
/// </remarks>
internal sealed class JobManager : IJobPool
{
    /// <summary>How long workers may take to be gone when they have been killed at the end; what is left then is left behind.</summary>
    public static readonly TimeSpan ExitMargin = TimeSpan.FromSeconds(1);

    private const string Cancelled = "cancelled";
    private const string ShuttingDown = "cancelled: server is shutting down";
    private const string NoWorkers = "the workers cannot be started; try again later";

    private readonly IPoolLoop _loop;
    private readonly ILogger _logger;
    private readonly IWorkerLauncher _launcher;
    private readonly WorkerGroup[] _groups;
    private readonly JobLedger _ledger = new();
    private readonly Quarantine _quarantine;
    private readonly JobAdmission _admission;
    private readonly JobDispatcher _dispatcher;
    private readonly JobLosses _losses;
    private readonly PoolShutdown _shutdown = new();
    private readonly PoolPulse _pulse;
    private readonly string _ports;
    private ChatOptions _options;
    private int _mostWorkers;
    private uint _nextJobId = 1;
    private int _nextWorkerId = 1;
    private WorkerLimits _limitsToldOf;

    /// <param name="launcher">Starts the worker processes.</param>
    /// <param name="loop">The event loop.</param>
    /// <param name="options">Numbers and limits; see <see cref="Apply"/>.</param>
    /// <param name="logger">Hears of workers that end.</param>
    public JobManager(IWorkerLauncher launcher, IPoolLoop loop, ChatOptions options, ILogger logger)
    {
        _launcher = launcher;
        _loop = loop;
        _options = options;
        _logger = logger;
        LogGate = new PoolLogGate(loop.Time, logger);

        // What the operator opens is open with any port. Not taken on anew: the command that fetches knows no other rules.
        _ports = options.UrlAllow.IsEmpty ? PortList.Show(options.UrlPorts) : "";
        _quarantine = new Quarantine(loop.Time);
        _losses = new JobLosses(_quarantine, LogGate, logger);
        _pulse = new PoolPulse(loop, () => IsBusy, Look);
        _groups =
        [
            new WorkerGroup(JobLanes.Cpu, this, launcher, loop, logger),
            new WorkerGroup(JobLanes.Io, this, launcher, loop, logger),
            new WorkerGroup(JobLanes.Both, this, launcher, loop, logger),
        ];
        _admission = new JobAdmission(_ledger, _quarantine);
        _dispatcher = new JobDispatcher(_ledger, _groups, loop.Time, logger);
    }

    /// <inheritdoc/>
    public IEnumerable<WorkerStatus> Workers => AllWorkers
        .OrderBy(worker => worker.Id)
        .Select(worker => worker.Status(_loop.Time));

    /// <inheritdoc/>
    public IEnumerable<(JobLanes Lanes, string Reason)> Troubles => _groups
        .Where(group => group is { Target: > 0, Trouble: not null })
        .Select(group => (group.Lanes, group.Trouble!));

    /// <summary>How many jobs wait for a worker.</summary>
    public int WaitingJobs => _ledger.Waiting;

    /// <summary>Whether it takes no more jobs.</summary>
    public bool IsStopping => _shutdown.IsBegun;

    /// <summary>
    /// The workers whose process has not ended, <c>worker 3 (process 4711)</c>. After <see cref="Stop"/> has called its last
    /// callback these are processes that the kernel does not let go of.
    /// </summary>
    public IReadOnlyList<string> StillRunning => [.. AllWorkers.Select(worker => worker.ToString())];

    /// <summary>What the server is called in the list of processes: its first port, or the path of its socket. To be set before <see cref="Start"/>.</summary>
    public string Place { get; set; } = "";

    /// <summary>Through it go all lines that users can bring about.</summary>
    internal PoolLogGate LogGate { get; }

    /// <summary>
    /// Whether one more process may be started: there are never more than twice as many as there are to be, since a worker
    /// that was replaced may still have a job. <see cref="WorkerPipes.DescriptorsFor"/> relies on it.
    /// </summary>
    internal bool MayStart => !IsStopping && _groups.Sum(group => group.Workers.Count) < 2 * _mostWorkers;

    private JobWorker[] AllWorkers => [.. _groups.SelectMany(group => group.Workers)];

    private bool IsBusy => _ledger.Count > 0 || Array.Exists(AllWorkers, worker => worker.State == JobWorkerState.Busy);

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
        if (IsStopping)
        {
            return;
        }

        // Those that are too many now may take their time to end.
        _mostWorkers = Math.Max(_mostWorkers, options.Workers);

        // One worker alone serves both lanes; otherwise slow fetches must never keep computations waiting.
        int io = options.Workers == 1 ? 0 : Math.Min(options.Workers - 1, options.IoWorkers > 0 ? options.IoWorkers : Math.Max(1, options.Workers / 4));
        _groups[0].Resize(options.Workers == 1 ? 0 : options.Workers - io);
        _groups[1].Resize(io);
        _groups[2].Resize(options.Workers == 1 ? 1 : 0);
        Dispatch();
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> RunAsync(JobRequest request, CancellationToken cancellationToken)
    {
        JobInfo info = JobTable.InfoOf(request.Index);
        Job job = new(_nextJobId, request, info, _loop.Time.GetTimestamp());
        if (RefusalOf(request, job.Lane, cancellationToken) is { } reason)
        {
            return ValueTask.FromException<ReadOnlyMemory<byte>>(new JobFailedException(reason));
        }

        _nextJobId++;
        _ledger.Add(job);
        try
        {
            if (cancellationToken.CanBeCanceled)
            {
                job.Cancellation = cancellationToken.UnsafeRegister(_ => _loop.Post(_ => End(job, Cancelled), null), null);
            }

            Dispatch();
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
    /// <see cref="ExitMargin"/> after the limit at the latest, also where the kernel does not let go of a process; see
    /// <see cref="StillRunning"/>. To be called once.
    /// </summary>
    /// <param name="limit">How long jobs may go on.</param>
    /// <param name="whenDrained">Called on the loop when the last job has had its end.</param>
    /// <param name="whenEnded">Called on the loop when the last worker is gone, or is waited for no more.</param>
    public void Stop(TimeSpan limit, Action whenDrained, Action whenEnded)
    {
        _shutdown.Begin(whenDrained, whenEnded);

        // The limits first: they hold whatever happens below.
        PoolStep.TryRun(_logger, "limit the time of its end", this, pool => pool._loop.Schedule(limit, pool.EndAtOnce));
        PoolStep.TryRun(_logger, "limit the time of its end", this, pool => pool._loop.Schedule(limit + ExitMargin, () => pool.FinishStopping(isLast: true)));
        HashSet<Job> inLine = [.. _ledger.InLine];
        EndAll(inLine.Contains, ShuttingDown);
        foreach (WorkerGroup group in _groups)
        {
            group.Retire();
        }

        FinishStopping(isLast: false);
    }

    /// <summary>Ends all workers at once.</summary>
    public void Kill()
    {
        foreach (JobWorker worker in AllWorkers)
        {
            PoolStep.TryRun(_logger, "kill a worker", worker, static worker => worker.Kill("the server is stopping"));
        }
    }

    private void EndAtOnce()
    {
        EndAll(static _ => true, ShuttingDown);
        Kill();
        FinishStopping(isLast: false);
    }

    internal int NextWorkerId() => _nextWorkerId++;

    internal WorkerSettings SettingsFor(JobLanes lanes, int workerId) =>
        new(lanes, _options.JobMemoryMiB, _options.WorkerNice, _ports, $"{WorkerSettings.NameOf(lanes)} {workerId}{(Place.Length > 0 ? " of " + Place : "")}");

    /// <summary>Whether a worker has done enough jobs, or holds so much memory, that a fresh one is better.</summary>
    internal bool IsDue(JobWorker worker)
    {
        // Ten per cent more or fewer for each, so that not all of them are due at the same time.
        long limit = _options.RecycleJobs + (_options.RecycleJobs / 100 * (worker.Id * 7 % 21 - 10));
        return worker.JobsDone >= limit || worker.ResidentBytes > _options.RecycleMiB * 1024L * 1024L;
    }

    /// <summary>Says once for all workers what the system does not limit.</summary>
    internal void OnLimits(WorkerLimits limits)
    {
        WorkerLimits missing = WorkerLimits.All & ~limits & ~_limitsToldOf;
        _limitsToldOf |= missing;
        if ((missing & WorkerLimits.Network) != 0)
        {
            WorkerLog.Unconfined(_logger);
        }

        if ((missing & WorkerLimits.Unprivileged) != 0)
        {
            WorkerLog.Privileged(_logger);
        }
    }

    internal void SeeToPulse() => _pulse.Ensure();

    /// <summary>Gives jobs that wait to workers that do.</summary>
    internal void Dispatch() => _dispatcher.Dispatch();

    internal void OnFinished(Job job, Frame frame, string? failure)
    {
        _ledger.Release(job);
        _quarantine.OnSurvived(job.Request.Index, job.Request.Arguments.Span);
        byte[]? result = failure is null && !job.HasEnded ? frame.Payload.ToArray() : null;
        try
        {
            // The worker gets its next job before anybody looks at this result.
            Dispatch();
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

    internal void OnExited(Job? lost, bool wasTimedOut)
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
            foreach (WorkerGroup group in _groups)
            {
                group.Fill();
            }

            Dispatch();
        }
        finally
        {
            FinishStopping(isLast: false);
        }
    }

    internal void OnDegraded() => EndAll(job => job.Worker?.Current != job && !_dispatcher.CanServe(job.Lane), NoWorkers);

    private void OnLost(Job job, bool wasTimedOut)
    {
        if (wasTimedOut || IsStopping)
        {
            End(job, wasTimedOut ? "timed out" : ShuttingDown);
            return;
        }

        bool mayRunAgain = false;
        try
        {
            mayRunAgain = _losses.MayRunAgain(job);
        }
        finally
        {
            if (mayRunAgain)
            {
                job.Since = _loop.Time.GetTimestamp();
                _ledger.AddAgain(job);
            }
            else
            {
                End(job, "crashed");
            }
        }
    }

    private string? RefusalOf(JobRequest request, JobLanes lane, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Cancelled
        : IsStopping ? ShuttingDown
        : !_dispatcher.CanServe(lane) ? NoWorkers
        : _admission.RefusalOf(request, _options);

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
        long now = _loop.Time.GetTimestamp();
        if (stoppedTicks > 0)
        {
            Shift(stoppedTicks, now);
        }

        foreach (JobWorker worker in AllWorkers)
        {
            PoolStep.TryRun(_logger, "look at a worker", (worker, now, this), static step => step.worker.Check(step.now, step.Item3._loop.Time, step.Item3._options));
        }

        TimeSpan limit = TimeSpan.FromSeconds(_options.JobWaitSeconds);
        HashSet<Job> late = [.. _ledger.InLine.Where(job => _loop.Time.GetElapsedTime(job.Since, now) > limit)];
        EndAll(late.Contains, "no worker was free in time");
        foreach (WorkerGroup group in _groups)
        {
            PoolStep.TryRun(_logger, "start workers", group, static group => group.Fill());
        }

        PoolStep.TryRun(_logger, "wait for orphans", _launcher, static launcher => launcher.ReapOrphans());
        LogGate.ReportIfQuiet();
    }

    private void Shift(long ticks, long now)
    {
        foreach (JobWorker worker in AllWorkers)
        {
            worker.Shift(ticks, now);
        }

        foreach (Job job in _ledger.InLine)
        {
            job.Since = Math.Min(job.Since + ticks, now);
        }

        PoolStep.TryRun(_logger, "say that it was stopped", this, pool => WorkerLog.WasStopped(pool._logger, pool._loop.Time.GetElapsedTime(0, ticks).TotalSeconds));
    }

    private void FinishStopping(bool isLast)
    {
        if (IsStopping)
        {
            _shutdown.Tell(isDrained: isLast || _ledger.Count == 0, isEmpty: isLast || AllWorkers.Length == 0);
            if (_shutdown.IsOver)
            {
                _pulse.End();
            }
        }
    }
}
