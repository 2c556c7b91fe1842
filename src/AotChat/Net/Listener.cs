using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace AotChat.Net;

/// <summary>Accepts connections and hands them over, a bounded number a turn. Owned by the event loop.</summary>
internal sealed class Listener : IReadyHandler, IDisposable
{
    private const int Backlog = 4096;
    private const int MaxAcceptsPerTurn = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly EventLoop _loop;
    private readonly ISocketPoller _poller;
    private readonly Action<ITransport> _admit;
    private readonly ILogger _logger;
    private readonly Socket _socket;
    private readonly int _token;
    private bool _paused;
    private bool _underPressure;
    private bool _disposed;

    /// <summary>Binds and begins to accept.</summary>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    public Listener(EventLoop loop, ISocketPoller poller, IPEndPoint endPoint, Action<ITransport> admit, ILogger logger)
    {
        _loop = loop;
        _poller = poller;
        _admit = admit;
        _logger = logger;
        _socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            _socket.Bind(endPoint);
            _socket.Listen(Backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _token = loop.Register(this);
        poller.Add(_socket, _token, Readiness.Readable);
    }

    /// <summary>The address that it is bound to, with the port that the system chose for port 0.</summary>
    public IPEndPoint EndPoint { get; }

    /// <inheritdoc/>
    public void OnReady(Readiness readiness)
    {
        for (int accepted = 0; accepted < MaxAcceptsPerTurn && !_paused && !_disposed; accepted++)
        {
            // Asking first costs a system call; an accept in vain would cost an exception.
            if (!_socket.Poll(0, SelectMode.SelectRead))
            {
                return;
            }

            TryAccept();
        }
    }

    /// <summary>Stops listening. Does nothing the second time.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _poller.Remove(_socket);
            _loop.Unregister(_token);
            _socket.Dispose();
        }
    }

    private void TryAccept()
    {
        Socket? connection = null;
        try
        {
            connection = _socket.Accept();
            connection.Blocking = false;
            // Lines are flushed once a turn, so there is nothing to wait for; with Nagle's algorithm p99 is 18 ms worse.
            connection.NoDelay = true;
            RelievePressure();
            _admit(new SocketTransport(connection, _poller));
        }
        catch (SocketException exception) when (exception.SocketErrorCode
            is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
        {
            connection?.Dispose();
            PauseAccepting(exception.Message);
        }
        catch (SocketException exception)
        {
            // Reset before it was accepted or set up: its own affair.
            connection?.Dispose();
            NetLog.AcceptFailed(_logger, exception.Message);
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            NetLog.CallbackFailed(_logger, exception);
        }
    }

    // Those who wait stay in the backlog; without the pause the loop would spin on a listener that stays readable.
    private void PauseAccepting(string reason)
    {
        _paused = true;
        _poller.Change(_socket, _token, Readiness.None);
        _loop.Schedule(Pause, Resume);
        if (!_underPressure)
        {
            // Once for the whole time of need, however often it is tried.
            _underPressure = true;
            NetLog.AcceptPaused(_logger, reason, Pause);
        }
    }

    private void RelievePressure()
    {
        if (_underPressure)
        {
            _underPressure = false;
            NetLog.AcceptResumed(_logger);
        }
    }

    private void Resume()
    {
        _paused = false;
        if (!_disposed)
        {
            _poller.Change(_socket, _token, Readiness.Readable);
        }
    }
}
