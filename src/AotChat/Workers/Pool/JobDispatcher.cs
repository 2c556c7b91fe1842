using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>Gives jobs that wait to workers that have nothing to do; the two lanes take turns. Owned by the event loop.</summary>
internal sealed class JobDispatcher(JobLedger ledger, WorkerGroup[] groups, TimeProvider time, ILogger logger)
{
    /// <summary>What a user hears of a job for which the server itself had no memory.</summary>
    public const string NotStarted = "the server could not start it; try again later";

    private bool _ioFirst;

    /// <summary>How many jobs of one user may run at the same time.</summary>
    public int MaxRunning { get; set; } = 1;

    /// <summary>Whether there are workers for this lane, or are to be in a moment.</summary>
    public bool CanServe(JobLanes lane)
    {
        foreach (WorkerGroup group in groups)
        {
            if ((group.Lanes & lane) != 0 && group is { Target: > 0, IsDegraded: false })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives out as many jobs as there are idle workers for.</summary>
    public void Dispatch()
    {
        while ((_ioFirst = !_ioFirst)
            ? TryDispatch(JobLanes.Io) || TryDispatch(JobLanes.Cpu)
            : TryDispatch(JobLanes.Cpu) || TryDispatch(JobLanes.Io))
        {
        }
    }

    private bool TryDispatch(JobLanes lane)
    {
        if (ledger.WaitingIn(lane) == 0)
        {
            return false;
        }

        foreach (WorkerGroup group in groups)
        {
            if ((group.Lanes & lane) != 0 && group.FindIdle() is { } worker)
            {
                if (ledger.Take(lane, MaxRunning) is not { } job)
                {
                    return false;
                }

                Give(job, worker);
                return true;
            }
        }

        return false;
    }

    private void Give(Job job, JobWorker worker)
    {
        try
        {
            if (!worker.TryRun(job, time.GetTimestamp()))
            {
                // That worker is ending and has not seen the job, so that this is no crash of the job's.
                ledger.Release(job);
                ledger.AddAgain(job);
            }
        }
        catch (Exception exception)
        {
            PoolStep.Report(logger, "give a job to a worker", exception);
            worker.Condemn("a job could not be sent to it");
            ledger.Release(job);
            ledger.Remove(job);
            job.Fail(NotStarted);
        }
    }
}
