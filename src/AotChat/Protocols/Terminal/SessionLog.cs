using Microsoft.Extensions.Logging;

namespace AotChat.Protocols.Terminal;

#pragma warning disable SYSLIB1015 // The account is a field for programs; the text of these lines is as people know it.

/// <summary>What is logged about users and their sessions.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(1, LogLevel.Information, "Connection {Connection} from {Address}: {User} joined")]
    public static partial void Joined(ILogger logger, object connection, object address, User user);

    [LoggerMessage(2, LogLevel.Information, "Connection {Connection} from {Address}: {User} left after {Seconds:0.0} s: {Reason}")]
    public static partial void Left(ILogger logger, object connection, object address, User user, object seconds, string reason, string? account);

    [LoggerMessage(27, LogLevel.Information, "Connection {Connection} from {Address}: {Before} is now {User}")]
    public static partial void Renamed(ILogger logger, object connection, object address, string before, User user, string? account);

    [LoggerMessage(4, LogLevel.Warning, "Connection {Connection} from {Address}: {User} is disconnected for not reading, {Bytes} bytes were waiting (options outbox-soft, outbox-hard, stuck-seconds)")]
    public static partial void NotReading(ILogger logger, object connection, object address, User user, object bytes);

    [LoggerMessage(29, LogLevel.Warning, "Connection {Connection} from {Address}: {User} is disconnected, the input of all users takes too much memory and {Bytes} bytes are this user's (option inbox-total)")]
    public static partial void TooMuchInput(ILogger logger, object connection, object address, User user, object bytes);

    [LoggerMessage(5, LogLevel.Error, "Connection {Connection}: a command of {User} failed")]
    public static partial void CommandFailed(ILogger logger, Exception exception, object connection, User user);

    [LoggerMessage(121, LogLevel.Error, "Code of a command failed: a hook, a timer, or the end of its state")]
    public static partial void HookFailed(ILogger logger, Exception exception);

    [LoggerMessage(122, LogLevel.Warning, "A turn of the event loop took {Milliseconds:0.0} ms; what ran longest in it was {Command}, {CommandMilliseconds:0.0} ms")]
    public static partial void SlowTurn(ILogger logger, object milliseconds, string command, object commandMilliseconds);

    [LoggerMessage(123, LogLevel.Warning, "A turn of the event loop took {Milliseconds:0.0} ms; no command ran long in it")]
    public static partial void SlowTurnWithoutCommand(ILogger logger, object milliseconds);

    [LoggerMessage(6, LogLevel.Error, "Connection {Connection} from {Address}: the session of {User} failed and is closed")]
    public static partial void SessionFailed(ILogger logger, Exception exception, object connection, object address, User user);

    // Without the reason, which is text.
    [LoggerMessage(133, LogLevel.Information, "Connection {Connection} from {Address}: {User} did {Act} (audit {Entry})")]
    public static partial void Acted(
        ILogger logger, object connection, string address, User user, string act, object entry, string? account, string action, string target, string room);
}
