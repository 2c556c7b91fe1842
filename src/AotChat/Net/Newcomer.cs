namespace AotChat.Net;

/// <summary>
/// A connection before anybody knows what it speaks. A web client or a TLS client speaks first, and at once; it is
/// answered in its own terms and never becomes a user. A terminal waits for the welcome. Owned by the event loop.
/// </summary>
internal sealed class Newcomer : IReadyHandler
{
    private readonly ChatServer _server;
    private readonly Newcomers _newcomers;
    private readonly ITransport _transport;
    private readonly PeerAddress _peer;
    private readonly int _token;

    // The beginning of what may be a web request; nothing for all others.
    private byte[] _early = [];
    private bool _isGone;

    public Newcomer(ChatServer server, Newcomers newcomers, ITransport transport, PeerAddress peer)
    {
        _server = server;
        _newcomers = newcomers;
        _transport = transport;
        _peer = peer;
        Since = server.Loop.Now;
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
    }

    /// <summary>When it came, as a timestamp.</summary>
    public long Since { get; }

    /// <inheritdoc/>
    public void OnReady(Readiness readiness)
    {
        switch (_transport.Receive(_server.ReceiveBuffer.AsSpan(0, _server.ReceiveBytes), out int count))
        {
            case TransportStatus.Done:
                Take(_server.ReceiveBuffer.AsSpan(0, count));
                break;

            case TransportStatus.EndOfInput:
                // It may still read; the session sees the end again.
                Welcome();
                break;

            case TransportStatus.Broken:
                Close();
                break;
        }
    }

    /// <summary>Looks at what it says first.</summary>
    public void Take(ReadOnlySpan<byte> arrived)
    {
        ReadOnlySpan<byte> input = _early.Length == 0 ? arrived : (byte[])[.. _early, .. arrived];
        if (ForeignProtocol.IsTlsHello(input))
        {
            _server.OnForeigner(_peer, "TLS");
            Close();
            return;
        }

        int end = input.IndexOf((byte)'\n');
        if (end >= 0 ? ForeignProtocol.IsHttpRequest(input[..end]) : input.Length > _server.Options.MaxLineBytes && ForeignProtocol.IsHttpStart(input))
        {
            _server.OnForeigner(_peer, "HTTP");
            _transport.Send(ForeignProtocol.HttpPage, out _);
            Close();
        }
        else if (end < 0 && input.Length <= _server.Options.MaxLineBytes && ForeignProtocol.MayBecomeHttp(input))
        {
            _early = input.ToArray();
        }
        else
        {
            Enter(input);
        }
    }

    /// <summary>It has had the time to say what it speaks, and becomes a user.</summary>
    public void Welcome()
    {
        if (!_isGone)
        {
            Enter(_early);
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Close()
    {
        Leave();
        _transport.Close();
        _server.OnGone(_peer);
    }

    private void Enter(ReadOnlySpan<byte> early)
    {
        Leave();
        try
        {
            _server.Enter(_transport, _peer, early);
        }
        catch (Exception exception)
        {
            // Here and not further up: those who came after it are welcomed all the same, and its place is given back once.
            NetLog.CallbackFailed(_server.Logger, exception);
            _transport.Close();
            _server.OnGone(_peer);
        }
    }

    private void Leave()
    {
        _isGone = true;
        _newcomers.Remove(this);
        _server.Loop.Unregister(_token);
    }
}
