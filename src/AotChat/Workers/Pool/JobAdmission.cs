using AotChat.Configuration;

namespace AotChat.Workers.Pool;

/// <summary>Says which jobs are refused at once, and why. Owned by the event loop.</summary>
internal sealed class JobAdmission(JobLedger ledger, Quarantine quarantine, JobDispatcher dispatcher)
{
    /// <summary>What a user hears where no worker can be started.</summary>
    public const string NoWorkers = "the workers cannot be started; try again later";

    private static readonly string Wait = $"wait {ChatOptions.QuarantineTime.TotalMinutes:0} minutes";

    /// <summary>The reason for the user; null where the job may wait for a worker.</summary>
    public string? RefusalOf(Job job, ChatOptions options) => !dispatcher.CanServe(job.Lane) ? NoWorkers : RefusalOf(job.Request, options);

    private string? RefusalOf(JobRequest request, ChatOptions options) =>
        request.Arguments.Length > FrameCodec.MaxRequestBytes - sizeof(ushort) ? "the arguments are too long"
        : quarantine.IsPaused(request.Owner) ? $"your jobs have crashed {quarantine.CrashesOf(request.Owner)} workers; {Wait}"
        : quarantine.Holds(request.Index, request.Arguments.Span) ? $"this call has crashed {ChatOptions.QuarantineLosses} workers; {Wait}"
        : ledger.WaitingOf(request.Owner) >= options.JobUserQueue ? $"too many of your jobs are waiting (limit {options.JobUserQueue}); try again later"
        : ledger.Waiting >= options.JobQueue ? "too many jobs are waiting; try again later"
        : ledger.WaitingOf(request.Block) >= options.JobsPerAddressLimit ? $"too many jobs from your address are waiting (limit {options.JobsPerAddressLimit}); try again later"
        : null;
}
