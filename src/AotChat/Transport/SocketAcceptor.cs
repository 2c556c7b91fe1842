using System.Net;
using System.Net.Sockets;
using AotChat.Loop;

namespace AotChat.Transport;

/// <summary>Listens and accepts with the runtime's own sockets: wherever .NET runs.</summary>
internal sealed class SocketAcceptor : IAcceptor
{
    private readonly SelectPoller _poller;
    private readonly KeepAlive _keepAlive;
    private readonly Socket _socket;
    private readonly UnixSocketFile? _file;
    private LoopToken _token;

    public SocketAcceptor(SelectPoller poller, EndPoint endPoint, int backlog, KeepAlive keepAlive)
    {
        _poller = poller;
        _keepAlive = keepAlive;
        UnixDomainSocketEndPoint? unix = endPoint as UnixDomainSocketEndPoint;
        _socket = new Socket(endPoint.AddressFamily, SocketType.Stream, unix is null ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            _socket.Blocking = false;
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                // Each address stands for itself: «0.0.0.0,::» binds both.
                _socket.DualMode = false;
            }

            if (unix is not null)
            {
                _file = UnixSocketFile.Claim(unix, () => _socket.Bind(endPoint));
            }
            else
            {
                _socket.Bind(endPoint);
            }

            _socket.Listen(backlog);
            EndPoint = _socket.LocalEndPoint!;
        }
        catch
        {
            RemoveFile();
            _socket.Dispose();
            throw;
        }
    }

    public EndPoint EndPoint { get; }

    public void Attach(LoopToken token)
    {
        _token = token;
        _poller.Add(_socket, token, Readiness.Readable);
    }

    public void Watch(bool isOpen) => _poller.Change(_socket, _token, isOpen ? Readiness.Readable : Readiness.None);

    public AcceptStatus Accept(out ITransport? transport, out PeerAddress peer, out string error)
    {
        transport = null;
        peer = default;
        error = "";
        Socket? connection = null;
        try
        {
            // Asking first costs a system call; an accept in vain would cost an exception.
            if (!_socket.Poll(0, SelectMode.SelectRead))
            {
                return AcceptStatus.Nobody;
            }

            connection = _socket.Accept();
            connection.Blocking = false;
            SetOptions(connection);
            peer = PeerAddress.From(connection.RemoteEndPoint);
            transport = new SocketTransport(connection, _poller);
            return AcceptStatus.Accepted;
        }
        catch (SocketException exception)
        {
            connection?.Dispose();
            error = exception.Message;
            return exception.SocketErrorCode switch
            {
                SocketError.WouldBlock => AcceptStatus.Nobody,
                SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable => AcceptStatus.Exhausted,
                SocketError.NotSocket or SocketError.InvalidArgument => AcceptStatus.Dead,
                _ => AcceptStatus.Gone,
            };
        }
    }

    public string? RemoveFile() => _file?.Remove();

    public void Dispose()
    {
        _poller.Remove(_socket);
        _socket.Dispose();
    }

    // The same as in DescriptorAcceptor, which says why.
    private void SetOptions(Socket connection)
    {
        if (connection.AddressFamily == AddressFamily.Unix)
        {
            return;
        }

        connection.NoDelay = true;
        connection.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.OutOfBandInline, true);
        if (_keepAlive.IsOn)
        {
            connection.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, _keepAlive.IdleSeconds);
            connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, _keepAlive.IntervalSeconds);
            connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, _keepAlive.Probes);
        }
    }
}
