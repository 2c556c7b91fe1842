using Microsoft.Extensions.Logging;

namespace AotChat;

/// <summary>What is logged about starting, stopping and reading the settings again.</summary>
internal static partial class StartLog
{
    [LoggerMessage(20, LogLevel.Information, "{Option} is now {After}; it was {Before}")]
    public static partial void Changed(ILogger logger, string option, string before, string after);

    [LoggerMessage(21, LogLevel.Warning, "{Option} = {After} takes effect after a restart; it is {Before} until then")]
    public static partial void NeedsRestart(ILogger logger, string option, string after, string before);

    [LoggerMessage(22, LogLevel.Error, "The settings were not changed: {Problem}")]
    public static partial void NotReloaded(ILogger logger, string problem);

    [LoggerMessage(23, LogLevel.Information, "The settings were read again; nothing has changed")]
    public static partial void NothingChanged(ILogger logger);

    [LoggerMessage(45, LogLevel.Error, "The settings were not changed: there is no memory to read them")]
    public static partial void ReloadLost(ILogger logger);

    [LoggerMessage(24, LogLevel.Information, "The message of the day has changed: newcomers read the new one")]
    public static partial void MessageOfTheDayChanged(ILogger logger);

    [LoggerMessage(39, LogLevel.Information, "AotChat {Version} runs as process {ProcessId} on {EndPoints}, for {Connections} connections with {Workers} workers")]
    public static partial void Started(ILogger logger, string version, object processId, string endPoints, object connections, object workers);

    [LoggerMessage(40, LogLevel.Warning, "{Warning}")]
    public static partial void Warned(ILogger logger, string warning);

    [LoggerMessage(41, LogLevel.Warning, "Running as root; use --user NAME")]
    public static partial void RunsAsRoot(ILogger logger);

    [LoggerMessage(42, LogLevel.Information, "Running as {User}")]
    public static partial void RunsAs(ILogger logger, string user);

    [LoggerMessage(11, LogLevel.Warning, "This process can open only {Limit} files, enough for {Room} of {Wanted} connections; raise the hard limit (ulimit -Hn {Needed}) or lower max-connections")]
    public static partial void FewFiles(ILogger logger, object limit, object room, object wanted, object needed);

    [LoggerMessage(12, LogLevel.Warning, "Listening on {EndPoints}, but could not write that to standard output: {Reason}")]
    public static partial void NotAnnounced(ILogger logger, string endPoints, string reason);

    [LoggerMessage(13, LogLevel.Information, "Stopping: {Signal}")]
    public static partial void Stopping(ILogger logger, string signal);

    [LoggerMessage(14, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(43, LogLevel.Error, "Stopping went wrong at {Step}; the rest goes on")]
    public static partial void StopStepFailed(ILogger logger, Exception exception, string step);

    [LoggerMessage(44, LogLevel.Critical, "After {Seconds:0.0} s of stopping these have not ended and are abandoned: {Left}")]
    public static partial void NotStopped(ILogger logger, object seconds, string left);

    [LoggerMessage(26, LogLevel.Critical, "Stopping has taken longer than {Seconds} s, and the event loop does not answer; the process is ended")]
    public static partial void LoopStuck(ILogger logger, object seconds);

    [LoggerMessage(30, LogLevel.Warning, "{Problem}; times are shown in UTC")]
    public static partial void TimeZoneNotFollowed(ILogger logger, string problem);
}
