using Microsoft.Extensions.Logging;

namespace AotChat.Workers;

/// <summary>What the pool logs.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(101, LogLevel.Debug, "Worker {Worker} (process {ProcessId}, {Lane}) is ready after {Milliseconds:F1} ms")]
    public static partial void Ready(ILogger logger, int worker, int processId, string lane, double milliseconds);

    [LoggerMessage(102, LogLevel.Warning, "Worker {Worker} (process {ProcessId}) ended {Job}: {How}; a new one replaces it")]
    public static partial void Exited(ILogger logger, int worker, int processId, string job, WorkerExit how);

    [LoggerMessage(103, LogLevel.Debug, "Worker {Worker} (process {ProcessId}) has ended: {How}")]
    public static partial void Retired(ILogger logger, int worker, int processId, WorkerExit how);

    [LoggerMessage(104, LogLevel.Warning, "Worker {Worker}: {Line}")]
    public static partial void StandardError(ILogger logger, int worker, string line);

    [LoggerMessage(105, LogLevel.Warning, "Worker {Worker}: {Count} more lines were left out")]
    public static partial void Suppressed(ILogger logger, int worker, int count);

    [LoggerMessage(106, LogLevel.Error, "The {Lane} workers cannot be started: {Failures} ended before they were ready; jobs are refused, and a start is tried every {Pause}")]
    public static partial void Degraded(ILogger logger, string lane, int failures, TimeSpan pause);

    [LoggerMessage(107, LogLevel.Information, "The {Lane} workers can be started again")]
    public static partial void Recovered(ILogger logger, string lane);

    [LoggerMessage(108, LogLevel.Debug, "Worker {Worker} has run {Jobs} jobs and uses {MiB} MiB; worker {Successor} replaces it")]
    public static partial void Recycled(ILogger logger, int worker, long jobs, long miB, int successor);

    [LoggerMessage(109, LogLevel.Warning, "Job {Job} of {Owner} has crashed two workers; the call {Call} is refused for {Duration}")]
    public static partial void Quarantined(ILogger logger, uint job, object owner, string call, TimeSpan duration);

    [LoggerMessage(110, LogLevel.Warning, "Jobs of {Owner} have crashed {Crashes} workers; they are refused for {Duration}")]
    public static partial void Paused(ILogger logger, object owner, int crashes, TimeSpan duration);

    [LoggerMessage(111, LogLevel.Information, "This process was stopped for {Seconds:F1} s; the time limits of jobs and workers are extended by as much")]
    public static partial void WasStopped(ILogger logger, double seconds);

    [LoggerMessage(112, LogLevel.Warning, "This system cannot keep workers off the network (Landlock for TCP or seccomp is missing); url still checks every address")]
    public static partial void Unconfined(ILogger logger);
}
