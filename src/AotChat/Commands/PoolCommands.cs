using System.Globalization;
using AotChat.Workers;

namespace AotChat.Commands;

/// <summary>Commands about background jobs and the workers that run them.</summary>
internal static class PoolCommands
{
    /// <summary>Lists your waiting and running jobs.</summary>
    [Command("jobs", Category = CommandCategory.Jobs, Example = "jobs")]
    internal static void Jobs(CommandContext context)
    {
        bool any = false;
        foreach (JobStatus job in context.Jobs.Present)
        {
            any = true;
            if (job.Position == 0)
            {
                context.Reply($"Job {job.Id}: {job.Call}, running for {Duration.Measured(job.Age)}");
            }
            else
            {
                context.Reply($"Job {job.Id}: {job.Call}, waiting for {Duration.Measured(job.Age)}, number {job.Position} in line");
            }
        }

        if (!any)
        {
            context.Reply($"You have no jobs.");
        }
    }

    /// <summary>Cancels one of your jobs. ID is the number that jobs shows.</summary>
    [Command("cancel", Category = CommandCategory.Jobs, Example = "cancel 7")]
    internal static void Cancel(CommandContext context, int id)
    {
        // The job's recipient hears of it from the command that waits for the job.
        if (id > 0 && context.Jobs.TryCancel((uint)id))
        {
            context.Reply($"Job {id} is cancelled");
        }
        else
        {
            context.Reply($"Job not found: {id}");
        }
    }

    /// <summary>Lists the worker processes.</summary>
    [Command("workers", Category = CommandCategory.Jobs, Example = "workers")]
    internal static void Workers(CommandContext context)
    {
        foreach ((JobLanes lanes, string reason) in context.Jobs.Troubles)
        {
            if (lanes == JobLanes.Both)
            {
                context.Reply($"No worker can be started: {reason}. The server tries again every 5 s.");
            }
            else
            {
                context.Reply($"No {WorkerSettings.NameOf(lanes)} worker can be started: {reason}. The server tries again every 5 s.");
            }
        }

        foreach (WorkerStatus worker in context.Jobs.Workers)
        {
            string doing = worker.State switch
            {
                JobWorkerState.Starting => "starting",
                JobWorkerState.Idle => "idle",
                JobWorkerState.Busy => string.Create(CultureInfo.InvariantCulture, $"busy with job {worker.JobId}"),
                _ => "ending",
            };
            context.Reply($"Worker {worker.Id} ({WorkerSettings.NameOf(worker.Lanes)}, process {worker.ProcessId}): {doing}, up {Duration.Measured(worker.Age)}, jobs done: {worker.JobsDone}, memory: {Mebibytes(worker.ResidentBytes)} MiB, restarts: {worker.Restarts}");
        }
    }

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:F1}");
}
