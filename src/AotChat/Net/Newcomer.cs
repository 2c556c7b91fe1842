using AotChat.Loop;
using AotChat.Transport;

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
    private readonly ConnectionOrigin _origin;
    private readonly int _token;

    // The beginning of what may be a web request; nothing for all others.
    private byte[] _early = [];
    private bool _isGone;

    public Newcomer(ChatServer server, Newcomers newcomers, ITransport transport, ConnectionOrigin origin)
    {
        _server = server;
        _newcomers = newcomers;
        _transport = transport;
        _origin = origin;
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
        try
        {
            Receive();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Takes what arrived before it was known to be a connection of its own.</summary>
    public void Begin(ReadOnlySpan<byte> early)
    {
        try
        {
            Take(early);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Receive()
    {
        switch (_transport.Receive(_server.ReceiveBuffer.AsSpan(0, _server.Inboxes.Room(kept: 0)), out int count))
        {
            case TransportStatus.Done:
                Take(_server.ReceiveBuffer.AsSpan(0, count));
                break;

            case TransportStatus.EndOfInput:
                // It may still read; the session sees the end again.
                Welcome();
                break;

            case TransportStatus.Reset:
            case TransportStatus.Broken:
                Close();
                break;
        }
    }

    // Looks at what it says first.
    private void Take(ReadOnlySpan<byte> arrived)
    {
        ReadOnlySpan<byte> input = _early.Length == 0 ? arrived : (byte[])[.. _early, .. arrived];
        if (ForeignProtocol.IsTlsHello(input))
        {
            _server.OnForeigner(_origin, "TLS");
            Close();
            return;
        }

        if (ForeignProtocol.IsSshVersion(input))
        {
            _server.OnForeigner(_origin, "SSH");
            _transport.Send(ForeignProtocol.SshAnswer, out _);
            Close();
            return;
        }

        int end = input.IndexOf((byte)'\n');
        if (end >= 0 ? ForeignProtocol.IsHttpRequest(input[..end]) : input.Length > _server.Options.MaxLineBytes && ForeignProtocol.IsHttpStart(input))
        {
            _server.OnForeigner(_origin, "HTTP");
            _transport.Send(ForeignProtocol.HttpPage, out _);
            Close();
        }
        else if (end < 0 && input.Length <= _server.Options.MaxLineBytes && ForeignProtocol.MayBecomeForeign(input))
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

    /// <summary>Ends the connection. Its place is given back though closing it fails.</summary>
    public void Close()
    {
        Leave();
        try
        {
            _transport.Close();
        }
        finally
        {
            _server.OnGone(_origin.Peer);
        }
    }

    private void Enter(ReadOnlySpan<byte> early)
    {
        Leave();
        try
        {
            _server.Enter(_transport, _origin, early);
        }
        catch (Exception exception)
        {
            // Here and not further up: those who came after it are welcomed all the same, and its place is given back once.
            _server.OnGone(_origin.Peer);
            try
            {
                _transport.Close();
            }
            finally
            {
                LoopLog.CallbackFailed(_server.Logger, exception);
            }
        }
    }

    private void Fail(Exception exception)
    {
        LoopLog.CallbackFailed(_server.Logger, exception);
        if (!_isGone)
        {
            Close();
        }
    }

    /// <summary>Is no newcomer any more.</summary>
    internal void Leave()
    {
        _isGone = true;
        _newcomers.Remove(this);
        _server.Loop.Unregister(_token);
    }
}
