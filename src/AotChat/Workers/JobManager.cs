using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers;

/// <summary>
/// The pool: workers for each lane, a bounded queue for each, fair between users, and exactly one end for every job.
/// Owned by the event loop.
/// </summary>
/// <remarks>
/// A job whose worker ends under it is run once more on another one where it is idempotent; a job that has taken two
/// workers with it fails, and the same call is refused for a while. The server itself never ends because of its workers.
/// </remarks>
internal sealed class JobManager : IJobPool
{
    /// <summary>How many workers a job may take with it.</summary>
    public const int MaxCrashes = 2;

    /// <summary>How often limits of time are looked at while there are jobs.</summary>
    public static readonly TimeSpan BusyPulse = TimeSpan.FromMilliseconds(250);

    /// <summary>How often while there are none.</summary>
    public static readonly TimeSpan IdlePulse = TimeSpan.FromSeconds(5);

    // A pulse that comes later than this was not kept from coming by work: the process was stopped, or the machine slept.
    private static readonly TimeSpan StoppedAfter = TimeSpan.FromSeconds(1);

    private const string Cancelled = "cancelled";
    private const string ShuttingDown = "cancelled: server is shutting down";
    private const string NoWorkers = "the workers cannot be started; try again later";

    private readonly IPoolLoop _loop;
    private readonly ILogger _logger;
    private readonly WorkerGroup[] _groups;
    private readonly JobQueue _cpu = new();
    private readonly JobQueue _io = new();
    private readonly Dictionary<object, JobOwner> _owners = [];
    private readonly Dictionary<uint, Job> _jobs = [];
    private readonly Quarantine _quarantine;
    private readonly string _ports;
    private ChatOptions _options;
    private uint _nextJobId = 1;
    private int _nextWorkerId = 1;
    private bool _ioFirst;
    private bool _hasToldOfConfinement;
    private long _pulseDue;
    private int _pulses;
    private Action? _whenDrained;
    private Action? _whenEnded;

    /// <param name="launcher">Starts the worker processes.</param>
    /// <param name="loop">The event loop.</param>
    /// <param name="options">Numbers and limits; see <see cref="Apply"/>.</param>
    /// <param name="logger">Hears of workers that end.</param>
    public JobManager(IWorkerLauncher launcher, IPoolLoop loop, ChatOptions options, ILogger logger)
    {
        _loop = loop;
        _options = options;
        _logger = logger;

        // What the operator opens is open with any port. Not taken on anew: the command that fetches knows no other rules.
        _ports = options.UrlAllow.IsEmpty ? PortList.Show(options.UrlPorts) : "";
        _quarantine = new Quarantine(loop.Time);
        _groups =
        [
            new WorkerGroup(JobLanes.Cpu, this, launcher, loop, logger),
            new WorkerGroup(JobLanes.Io, this, launcher, loop, logger),
            new WorkerGroup(JobLanes.Both, this, launcher, loop, logger),
        ];
    }

    /// <inheritdoc/>
    public IEnumerable<WorkerStatus> Workers => _groups
        .SelectMany(group => group.Workers)
        .OrderBy(worker => worker.Id)
        .Select(worker => worker.Status(_loop.Time));

    /// <summary>How many jobs wait for a worker.</summary>
    public int WaitingJobs => _cpu.Count + _io.Count;

    /// <summary>Whether it takes no more jobs.</summary>
    public bool IsStopping => _whenEnded is not null;

    /// <summary>Begins to start the workers.</summary>
    public void Start()
    {
        Apply(_options);
        SchedulePulse(IdlePulse);
    }

    /// <summary>Takes on other numbers and limits: more workers at once, fewer as they have nothing to do.</summary>
    public void Apply(ChatOptions options)
    {
        _options = options;
        if (IsStopping)
        {
            return;
        }

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
        if (RefusalOf(job, cancellationToken) is { } reason)
        {
            return ValueTask.FromException<ReadOnlyMemory<byte>>(new JobFailedException(reason));
        }

        _nextJobId++;
        _jobs.Add(job.Id, job);
        QueueOf(job).Add(job, OwnerOf(job));
        if (cancellationToken.CanBeCanceled)
        {
            job.Cancellation = cancellationToken.UnsafeRegister(_ => _loop.Post(_ => End(job, Cancelled), null), null);
        }

        Dispatch();
        HastenPulse();
        return new ValueTask<ReadOnlyMemory<byte>>(job.End);
    }

