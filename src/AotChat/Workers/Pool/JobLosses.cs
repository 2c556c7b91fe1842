using AotChat.Configuration;
using AotChat.Limits;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// Decides what becomes of a job whose worker has ended under it, and who is to blame. One lost worker proves nothing: it
/// may have been killed from outside, stopped, or short of what others had taken. Owned by the event loop.
/// </summary>
internal sealed class JobLosses(Quarantine quarantine, SuppressionGate gate, ILogger logger)
{
    /// <summary>Notes that a worker ended under this job; true where the job is to run again, elsewhere.</summary>
    public bool MayRunAgain(Job job)
    {
        // A job that may run again does, and is blamed where it loses that worker too. One that may not is blamed where the
        // same call has lost a worker before.
        JobRequest request = job.Request;
        bool isSecond = job.Info.IsIdempotent
            ? ++job.Losses >= ChatOptions.QuarantineLosses
            : quarantine.IsSecondLoss(request.Index, request.Arguments.Span);
        if (isSecond)
        {
            PoolStep.TryRun(logger, "blame a job", (this, job), static step => step.Item1.Blame(step.job));
        }

        return !isSecond && job.Info.IsIdempotent;
    }

    private void Blame(Job job)
    {
        JobRequest request = job.Request;
        bool wasPaused = quarantine.IsPaused(request.Owner);
        quarantine.Blame(request.Index, request.Arguments.Span, request.Owner);
        if (gate.TryPass())
        {
            WorkerLog.Quarantined(logger, job.Id, request.Owner, request.Call, ChatOptions.QuarantineTime);
        }

        if (!wasPaused && quarantine.IsPaused(request.Owner) && gate.TryPass())
        {
            WorkerLog.Paused(logger, request.Owner, quarantine.CrashesOf(request.Owner), ChatOptions.QuarantineTime);
        }
    }
}
