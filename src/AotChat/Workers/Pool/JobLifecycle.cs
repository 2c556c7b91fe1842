using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// What becomes of a job that was accepted: it is given to a worker, finishes, is lost with its worker, runs once more, or
/// is ended. Each job gets exactly one end. Owned by the event loop.
/// </summary>
internal sealed class JobLifecycle : IPoolEvents
{
    /// <summary>What a user hears of a job that was cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>What a user hears of a job that the end of the server has ended.</summary>
    public const string ShuttingDown = "cancelled: server is shutting down";

    private readonly IPoolLoop _loop;
    private readonly ILogger _logger;
    private readonly PoolPulse _pulse;
    private readonly JobLosses _losses;

    /// <param name="launcher">Starts the worker processes.</param>
    /// <param name="loop">The event loop.</param>
    /// <param name="pulse">Looks at limits of time.</param>
    /// <param name="options">Numbers and limits.</param>
    /// <param name="logger">Gets the lines about workers and jobs.</param>
    public JobLifecycle(IWorkerLauncher launcher, IPoolLoop loop, PoolPulse pulse, ChatOptions options, ILogger logger)
    {
        _loop = loop;
        _logger = logger;
        _pulse = pulse;
        Pool = new WorkerPool(this, launcher, loop, options, logger);
        Quarantine = new Quarantine(loop.Time);
        Dispatcher = new JobDispatcher(Ledger, Pool.Groups, loop.Time, logger);
        Stopping = new PoolShutdown(Ledger, Pool, pulse);
        _losses = new JobLosses(Quarantine, Pool.LogGate, logger);
    }

    /// <summary>The jobs.</summary>
    public JobLedger Ledger { get; } = new();

    /// <summary>The workers.</summary>
    public WorkerPool Pool { get; }

    /// <summary>The calls and users that are not tried again for a while.</summary>
    public Quarantine Quarantine { get; }

    /// <summary>Gives jobs to workers.</summary>
    public JobDispatcher Dispatcher { get; }

    /// <summary>Tells when the pool stops.</summary>
    public PoolShutdown Stopping { get; }

    /// <summary>Ends a job, wherever it is, unless it has had its end; a worker that runs it is told to stop.</summary>
    /// <param name="job">The job.</param>
    /// <param name="reason">What its user hears.</param>
    public void End(Job job, string reason)
    {
        if (job.HasEnded)
        {
            return;
        }

        Ledger.Remove(job);
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
            Stopping.Check();
        }
    }

    /// <summary>Ends all jobs that something concerns; each is ended though another one can't be.</summary>
    public void EndAll(Func<Job, bool> isConcerned, string reason)
    {
        foreach (Job job in Ledger.Count > 0 ? Ledger.Present.Where(isConcerned) : [])
        {
            PoolStep.TryRun(_logger, "end a job", (this, job, reason), static step => step.Item1.End(step.job, step.reason));
        }
    }

    void IPoolEvents.OnReady() => Dispatcher.Dispatch();

    void IPoolEvents.OnHeartbeat() => _pulse.Ensure();

    void IPoolEvents.OnFinished(Job job, Frame frame, string? failure)
    {
        Ledger.Release(job);
        if (!job.HasEnded && (frame.Kind == FrameKind.Result || frame.Payload.Span[0] != (byte)JobFailure.Cancelled))
        {
            // It has run to its own end; one that was cancelled, or took too long, proves nothing.
            Quarantine.OnSurvived(job.Request.Index, job.Request.Arguments.Span);
        }

        byte[]? result = failure is null && !job.HasEnded ? frame.Payload.ToArray() : null;
        try
        {
            // The worker gets its next job before anybody looks at this result.
            Dispatcher.Dispatch();
        }
        finally
        {
            Ledger.Remove(job);
            if (result is not null)
            {
                job.Complete(result);
            }
            else
            {
                job.Fail(failure ?? Cancelled);
            }

            Stopping.Check();
        }
    }

    void IPoolEvents.OnExited(Job? lost, bool wasTimedOut)
    {
        try
        {
            if (lost is not null)
            {
                Ledger.Release(lost);
                if (!lost.HasEnded)
                {
                    OnLost(lost, wasTimedOut);
                }
            }

            // The process that is gone may be what another group has waited for.
            Pool.Fill();
            Dispatcher.Dispatch();
        }
        finally
        {
            Stopping.Check();
        }
    }

    void IPoolEvents.OnDegraded() => EndAll(job => job.Worker?.Current != job && !Dispatcher.CanServe(job.Lane), JobAdmission.NoWorkers);

    private void OnLost(Job job, bool wasTimedOut)
    {
        if (wasTimedOut || Stopping.IsBegun)
        {
            End(job, wasTimedOut ? "timed out" : ShuttingDown);
            return;
        }

        if (_losses.MayRunAgain(job))
        {
            job.Since = _loop.Time.GetTimestamp();
            Ledger.AddAgain(job);
        }
        else
        {
            End(job, "crashed");
        }
    }
}
