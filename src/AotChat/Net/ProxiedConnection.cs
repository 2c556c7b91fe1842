namespace AotChat.Net;

/// <summary>
/// A connection from a trusted proxy whose header has not arrived yet. What comes behind the header is handed on with
/// it. Owned by the event loop.
/// </summary>
internal sealed class ProxiedConnection : IReadyHandler
{
    // The header is the first thing that a proxy sends; whoever takes longer is none.
    private static readonly TimeSpan HeaderLimit = TimeSpan.FromSeconds(5);

    private readonly ChatServer _server;
    private readonly ITransport _transport;
    private readonly PeerAddress _proxy;
    private readonly LoopTimer _limit;
    private readonly int _token;
    private readonly byte[] _received = new byte[ProxyHeader.MaxBytes];
    private int _count;

    public ProxiedConnection(ChatServer server, ITransport transport, PeerAddress proxy)
    {
        _server = server;
        _transport = transport;
        _proxy = proxy;
        _token = server.Loop.Register(this);
        try
        {
            transport.Attach(_token, Readiness.Readable);
        }
        catch
        {
            server.Loop.Unregister(_token);
            throw;
        }

        _limit = server.Loop.Schedule(HeaderLimit, () => Reject("none arrived in time"));
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
            Release();
            _transport.Close();
            return;
        }

        _count += count;
        switch (ProxyHeader.Read(_received.AsSpan(0, _count), out PeerAddress? client, out int consumed))
        {
            case ProxyHeaderResult.Done:
                Release();
                _server.Admit(_transport, client ?? _proxy, _received.AsSpan(consumed, _count - consumed));
                break;

            case ProxyHeaderResult.Invalid:
            case ProxyHeaderResult.Incomplete when _count == _received.Length:
                Reject("something else arrived");
                break;
        }
    }

    private void Reject(string reason)
    {
        if (_server.HostileEvents.MayLog(_server.Logger))
        {
            NetLog.NoProxyHeader(_server.Logger, _proxy, reason);
        }

        _server.Counters.RefusedProtocol++;
        Release();
        _transport.Close();
    }

    private void Release()
    {
        _limit.Cancel();
        _server.Loop.Unregister(_token);
    }
}
