using Microsoft.Extensions.Logging;

namespace AotChat.Store;

/// <summary>What is logged about what is kept on disk.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(90, LogLevel.Information, "Accounts, rooms and history are kept in {Path}")]
    public static partial void Opened(ILogger logger, string path);

    [LoggerMessage(91, LogLevel.Warning, "Nothing is kept after a restart: {Reason}; --data DIR chooses another directory, --data none turns this warning off")]
    public static partial void MemoryOnly(ILogger logger, string reason);

    [LoggerMessage(92, LogLevel.Error, "Nothing can be written to disk: {Reason}. The chat goes on; what is said waits in memory")]
    public static partial void Failing(ILogger logger, string reason);

    [LoggerMessage(93, LogLevel.Information, "The disk takes everything again, after {Seconds:0.0} s")]
    public static partial void Recovered(ILogger logger, object seconds);

    [LoggerMessage(94, LogLevel.Warning, "{Count} lines that were said meanwhile are not in the history on disk: there was no memory for more")]
    public static partial void LinesLost(ILogger logger, object count);

    [LoggerMessage(95, LogLevel.Error, "One entry can't be kept and is left out: {Reason}")]
    public static partial void EntryRefused(ILogger logger, string reason);

    [LoggerMessage(96, LogLevel.Error, "The thread of the store failed at {Step}; it goes on")]
    public static partial void ThreadFailed(ILogger logger, Exception exception, string step);

    [LoggerMessage(97, LogLevel.Error, "What was said last is not on disk: the disk has not taken it within {Seconds:0} s of stopping")]
    public static partial void NotFlushed(ILogger logger, object seconds);

    [LoggerMessage(98, LogLevel.Information, "Copied everything that is kept to {Path}")]
    public static partial void BackedUp(ILogger logger, string path);

    [LoggerMessage(99, LogLevel.Warning, "No copy was made: {Reason}")]
    public static partial void NotBackedUp(ILogger logger, string reason);

    [LoggerMessage(100, LogLevel.Warning, "A question could not be answered from disk: {Reason}")]
    public static partial void NotRead(ILogger logger, string reason);
}
