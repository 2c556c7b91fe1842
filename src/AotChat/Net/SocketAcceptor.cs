using System.Net.Sockets;

namespace AotChat.Net;

/// <summary>Accepts wherever .NET runs.</summary>
internal sealed class SocketAcceptor(ISocketPoller poller, int keepAliveSeconds) : IAcceptor
{
    public AcceptStatus Accept(Socket listener, out ITransport? transport, out PeerAddress peer, out string error)
    {
        transport = null;
        peer = default;
        error = "";
        Socket? connection = null;
        try
        {
            // Asking first costs a system call; an accept in vain would cost an exception.
            if (!listener.Poll(0, SelectMode.SelectRead))
            {
                return AcceptStatus.Nobody;
            }

            connection = listener.Accept();
            connection.Blocking = false;
            ListeningSocket.SetConnectionOptions(connection, keepAliveSeconds);
            peer = PeerAddress.From(connection.RemoteEndPoint);
            transport = new SocketTransport(connection, poller);
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
}