    /// <inheritdoc/>
    public IEnumerable<JobStatus> JobsOf(object owner)
    {
        Dictionary<Job, int> positions = [];
        foreach (JobQueue queue in (JobQueue[])[_cpu, _io])
        {
            int position = 0;
            foreach (Job waiting in queue.InOrder())
            {
                positions[waiting] = ++position;
            }
        }

        return _jobs.Values
            .Where(job => job.Request.Owner == owner)
            .OrderBy(job => job.Id)
            .Select(job => new JobStatus(job.Id, job.Request.Call, positions.GetValueOrDefault(job), _loop.Time.GetElapsedTime(job.Since)));
    }

    /// <inheritdoc/>
    public bool TryCancel(object owner, uint jobId)
    {
        if (!_jobs.TryGetValue(jobId, out Job? job) || job.Request.Owner != owner)
        {
            return false;
        }

        End(job, Cancelled);
        return true;
    }

    /// <inheritdoc/>
    public void LeaveRecipient(object user) => EndAll(job => job.Request.Recipient == user);

    /// <inheritdoc/>
    public void LeaveOwner(object user)
    {
        EndAll(job => job.Request.Owner == user);
        _quarantine.Forget(user);
    }

    /// <summary>
    /// Ends everything: jobs that wait at once, those that run when they are done, and the workers after that. To be
    /// called once.
    /// </summary>
    /// <param name="limit">How long jobs may go on.</param>
    /// <param name="whenDrained">Called on the loop when the last job has had its end.</param>
    /// <param name="whenEnded">Called on the loop when the last worker is gone.</param>
    public void Stop(TimeSpan limit, Action whenDrained, Action whenEnded)
    {
        _whenDrained = whenDrained;
        _whenEnded = whenEnded;
        foreach (Job job in _cpu.InOrder().Concat(_io.InOrder()).ToArray())
        {
            End(job, ShuttingDown);
        }

        foreach (WorkerGroup group in _groups)
        {
            group.Retire();
        }

        _loop.Schedule(limit, () =>
        {
            foreach (Job job in _jobs.Values.ToArray())
            {
                End(job, ShuttingDown);
            }

            Kill();
        });
        FinishStopping();
    }

    /// <summary>Ends all workers at once.</summary>
    public void Kill()
    {
        foreach (JobWorker worker in _groups.SelectMany(group => group.Workers).ToArray())
        {
            worker.Kill("the server is stopping");
        }
    }

    internal int NextWorkerId() => _nextWorkerId++;

    internal WorkerSettings SettingsFor(JobLanes lanes) => new(lanes, _options.JobMemoryMiB, _options.WorkerNice, _ports);

    /// <summary>Whether a worker has done enough jobs, or holds so much memory, that a fresh one is better.</summary>
    internal bool IsDue(JobWorker worker)
    {
        // Ten per cent more or fewer for each, so that not all of them are due at the same time.
        long limit = _options.RecycleJobs + (_options.RecycleJobs / 100 * (worker.Id * 7 % 21 - 10));
        return worker.JobsDone >= limit || worker.ResidentBytes > _options.RecycleMiB * 1024L * 1024L;
    }

    /// <summary>Says once for all workers that the kernel does not confine them.</summary>
    internal void OnUnconfined()
    {
        if (!_hasToldOfConfinement)
        {
            _hasToldOfConfinement = true;
            WorkerLog.Unconfined(_logger);
        }
    }

    /// <summary>Gives jobs that wait to workers that do.</summary>
    internal void Dispatch()
    {
        while ((_ioFirst = !_ioFirst)
            ? TryDispatch(_io, JobLanes.Io) || TryDispatch(_cpu, JobLanes.Cpu)
            : TryDispatch(_cpu, JobLanes.Cpu) || TryDispatch(_io, JobLanes.Io))
        {
        }
    }

