using System.Net;
using AotChat.Chat;
using AotChat.Transport;
using Microsoft.Extensions.Logging;

namespace AotChat.Net;

/// <summary>What the network side logs.</summary>
internal static partial class NetLog
{
    [LoggerMessage(1, LogLevel.Information, "Connection {Connection} from {Peer}: {User} joined")]
    public static partial void Joined(ILogger logger, long connection, PeerAddress peer, User user);

    [LoggerMessage(2, LogLevel.Information, "Connection {Connection} from {Peer}: {User} left after {Seconds:0.0} s: {Reason}")]
    public static partial void Left(ILogger logger, long connection, PeerAddress peer, User user, double seconds, string reason);

    [LoggerMessage(27, LogLevel.Information, "Connection {Connection} from {Peer}: {Before} is now {User}")]
    public static partial void Renamed(ILogger logger, long connection, PeerAddress peer, string before, User user);

    [LoggerMessage(28, LogLevel.Debug, "Connection {Connection} from {Peer} comes through the proxy {Proxy}")]
    public static partial void Proxied(ILogger logger, long connection, PeerAddress peer, PeerAddress proxy);

    [LoggerMessage(3, LogLevel.Warning, "Connection {Connection} from {Peer}: refused, all {Limit} connections are in use (option max-connections)")]
    public static partial void ServerIsFull(ILogger logger, long connection, PeerAddress peer, int limit);

    [LoggerMessage(4, LogLevel.Warning, "Connection {Connection} from {Peer}: {User} is disconnected for not reading, {Bytes} bytes were waiting (options outbox-soft, outbox-hard, stuck-seconds)")]
    public static partial void NotReading(ILogger logger, long connection, PeerAddress peer, User user, int bytes);

    [LoggerMessage(29, LogLevel.Warning, "Connection {Connection} from {Peer}: {User} is disconnected, the input of all users takes too much memory and {Bytes} bytes are this user's (option inbox-total)")]
    public static partial void TooMuchInput(ILogger logger, long connection, PeerAddress peer, User user, int bytes);

    [LoggerMessage(5, LogLevel.Error, "Connection {Connection}: a command of {User} failed")]
    public static partial void CommandFailed(ILogger logger, Exception exception, long connection, User user);

    [LoggerMessage(6, LogLevel.Error, "Connection {Connection} from {Peer}: the session of {User} failed and is closed")]
    public static partial void SessionFailed(ILogger logger, Exception exception, long connection, PeerAddress peer, User user);

    [LoggerMessage(8, LogLevel.Error, "Cannot accept connections for now: {Reason}; trying again every {Pause}")]
    public static partial void AcceptPaused(ILogger logger, string reason, TimeSpan pause);

    [LoggerMessage(9, LogLevel.Information, "Accepting connections again")]
    public static partial void AcceptResumed(ILogger logger);

    [LoggerMessage(10, LogLevel.Debug, "A connection was gone before it was accepted: {Error}")]
    public static partial void AcceptFailed(ILogger logger, string error);

    [LoggerMessage(11, LogLevel.Warning, "This process can open only {Limit} files, enough for {Room} of {Wanted} connections; raise the hard limit (ulimit -Hn {Needed}) or lower max-connections")]
    public static partial void FewFiles(ILogger logger, long limit, long room, int wanted, long needed);

    [LoggerMessage(12, LogLevel.Warning, "Listening on {EndPoints}, but could not write that to standard output: {Reason}")]
    public static partial void NotAnnounced(ILogger logger, string endPoints, string reason);

    [LoggerMessage(13, LogLevel.Information, "Stopping: {Signal}")]
    public static partial void Stopping(ILogger logger, string signal);

    [LoggerMessage(14, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(15, LogLevel.Warning, "Connection {Connection} from {Peer}: refused, {Reason} (option {Option})")]
    public static partial void AddressRefused(ILogger logger, long connection, PeerAddress peer, string reason, string option);

    [LoggerMessage(16, LogLevel.Information, "Connection {Connection} from {Peer}: closed, it speaks {Protocol} and this is a chat port")]
    public static partial void ForeignProtocol(ILogger logger, long connection, PeerAddress peer, string protocol);

    [LoggerMessage(17, LogLevel.Warning, "Connection {Connection} from {Peer}: closed, a trusted address must send a PROXY header first, but {Reason} (option proxy-protocol)")]
    public static partial void NoProxyHeader(ILogger logger, long connection, PeerAddress peer, string reason);

    [LoggerMessage(18, LogLevel.Warning, "{Count} more messages about {Subject} were left out")]
    public static partial void Suppressed(ILogger logger, int count, string subject);

    [LoggerMessage(19, LogLevel.Error, "No longer listening on {EndPoint}: {Error}")]
    public static partial void ListenerDead(ILogger logger, EndPoint endPoint, string error);

    [LoggerMessage(23, LogLevel.Error, "Stopping went wrong at {Step}; the rest goes on")]
    public static partial void StopStepFailed(ILogger logger, Exception exception, string step);

    [LoggerMessage(24, LogLevel.Critical, "After {Seconds:0.0} s of stopping these have not ended and are abandoned: {Left}")]
    public static partial void NotStopped(ILogger logger, double seconds, string left);

    [LoggerMessage(25, LogLevel.Warning, "The file of the socket {Path} was not removed: {Reason}")]
    public static partial void SocketFileLeft(ILogger logger, string path, string reason);

    [LoggerMessage(26, LogLevel.Critical, "Stopping has taken longer than {Seconds} s, and the event loop does not answer; the process is ended")]
    public static partial void LoopStuck(ILogger logger, double seconds);

    [LoggerMessage(30, LogLevel.Warning, "{Problem}; times are shown in UTC")]
    public static partial void TimeZoneNotFollowed(ILogger logger, string problem);
}
