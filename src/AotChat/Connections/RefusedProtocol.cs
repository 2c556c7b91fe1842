using AotChat.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AotChat.Connections;

/// <summary>
/// A protocol that is known and not served. It matters beyond courtesy: a web page may make a browser send a form here, and
/// its lines must not run as commands.
/// </summary>
/// <param name="counters">What is counted.</param>
/// <param name="log">Limits what clients can have logged.</param>
/// <param name="logger">Gets the lines about them.</param>
internal abstract class RefusedProtocol(ChatCounters counters, LogThrottle log, ILogger logger) : IProtocol
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>What such a client is told, in its own terms; empty for nothing.</summary>
    public abstract ReadOnlySpan<byte> Answer { get; }

    /// <inheritdoc/>
    public abstract ProtocolMatch Match(ReadOnlySpan<byte> first);

    /// <inheritdoc/>
    public void Serve(Connection connection)
    {
        OnRefused(connection);
        if (!Answer.IsEmpty)
        {
            connection.Transport.Send(Answer, out _);
        }

        connection.Close();
    }

    /// <summary>Notes that a connection speaks it.</summary>
    public void OnRefused(Connection connection)
    {
        counters.RefusedProtocol++;
        if (log.MayLog())
        {
            ConnectionLog.ForeignProtocol(logger, connection.Id, connection.Peer, Name);
        }
    }
}
