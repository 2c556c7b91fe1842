using System.Net;
using System.Net.Sockets;
using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Transport;
using Microsoft.Extensions.Logging;

namespace AotChat.Connections;

/// <summary>Accepts connections at one place and hands them over, a bounded number a turn. Owned by the event loop.</summary>
internal sealed class Listener : IReadyHandler, IDisposable
{
    private readonly EventLoop _loop;
    private readonly Action<ITransport, PeerAddress> _admit;
    private readonly ILogger _logger;
    private readonly IAcceptor _acceptor;
    private readonly LoopToken _token;
    private bool _paused;
    private bool _underPressure;
    private LoopTimer? _relief;
    private bool _disposed;

    /// <summary>Binds and begins to accept.</summary>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    /// <exception cref="IOException">The path of a Unix socket can't be used.</exception>
    public Listener(
        EventLoop loop, ISocketFactory sockets, EndPoint endPoint, ChatOptions options, Action<ITransport, PeerAddress> admit, ILogger logger)
    {
        _loop = loop;
        _admit = admit;
        _logger = logger;
        KeepAlive keepAlive = new(options.KeepAliveSeconds, ChatOptions.KeepAliveInterval, ChatOptions.KeepAliveProbes);
        _acceptor = sockets.Listen(endPoint, options.Backlog, keepAlive);
        try
        {
            _token = loop.Register(this);
            _acceptor.Attach(_token);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The address that it is bound to, with the port that the system chose for port 0.</summary>
    public EndPoint EndPoint => _acceptor.EndPoint;

    /// <inheritdoc/>
    public void OnReady(Readiness readiness)
    {
        for (int accepted = 0; accepted < ChatOptions.AcceptsPerTurn && !_paused && !_disposed; accepted++)
        {
            switch (_acceptor.Accept(out ITransport? transport, out PeerAddress peer, out string error))
            {
                case AcceptStatus.Accepted:
                    Admit(transport!, peer);
                    break;

                case AcceptStatus.Nobody:
                    return;

                case AcceptStatus.Gone:
                    ConnectionLog.AcceptFailed(_logger, error);
                    break;

                case AcceptStatus.Exhausted:
                    PauseAccepting(error);
                    break;

                case AcceptStatus.Dead:
                    ConnectionLog.ListenerDead(_logger, EndPoint, error);
                    Dispose();
                    break;
            }
        }
    }

    /// <summary>
    /// Stops listening, and removes the file of a Unix socket. Each step happens though another one fails. Does nothing the
    /// second time.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            _relief?.Cancel();
            _loop.Unregister(_token);
            if (_acceptor.RemoveFile() is { } reason)
            {
                ConnectionLog.SocketFileLeft(_logger, EndPoint.ToString()!, reason);
            }
        }
        catch (Exception exception)
        {
            LoopLog.CallbackFailed(_logger, exception);
        }
        finally
        {
            _acceptor.Dispose();
        }
    }

    private void Admit(ITransport transport, PeerAddress peer)
    {
        try
        {
            _admit(transport, peer);
        }
        catch (Exception exception)
        {
            transport.Close();
            LoopLog.CallbackFailed(_logger, exception);
        }
    }

    // Waiting clients stay in the backlog; without the pause the loop would spin on a listener that stays readable.
    private void PauseAccepting(string reason)
    {
        // Scheduled first: whatever fails after it, accepting is tried again.
        _loop.Schedule(ChatOptions.AcceptPause, Resume);
        _paused = true;
        _relief?.Cancel();
        _acceptor.Watch(false);
        if (!_underPressure)
        {
            // Once for the whole shortage, however often it is tried.
            _underPressure = true;
            ConnectionLog.AcceptPaused(_logger, reason, ChatOptions.AcceptPause);
        }
    }

    private void Resume()
    {
        if (_disposed)
        {
            return;
        }

        _relief = _loop.Schedule(ChatOptions.AcceptCalm, RelievePressure);
        _paused = false;
        _acceptor.Watch(true);
    }

    private void RelievePressure()
    {
        // Linux refuses for lack of descriptors before it looks whether a client waits, so only a try can tell.
        OnReady(Readiness.Readable);
        if (!_paused && !_disposed)
        {
            _underPressure = false;
            ConnectionLog.AcceptResumed(_logger);
        }
    }
}
