using System.Net;
using Microsoft.Extensions.Logging;

namespace AotChat.Connections;

/// <summary>What is logged about connections and listeners.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(28, LogLevel.Debug, "Connection {Connection} from {Address} comes through the proxy {Proxy}")]
    public static partial void Proxied(ILogger logger, object connection, object address, object proxy);

    [LoggerMessage(3, LogLevel.Warning, "Connection {Connection} from {Address}: refused, all {Limit} connections are in use (option max-connections)")]
    public static partial void ServerIsFull(ILogger logger, object connection, object address, object limit);

    [LoggerMessage(130, LogLevel.Information, "Connection {Connection} from {Address}: refused, {Reason}")]
    public static partial void Unwanted(ILogger logger, object connection, object address, string reason);

    [LoggerMessage(8, LogLevel.Error, "Cannot accept connections for now: {Reason}; trying again every {Pause}")]
    public static partial void AcceptPaused(ILogger logger, string reason, object pause);

    [LoggerMessage(9, LogLevel.Information, "Accepting connections again")]
    public static partial void AcceptResumed(ILogger logger);

    [LoggerMessage(10, LogLevel.Debug, "A connection was gone before it was accepted: {Error}")]
    public static partial void AcceptFailed(ILogger logger, string error);

    [LoggerMessage(15, LogLevel.Warning, "Connection {Connection} from {Address}: refused, {Reason} (option {Option})")]
    public static partial void AddressRefused(ILogger logger, object connection, object address, string reason, string option);

    [LoggerMessage(16, LogLevel.Information, "Connection {Connection} from {Address}: closed, it speaks {Protocol} and this is a chat port")]
    public static partial void ForeignProtocol(ILogger logger, object connection, object address, string protocol);

    [LoggerMessage(17, LogLevel.Warning, "Connection {Connection} from {Address}: closed, a trusted address must send a PROXY header first, but {Reason} (option proxy-protocol)")]
    public static partial void NoProxyHeader(ILogger logger, object connection, object address, string reason);

    [LoggerMessage(18, LogLevel.Warning, "{Count} more messages about {Subject} were left out")]
    public static partial void Suppressed(ILogger logger, object count, string subject);

    [LoggerMessage(19, LogLevel.Error, "No longer listening on {EndPoint}: {Error}")]
    public static partial void ListenerDead(ILogger logger, EndPoint endPoint, string error);

    [LoggerMessage(25, LogLevel.Warning, "The file of the socket {Path} was not removed: {Reason}")]
    public static partial void SocketFileLeft(ILogger logger, string path, string reason);
}
