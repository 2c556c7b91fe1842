using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>What the pool logs.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(101, LogLevel.Debug, "Worker {Worker} (process {ProcessId}, {Lane}) is ready after {Milliseconds:F1} ms")]
    public static partial void Ready(ILogger logger, object worker, object processId, string lane, object milliseconds);

    [LoggerMessage(102, LogLevel.Warning, "Worker {Worker} (process {ProcessId}) ended {Job}: {How}; a new one replaces it")]
    public static partial void Exited(ILogger logger, object worker, object processId, string job, object how);

    [LoggerMessage(103, LogLevel.Debug, "Worker {Worker} (process {ProcessId}) has ended: {How}")]
    public static partial void Retired(ILogger logger, object worker, object processId, object how);

    [LoggerMessage(104, LogLevel.Warning, "Worker {Worker}: {Line}")]
    public static partial void StandardError(ILogger logger, object worker, string line);

    [LoggerMessage(105, LogLevel.Warning, "Worker {Worker}: {Count} more lines were left out")]
    public static partial void Suppressed(ILogger logger, object worker, object count);

    [LoggerMessage(106, LogLevel.Error, "Workers ({Lane}) cannot be started after {Failures} tries: {How}; jobs are refused, and a start is tried every {Seconds} s")]
    public static partial void Degraded(ILogger logger, string lane, object failures, string how, object seconds);

    [LoggerMessage(107, LogLevel.Information, "Workers ({Lane}) can be started again, after {Count} more failed starts")]
    public static partial void Recovered(ILogger logger, string lane, object count);

    [LoggerMessage(108, LogLevel.Debug, "Worker {Worker} has run {Jobs} jobs and uses {MiB} MiB; worker {Successor} replaces it")]
    public static partial void Recycled(ILogger logger, object worker, object jobs, object miB, object successor);

    [LoggerMessage(109, LogLevel.Warning, "Job {Job} of {Owner} has crashed two workers; the call {Call} is refused for {Duration}")]
    public static partial void Quarantined(ILogger logger, object job, object owner, string call, object duration);

    [LoggerMessage(110, LogLevel.Warning, "Jobs of {Owner} have crashed {Crashes} workers; they are refused for {Duration}")]
    public static partial void Paused(ILogger logger, object owner, object crashes, object duration);

    [LoggerMessage(111, LogLevel.Information, "This process was stopped for {Seconds:F1} s; the time limits of jobs and workers are extended by as much")]
    public static partial void WasStopped(ILogger logger, object seconds);

    [LoggerMessage(112, LogLevel.Warning, "This system cannot keep workers off the network (Landlock for TCP or seccomp is missing); url still checks every address")]
    public static partial void Unconfined(ILogger logger);

    [LoggerMessage(113, LogLevel.Warning, "Worker {Worker} ({Lane}) cannot be started: {How}; a start is tried again until it succeeds")]
    public static partial void NotReady(ILogger logger, object worker, string lane, string how);

    [LoggerMessage(114, LogLevel.Information, "A worker ({Lane}) is ready after {Count} more failed starts")]
    public static partial void StartedAtLast(ILogger logger, string lane, object count);

    [LoggerMessage(115, LogLevel.Warning, "Worker {Worker} has run {Jobs} jobs and uses {MiB} MiB, but its successor cannot be started: {How}; it goes on, and a successor is tried with growing pauses")]
    public static partial void NotRecycled(ILogger logger, object worker, object jobs, object miB, object how);

    [LoggerMessage(116, LogLevel.Information, "Worker {Worker} is the successor after {Count} more failed starts")]
    public static partial void RecycledAtLast(ILogger logger, object worker, object count);

    [LoggerMessage(117, LogLevel.Warning, "{Count} more lines about workers were left out")]
    public static partial void LeftOut(ILogger logger, object count);

    [LoggerMessage(118, LogLevel.Error, "The pool of workers could not {Step}")]
    public static partial void StepFailed(ILogger logger, Exception exception, string step);

    [LoggerMessage(119, LogLevel.Error, "Worker {Worker} (process {ProcessId}) was killed {Seconds:F0} s ago and has not ended; another one takes its place")]
    public static partial void Stuck(ILogger logger, object worker, object processId, object seconds);

    [LoggerMessage(120, LogLevel.Warning, "Workers keep rights of the server's that they do not need: the system does not let them become another user (nobody) or drop capabilities")]
    public static partial void Privileged(ILogger logger);
}
