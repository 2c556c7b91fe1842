using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>Looks at intervals which workers and waiting jobs are over their limits of time. Owned by the event loop.</summary>
/// <param name="ledger">The jobs.</param>
/// <param name="pool">The workers.</param>
/// <param name="loop">The event loop.</param>
/// <param name="logger">Gets a line where the process was stopped for a while.</param>
internal sealed class JobDeadlines(JobLedger ledger, WorkerPool pool, IPoolLoop loop, ILogger logger)
{
    /// <summary>Ends workers and the jobs in them that are over their time.</summary>
    /// <param name="stoppedTicks">For how many ticks of the clock the process itself was stopped; 0 where it was not.</param>
    /// <param name="options">The limits.</param>
    /// <returns>The jobs that have waited for too long.</returns>
    public HashSet<Job> Check(long stoppedTicks, ChatOptions options)
    {
        long now = loop.Time.GetTimestamp();
        if (stoppedTicks > 0)
        {
            Extend(stoppedTicks, now);
        }

        foreach (JobWorker worker in pool.Workers)
        {
            PoolStep.TryRun(logger, "look at a worker", (worker, now, loop.Time, options), static step => step.worker.Check(step.now, step.Time, step.options));
        }

        TimeSpan limit = TimeSpan.FromSeconds(options.JobWaitSeconds);
        return [.. ledger.InLine.Where(job => loop.Time.GetElapsedTime(job.Since, now) > limit)];
    }

    // Nobody was late while nobody could be heard.
    private void Extend(long ticks, long now)
    {
        foreach (JobWorker worker in pool.Workers)
        {
            worker.ExtendDeadlines(ticks, now);
        }

        foreach (Job job in ledger.InLine)
        {
            job.Since = Math.Min(job.Since + ticks, now);
        }

        PoolStep.TryRun(logger, "say that it was stopped", (logger, loop, ticks), static step =>
            WorkerLog.WasStopped(step.logger, step.loop.Time.GetElapsedTime(0, step.ticks).TotalSeconds));
    }
}