    internal void OnFinished(Job job, Frame frame, string? failure)
    {
        Release(job);
        byte[]? result = failure is null && !job.HasEnded ? frame.Payload.ToArray() : null;

        // The worker gets its next job before anybody looks at this result.
        Dispatch();
        _jobs.Remove(job.Id);
        if (result is not null)
        {
            job.Complete(result);
        }
        else
        {
            job.Fail(failure ?? Cancelled);
        }

        FinishStopping();
    }

    internal void OnExited(Job? lost, bool wasTimedOut)
    {
        if (lost is not null)
        {
            Release(lost);
            if (!lost.HasEnded)
            {
                OnLost(lost, wasTimedOut);
            }
        }

        Dispatch();
        FinishStopping();
    }

    internal void OnDegraded()
    {
        foreach (Job job in _cpu.InOrder().Concat(_io.InOrder()).Where(job => !CanServe(job.Lane)).ToArray())
        {
            End(job, NoWorkers);
        }
    }

    private void OnLost(Job job, bool wasTimedOut)
    {
        if (wasTimedOut)
        {
            End(job, "timed out");
            return;
        }

        if (IsStopping)
        {
            End(job, ShuttingDown);
            return;
        }

        object owner = job.Request.Owner;
        _quarantine.OnCrash(owner);
        if (_quarantine.IsPaused(owner))
        {
            WorkerLog.Paused(_logger, owner, Quarantine.MostCrashes, Quarantine.Duration);
        }

        if (++job.Crashes < MaxCrashes && job.Info.IsIdempotent)
        {
            job.Since = _loop.Time.GetTimestamp();
            QueueOf(job).AddAgain(job, OwnerOf(job));
            return;
        }

        if (job.Crashes == MaxCrashes)
        {
            WorkerLog.Quarantined(_logger, job.Id, owner, job.Request.Call, Quarantine.Duration);
            _quarantine.Add(job.Request.Index, job.Request.Arguments.Span);
        }

        End(job, "crashed");
    }

    private string? RefusalOf(Job job, CancellationToken cancellationToken)
    {
        JobRequest request = job.Request;
        if (cancellationToken.IsCancellationRequested)
        {
            return Cancelled;
        }

        if (IsStopping)
        {
            return ShuttingDown;
        }

        if (request.Arguments.Length > FrameCodec.MaxRequestBytes - sizeof(ushort))
        {
            return "the arguments are too long";
        }

        if (!CanServe(job.Lane))
        {
            return NoWorkers;
        }

        if (_quarantine.IsPaused(request.Owner))
        {
            return $"your jobs have crashed {Quarantine.MostCrashes} workers; wait {Quarantine.Duration.TotalMinutes:0} minutes";
        }

        if (_quarantine.Holds(request.Index, request.Arguments.Span))
        {
            return $"this call has crashed {MaxCrashes} workers; wait {Quarantine.Duration.TotalMinutes:0} minutes";
        }

        if (_owners.TryGetValue(request.Owner, out JobOwner? owner) && owner.Waiting >= _options.JobUserQueue)
        {
            return $"too many of your jobs are waiting (limit {_options.JobUserQueue}); try again later";
        }

        return WaitingJobs >= _options.JobQueue ? "too many jobs are waiting; try again later" : null;
    }

    private void EndAll(Func<Job, bool> isConcerned)
    {
        if (_jobs.Count > 0)
        {
            foreach (Job job in _jobs.Values.Where(isConcerned).ToArray())
            {
                End(job, Cancelled);
            }
        }
    }

    // Ends a job, wherever it is; a worker that runs it is told to stop.
    private void End(Job job, string reason)
    {
        if (job.HasEnded)
        {
            return;
        }

        QueueOf(job).Remove(job);
        _jobs.Remove(job.Id);
        ForgetIfIdle(job);
        if (job.Worker?.Current == job)
        {
            job.Worker.StopJob(_loop.Time.GetTimestamp());
            HastenPulse();
        }

        job.Fail(reason);
        FinishStopping();
    }

