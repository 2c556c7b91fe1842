using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Connections;

/// <summary>
/// A connection from a trusted proxy whose header has not arrived yet. It has <see cref="ChatOptions.ProxyHeaderLimit"/>, and
/// nothing behind the header is consumed. Owned by the event loop.
/// </summary>
internal sealed class ProxiedConnection : IReadyHandler
{
    private readonly ConnectionGate _gate;
    private readonly Connection _connection;
    private readonly LoopTimer _limit;
    private readonly LoopToken _token;
    private readonly byte[] _received = new byte[ChatOptions.ProxyHeaderBytes];
    private int _count;
    private bool _isIntroduced;

    public ProxiedConnection(ConnectionGate gate, Connection connection)
    {
        _gate = gate;
        _connection = connection;
        _token = gate.Loop.Register(this);
        try
        {
            connection.Transport.Attach(_token, Readiness.Readable);
            _limit = gate.Loop.Schedule(ChatOptions.ProxyHeaderLimit, () => Reject("none arrived in time"));
        }
        catch
        {
            gate.Loop.Unregister(_token);
            throw;
        }
    }

    /// <inheritdoc/>
    public void OnReady(Readiness readiness)
    {
        try
        {
            Look();
        }
        catch (Exception exception)
        {
            // What has arrived would be reported, and fail, at every turn.
            LoopLog.CallbackFailed(_gate.Logger, exception);
            Close();
        }
    }

    /// <summary>Ends the connection. Does nothing to one that was handed on.</summary>
    public void Close()
    {
        if (!_isIntroduced)
        {
            Release();
            _connection.Close();
        }
    }

    private void Look()
    {
        TransportStatus status = _connection.Transport.Peek(_received.AsSpan(_count), out int count);
        if (status == TransportStatus.WouldBlock)
        {
            return;
        }

        if (status != TransportStatus.Done)
        {
            // A port scan or a health check.
            Close();
            return;
        }

        ProxyHeaderResult result = ProxyHeader.Read(_received.AsSpan(0, _count + count), out PeerAddress? client, out int length);
        switch (result)
        {
            case ProxyHeaderResult.Done:
                Take(length - _count);
                Admit(client ?? _connection.Peer);
                break;

            case ProxyHeaderResult.Incomplete when _count + count < _received.Length:
                // All of it belongs to the header.
                Take(count);
                break;

            default:
                Reject("something else arrived");
                break;
        }
    }

    // Consumes what was looked at before.
    private void Take(int count)
    {
        if (count > 0)
        {
            _connection.Transport.Receive(_received.AsSpan(_count, count), out int taken);
            _count += taken;
        }
    }

    private void Admit(PeerAddress client)
    {
        Release();
        PeerAddress proxy = _connection.Peer;
        _connection.Peer = client;
        _connection.IsProxied = true;
        try
        {
            ConnectionLog.Proxied(_gate.Logger, _connection.Id, client, proxy);
            _gate.Admit(_connection);
        }
        catch
        {
            _connection.Close();
            throw;
        }
    }

    private void Reject(string reason)
    {
        _gate.Counters.RefusedProtocol++;
        Close();
        if (_gate.Log.MayLog())
        {
            ConnectionLog.NoProxyHeader(_gate.Logger, _connection.Id, _connection.Peer, reason);
        }
    }

    private void Release()
    {
        _isIntroduced = true;
        _limit.Cancel();
        _gate.Loop.Unregister(_token);
        _gate.OnIntroduced(this);
    }
}
