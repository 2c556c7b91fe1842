using Microsoft.Extensions.Logging;

namespace AotChat;

/// <summary>What is logged about starting and about reading the settings again.</summary>
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

    [LoggerMessage(24, LogLevel.Information, "The message of the day has changed: newcomers read the new one")]
    public static partial void MessageOfTheDayChanged(ILogger logger);

    [LoggerMessage(39, LogLevel.Information, "AotChat {Version} runs as process {ProcessId} on {EndPoints}, for {Connections} connections with {Workers} workers")]
    public static partial void Started(ILogger logger, string version, int processId, string endPoints, int connections, int workers);

    [LoggerMessage(40, LogLevel.Warning, "{Warning}")]
    public static partial void Warned(ILogger logger, string warning);

    [LoggerMessage(41, LogLevel.Warning, "Running as root; use --user NAME")]
    public static partial void RunsAsRoot(ILogger logger);

    [LoggerMessage(42, LogLevel.Information, "Running as {User}")]
    public static partial void RunsAs(ILogger logger, string user);
}
