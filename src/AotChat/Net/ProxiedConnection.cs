using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Net;

/// <summary>
/// A connection from a trusted proxy whose header has not arrived yet. It counts as a connection, has
/// <see cref="ChatOptions.ProxyHeaderLimit"/>, and is closed when the server stops. What comes behind the header is handed
/// on with it. Owned by the event loop.
/// </summary>
internal sealed class ProxiedConnection : IReadyHandler
{
    private readonly ChatServer _server;
    private readonly ITransport _transport;
    private readonly ConnectionOrigin _proxy;
    private readonly LoopTimer _limit;
    private readonly int _token;
    private readonly byte[] _received = new byte[ProxyHeader.MaxBytes];
    private int _count;

    public ProxiedConnection(ChatServer server, ITransport transport, ConnectionOrigin proxy)
    {
        _server = server;
        _transport = transport;
        _proxy = proxy;
        _token = server.Loop.Register(this);
        try
        {
            transport.Attach(_token, Readiness.Readable);
            _limit = server.Loop.Schedule(ChatOptions.ProxyHeaderLimit, () => Reject("none arrived in time"));
        }
        catch
        {
            server.Loop.Unregister(_token);
            throw;
        }
    }

    /// <inheritdoc/>
    public void OnReady(Readiness readiness)
    {
        TransportStatus status = _transport.Receive(_received.AsSpan(_count), out int count);
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

        _count += count;
        switch (ProxyHeader.Read(_received.AsSpan(0, _count), out PeerAddress? client, out int consumed))
        {
            case ProxyHeaderResult.Done:
                Admit(client ?? _proxy.Peer, _received.AsSpan(consumed, _count - consumed));
                break;

            case ProxyHeaderResult.Invalid:
            case ProxyHeaderResult.Incomplete when _count == _received.Length:
                Reject("something else arrived");
                break;
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Close()
    {
        Release();
        _transport.Close();
    }

    private void Admit(PeerAddress client, ReadOnlySpan<byte> early)
    {
        Release();
        try
        {
            NetLog.Proxied(_server.Logger, _proxy.Id, client, _proxy.Peer);
            _server.Admit(_transport, _proxy with { Peer = client }, early);
        }
        catch
        {
            _transport.Close();
            throw;
        }
    }

    private void Reject(string reason)
    {
        _server.Counters.RefusedProtocol++;
        Close();
        if (_server.HostileEvents.MayLog())
        {
            NetLog.NoProxyHeader(_server.Logger, _proxy.Id, _proxy.Peer, reason);
        }
    }

    private void Release()
    {
        _limit.Cancel();
        _server.Loop.Unregister(_token);
        _server.OnIntroduced(this);
    }
}
