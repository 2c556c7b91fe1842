using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Loop;
using AotChat.Transport;
using Microsoft.Extensions.Logging;

namespace AotChat.Connections;

/// <summary>
/// The way of a connection from accept to its protocol: refused where there is no room, introduced by its proxy where it has
/// one, and handed to the protocol that its first bytes belong to. Owned by the event loop.
/// </summary>
internal sealed class ConnectionGate
{
    private readonly IRefusalWriter _refusals;
    private readonly PendingConnections _pending;
    private readonly HashSet<ProxiedConnection> _proxied = [];
    private bool _isStopping;

    /// <param name="loop">The event loop.</param>
    /// <param name="options">The limits.</param>
    /// <param name="counters">What is counted.</param>
    /// <param name="protocols">What connections may speak.</param>
    /// <param name="refusals">Tells refused clients why.</param>
    /// <param name="log">Limits what clients can have logged.</param>
    /// <param name="logger">Gets the lines about them.</param>
    public ConnectionGate(
        EventLoop loop, ChatOptions options, ChatCounters counters, ProtocolList protocols, IRefusalWriter refusals, LogThrottle log, ILogger logger)
    {
        Loop = loop;
        Options = options;
        Counters = counters;
        Log = log;
        Logger = logger;
        Admission = new Admission(options, counters, loop.Time);
        _refusals = refusals;
        _pending = new PendingConnections(loop, protocols, options.MaxLineBytes, logger);
    }

    /// <summary>How many connections there are and may be.</summary>
    public Admission Admission { get; }

    internal EventLoop Loop { get; }

    internal ChatOptions Options { get; }

    internal ChatCounters Counters { get; }

    internal LogThrottle Log { get; }

    internal ILogger Logger { get; }

    /// <summary>Takes a connection that was accepted, or tells it why not.</summary>
    public void Accept(ITransport transport, PeerAddress peer)
    {
        long id = Admission.NextId();
        if (_isStopping)
        {
            Refuse(transport, "Server is shutting down."u8);
            return;
        }

        if (IsUnwanted(transport, id, peer))
        {
            transport.Close();
            return;
        }

        if (!(peer.IsHost ? Admission.HasRoomForConsole : Admission.HasRoom))
        {
            Counters.RefusedFull++;
            if (Log.MayLog())
            {
                ConnectionLog.ServerIsFull(Logger, id, peer, Admission.Limit);
            }

            Refuse(transport, "Server is full."u8);
            return;
        }

        Connection connection = Admission.Open(transport, id, peer);
        try
        {
            if (Options.ProxyProtocol && Admission.IsTrusted(peer))
            {
                _proxied.Add(new ProxiedConnection(this, connection));
            }
            else
            {
                Admit(connection);
            }
        }
        catch
        {
            connection.Close();
            throw;
        }
    }

    /// <summary>Stops admitting connections, and closes those that have no protocol yet.</summary>
    public void Stop()
    {
        _isStopping = true;
        _pending.Close();
        foreach (ProxiedConnection waiting in _proxied.ToArray())
        {
            try
            {
                waiting.Close();
            }
            catch (Exception exception)
            {
                LoopLog.CallbackFailed(Logger, exception);
            }
        }
    }

    /// <summary>Continues with a connection whose origin is known.</summary>
    internal void Admit(Connection connection)
    {
        // Behind a proxy only now the address is known.
        if (connection.IsProxied && IsUnwanted(connection.Transport, connection.Id, connection.Peer))
        {
            connection.Close();
            return;
        }

        switch (Admission.TryEnter(connection, Loop.Now))
        {
            case AddressAdmission.TooMany:
                Counters.RefusedAddress++;
                LogRefusal(connection, "too many connections from this address", "max-connections-per-address");
                Refuse(connection, "Too many connections from your address."u8);
                break;

            case AddressAdmission.TooFast:
                Counters.RefusedRate++;
                LogRefusal(connection, "too many new connections per second from this address", "accept-rate-per-address");
                Refuse(connection, "Too many new connections from your address; try again in a second."u8);
                break;

            default:
                _pending.Add(connection);
                break;
        }
    }

    /// <summary>Forgets a connection whose proxy has said where it comes from, or never will.</summary>
    internal void OnIntroduced(ProxiedConnection connection) => _proxied.Remove(connection);

    // Asked before anything is allocated for a connection: those who are kept out may try as often as they like.
    private bool IsUnwanted(ITransport transport, long id, PeerAddress peer)
    {
        if (peer.IsHost || !_refusals.TryRefuse(transport, peer, out string reason))
        {
            return false;
        }

        Counters.RefusedUnwanted++;
        if (Log.MayLog())
        {
            ConnectionLog.Unwanted(Logger, id, peer, reason);
        }

        return true;
    }

    private void Refuse(Connection connection, ReadOnlySpan<byte> reason)
    {
        _refusals.WriteRefusal(connection.Transport, reason);
        connection.Close();
    }

    private void Refuse(ITransport transport, ReadOnlySpan<byte> reason)
    {
        _refusals.WriteRefusal(transport, reason);
        transport.Close();
    }

    private void LogRefusal(Connection connection, string reason, string option)
    {
        if (Log.MayLog())
        {
            ConnectionLog.AddressRefused(Logger, connection.Id, connection.Peer, reason, option);
        }
    }
}

/// <summary>Refuses clients before their protocol is known, and tells them why.</summary>
internal interface IRefusalWriter
{
    /// <summary>Refuses those whom the chat keeps out; the caller closes the connection.</summary>
    /// <param name="transport">The way to the peer.</param>
    /// <param name="peer">Where it comes from.</param>
    /// <param name="reason">Why it is refused, as the end of a sentence of the log.</param>
    bool TryRefuse(ITransport transport, PeerAddress peer, out string reason);

    /// <summary>Sends a reason, which is ASCII, as far as the peer takes it at once.</summary>
    void WriteRefusal(ITransport transport, ReadOnlySpan<byte> reason);
}
