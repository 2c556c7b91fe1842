using AotChat.Configuration;
using AotChat.Limits;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// All workers: a group for each set of lanes, how many each is to have, and what holds for every worker. Owned by the
/// event loop.
/// </summary>
internal sealed class WorkerPool
{
    private readonly ILogger _logger;
    private readonly string _ports;
    private ChatOptions _options;
    private int _nextWorkerId = 1;
    private WorkerLimits _limitsToldOf;

    /// <param name="events">Gets what workers report about jobs.</param>
    /// <param name="launcher">Starts the worker processes.</param>
    /// <param name="loop">The event loop.</param>
    /// <param name="options">Numbers and limits; see <see cref="Apply"/>.</param>
    /// <param name="logger">Gets the lines about workers.</param>
    public WorkerPool(IPoolEvents events, IWorkerLauncher launcher, IPoolLoop loop, ChatOptions options, ILogger logger)
    {
        _logger = logger;
        _options = options;

        // What the operator opens is open with any port. Not taken on anew: the command that fetches knows no other rules.
        _ports = options.UrlAllow.IsEmpty ? PortList.Show(options.UrlPorts) : "";
        LogGate = new SuppressionGate(
            new RateBudget(loop.Time, ChatOptions.PoolLogBurst, ChatOptions.PoolLogRate), count => WorkerLog.LeftOut(logger, count));
        Groups =
        [
            new WorkerGroup(JobLanes.Cpu, this, events, launcher, loop, logger),
            new WorkerGroup(JobLanes.Io, this, events, launcher, loop, logger),
            new WorkerGroup(JobLanes.Both, this, events, launcher, loop, logger),
        ];
    }

    /// <summary>The groups, in no order that matters.</summary>
    public WorkerGroup[] Groups { get; }

    /// <summary>All workers whose process has not ended, as they are now.</summary>
    public JobWorker[] Workers => [.. Groups.SelectMany(group => group.Workers)];

    /// <summary>
    /// The workers whose process has not ended, <c>worker 3 (process 4711)</c>. After the pool has stopped these are processes
    /// that the kernel does not let go of.
    /// </summary>
    public IReadOnlyList<string> StillRunning => [.. Workers.Select(worker => worker.ToString())];

    /// <summary>The lanes that have no workers, and why none can be started.</summary>
    public IEnumerable<(JobLanes Lanes, string Reason)> Troubles
    {
        get
        {
            foreach (WorkerGroup group in Groups)
            {
                if (group is { Target: > 0, Trouble: { } trouble })
                {
                    yield return (group.Lanes, trouble);
                }
            }
        }
    }

    /// <summary>What the server is called in the list of processes: its first port, or the path of its socket. To be set before the first start.</summary>
    public string Place { get; set; } = "";

    /// <summary>Whether no more workers are started.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Through it go all lines that users can bring about.</summary>
    public SuppressionGate LogGate { get; }

    /// <summary>The highest number of workers that was ever asked for: surplus workers may still run.</summary>
    public int MaxWorkers { get; private set; }

    /// <summary>
    /// Whether one more process may be started: there are never more than twice as many as there are to be, since a worker
    /// that was replaced may still have a job. <see cref="WorkerPipes.DescriptorsFor"/> relies on it.
    /// </summary>
    public bool MayStart => !IsRetired && Groups.Sum(group => group.Workers.Count) < 2 * MaxWorkers;

    /// <summary>Takes on other numbers and limits: more workers at once, fewer as they have nothing to do.</summary>
    public void Apply(ChatOptions options)
    {
        _options = options;
        if (IsRetired)
        {
            return;
        }

        // Surplus workers may take their time to end.
        MaxWorkers = Math.Max(MaxWorkers, options.Workers);

        // One worker alone serves both lanes; otherwise slow fetches must never keep computations waiting.
        int io = options.Workers == 1 ? 0 : Math.Min(options.Workers - 1, options.IoWorkers > 0 ? options.IoWorkers : Math.Max(1, options.Workers / 4));
        Groups[0].Resize(options.Workers == 1 ? 0 : options.Workers - io);
        Groups[1].Resize(io);
        Groups[2].Resize(options.Workers == 1 ? 1 : 0);
    }

    /// <summary>Starts missing workers that may be started now.</summary>
    public void Fill()
    {
        foreach (WorkerGroup group in Groups)
        {
            PoolStep.TryRun(_logger, "start workers", group, static group => group.Fill());
        }
    }

    /// <summary>Starts no more workers, and ends each worker once it has no job.</summary>
    public void Retire()
    {
        IsRetired = true;
        foreach (WorkerGroup group in Groups)
        {
            group.Retire();
        }
    }

    /// <summary>Ends all workers at once.</summary>
    public void Kill()
    {
        foreach (JobWorker worker in Workers)
        {
            PoolStep.TryRun(_logger, "kill a worker", worker, static worker => worker.Kill("the server is stopping"));
        }
    }

    /// <summary>The number of the next worker.</summary>
    public int NextWorkerId() => _nextWorkerId++;

    /// <summary>What a worker is told at its start.</summary>
    public WorkerSettings SettingsFor(JobLanes lanes, int workerId) =>
        new(lanes, _options.JobMemoryMiB, _options.WorkerNice, _ports, $"{WorkerSettings.NameOf(lanes)} {workerId}{(Place.Length > 0 ? " of " + Place : "")}");

    /// <summary>Whether a worker has done enough jobs, or holds so much memory, that a fresh one is better.</summary>
    public bool IsDue(JobWorker worker)
    {
        // Ten per cent more or fewer for each, so that not all of them are due at the same time.
        long limit = _options.RecycleJobs + (_options.RecycleJobs / 100 * (worker.Id * 7 % 21 - 10));
        return worker.JobsDone >= limit || worker.ResidentBytes > _options.RecycleMiB * 1024L * 1024L;
    }

    /// <summary>Says once for all workers what the system does not limit.</summary>
    public void OnLimits(WorkerLimits limits)
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
}