    private bool TryDispatch(JobQueue queue, JobLanes lane)
    {
        if (queue.Count == 0)
        {
            return false;
        }

        foreach (WorkerGroup group in _groups)
        {
            if ((group.Lanes & lane) != 0 && group.PeekIdle() is { } worker)
            {
                if (queue.Take(_options.JobUserRunning) is not { } job)
                {
                    return false;
                }

                group.TakeIdle();
                if (worker.TryRun(job, _loop.Time.GetTimestamp()))
                {
                    OwnerOf(job).Running++;
                }
                else
                {
                    // That worker is ending and has not seen the job, so that this is no crash of the job's.
                    queue.AddAgain(job, OwnerOf(job));
                }

                return true;
            }
        }

        return false;
    }

    private bool CanServe(JobLanes lane) => Array.Exists(_groups, group => (group.Lanes & lane) != 0 && group is { Target: > 0, IsDegraded: false });

    private JobQueue QueueOf(Job job) => job.Lane == JobLanes.Io ? _io : _cpu;

    private JobOwner OwnerOf(Job job)
    {
        if (!_owners.TryGetValue(job.Request.Owner, out JobOwner? owner))
        {
            _owners.Add(job.Request.Owner, owner = new JobOwner());
        }

        return owner;
    }

    private void Release(Job job)
    {
        OwnerOf(job).Running--;
        ForgetIfIdle(job);
    }

    private void ForgetIfIdle(Job job)
    {
        if (_owners.TryGetValue(job.Request.Owner, out JobOwner? owner) && owner.IsIdle)
        {
            _owners.Remove(job.Request.Owner);
        }
    }

    private void HastenPulse()
    {
        if (_loop.Time.GetElapsedTime(_loop.Time.GetTimestamp(), _pulseDue) > BusyPulse)
        {
            SchedulePulse(BusyPulse);
        }
    }

    private void SchedulePulse(TimeSpan delay)
    {
        // A pulse that was scheduled for later is overtaken, and passes without doing anything.
        int number = ++_pulses;
        _pulseDue = _loop.Time.GetTimestamp() + (long)(delay.TotalSeconds * _loop.Time.TimestampFrequency);
        _loop.Schedule(delay, () =>
        {
            if (number == _pulses)
            {
                Pulse();
            }
        });
    }

    private void Pulse()
    {
        long now = _loop.Time.GetTimestamp();
        TimeSpan late = _loop.Time.GetElapsedTime(_pulseDue, now);
        if (late > StoppedAfter)
        {
            Shift(now - _pulseDue, late);
        }

        foreach (JobWorker worker in _groups.SelectMany(group => group.Workers).ToArray())
        {
            worker.Check(now, _loop.Time, _options);
        }

        TimeSpan limit = TimeSpan.FromSeconds(_options.JobWaitSeconds);
        foreach (Job job in _cpu.InOrder().Concat(_io.InOrder()).Where(job => _loop.Time.GetElapsedTime(job.Since, now) > limit).ToArray())
        {
            End(job, "no worker was free in time");
        }

        if (!IsStopping || _whenDrained is not null)
        {
            bool isBusy = _jobs.Count > 0 || Array.Exists(_groups, group => group.Workers.Any(worker => worker.State == JobWorkerState.Busy));
            SchedulePulse(isBusy ? BusyPulse : IdlePulse);
        }
    }

    private void Shift(long ticks, TimeSpan late)
    {
        WorkerLog.WasStopped(_logger, late.TotalSeconds);
        foreach (JobWorker worker in _groups.SelectMany(group => group.Workers))
        {
            worker.Shift(ticks);
        }

        foreach (Job job in _cpu.InOrder().Concat(_io.InOrder()))
        {
            job.Since += ticks;
        }
    }

    private void FinishStopping()
    {
        if (!IsStopping)
        {
            return;
        }

        if (_jobs.Count == 0 && _whenDrained is { } whenDrained)
        {
            _whenDrained = null;
            whenDrained();
        }

        if (_groups.All(group => group.Workers.Count == 0) && _whenEnded is { } whenEnded)
        {
            _whenEnded = static () => { };
            whenEnded();
        }
    }
}
