using Microsoft.Extensions.Logging;

namespace AotChat.Workers;

/// <summary>What the pool logs.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(101, LogLevel.Debug, "Worker {Worker} (process {ProcessId}) is ready after {Milliseconds:F1} ms")]
    public static partial void Ready(ILogger logger, int worker, int processId, double milliseconds);

    [LoggerMessage(102, LogLevel.Warning, "Worker {Worker} (process {ProcessId}) ended with {Job} in hand: {How}; another one takes its place")]
    public static partial void Exited(ILogger logger, int worker, int processId, string job, string how);

    [LoggerMessage(103, LogLevel.Error, "Worker {Worker} (process {ProcessId}) sent a frame of kind {Kind} out of turn and is killed")]
    public static partial void Misbehaved(ILogger logger, int worker, int processId, FrameKind kind);

    [LoggerMessage(104, LogLevel.Warning, "Worker {Worker}: {Line}")]
    public static partial void StandardError(ILogger logger, int worker, string line);
}
