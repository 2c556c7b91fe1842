using Microsoft.Extensions.Logging;

namespace AotChat.Loop;

/// <summary>What the event loop logs.</summary>
internal static partial class LoopLog
{
    [LoggerMessage(7, LogLevel.Error, "A callback on the event loop failed")]
    public static partial void CallbackFailed(ILogger logger, Exception exception);
}
