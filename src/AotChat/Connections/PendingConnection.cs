using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Connections;

/// <summary>
/// A connection whose protocol is not known yet. A web client or a TLS client speaks first, and at once; a
/// terminal waits for the welcome. Its first bytes are looked at and stay where they are. Owned by the event loop.
/// </summary>
internal sealed class PendingConnection : IReadyHandler
{
    private readonly PendingConnections _pending;
    private readonly Connection _connection;
    private readonly LoopToken _token;
    private bool _isGone;

    public PendingConnection(PendingConnections pending, Connection connection)
    {
        _pending = pending;
        _connection = connection;
        Since = pending.Loop.Now;
        _token = pending.Loop.Register(this);
        try
        {
            connection.Transport.Attach(_token, Readiness.Readable);
        }
        catch
        {
            pending.Loop.Unregister(_token);
            throw;
        }
    }

    /// <summary>When it came, as a timestamp.</summary>
    public long Since { get; }

    /// <inheritdoc/>
    public void OnReady(Readiness readiness)
    {
        try
        {
            Look();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Chooses a protocol when the time to speak first is over: what it has sent so far decides.</summary>
    public void ServeNow()
    {
        if (_isGone)
        {
            return;
        }

        try
        {
            bool hasSpoken = _connection.Transport.Peek(_pending.First, out int count) == TransportStatus.Done;
            Serve((hasSpoken ? _pending.Protocols.Find(_pending.First.AsSpan(0, count)) : null) ?? _pending.Protocols.Default);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Close()
    {
        if (_isGone)
        {
            return;
        }

        Leave();
        CloseConnection();
    }

    /// <summary>Takes it out of the pending ones.</summary>
    internal void Leave()
    {
        _isGone = true;
        _pending.Remove(this);
        _pending.Loop.Unregister(_token);
    }

    private void Fail(Exception exception)
    {
        LoopLog.CallbackFailed(_pending.Logger, exception);
        Close();
    }

    private void Look()
    {
        switch (_connection.Transport.Peek(_pending.First, out int count))
        {
            case TransportStatus.Done when _pending.Protocols.Find(_pending.First.AsSpan(0, count)) is { } protocol:
                Serve(protocol);
                break;

            case TransportStatus.Done:
                // The bytes stay in the socket, and would be reported at every turn. The rest may take as long as silence.
                _connection.Transport.Unwatch();
                break;

            case TransportStatus.EndOfInput:
                // It may still read; the protocol sees the end again.
                Serve(_pending.Protocols.Default);
                break;

            case TransportStatus.Reset or TransportStatus.Broken:
                Close();
                break;
        }
    }

    // A failure ends here and not further up, so that later connections are served all the same.
    private void Serve(IProtocol protocol)
    {
        Leave();
        try
        {
            protocol.Serve(_connection);
        }
        catch (Exception exception)
        {
            LoopLog.CallbackFailed(_pending.Logger, exception);
            CloseConnection();
        }
    }

    private void CloseConnection()
    {
        try
        {
            _connection.Close();
        }
        catch (Exception exception)
        {
            LoopLog.CallbackFailed(_pending.Logger, exception);
        }
    }
}
