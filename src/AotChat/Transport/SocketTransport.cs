using System.Net.Sockets;
using AotChat.Loop;

namespace AotChat.Transport;

/// <summary>
/// A TCP connection: a non-blocking <see cref="Socket"/> on which only synchronous calls are made, so that it never
/// enters the runtime's own socket engine.
/// </summary>
internal sealed class SocketTransport(Socket socket, SelectPoller poller) : ITransport
{
    private LoopToken _token;
    private bool _attached;

    public void Attach(LoopToken token, Readiness interest)
    {
        _token = token;
        if (_attached)
        {
            poller.Change(socket, token, interest);
        }
        else
        {
            poller.Add(socket, token, interest);
            _attached = true;
        }
    }

    public void Watch(Readiness interest) => poller.Change(socket, _token, interest);

    public void Unwatch() => poller.Remove(socket);

    public TransportStatus Receive(Span<byte> buffer, out int count) => Receive(buffer, SocketFlags.None, out count);

    public TransportStatus Peek(Span<byte> buffer, out int count) => Receive(buffer, SocketFlags.Peek, out count);

    private TransportStatus Receive(Span<byte> buffer, SocketFlags flags, out int count)
    {
        count = socket.Receive(buffer, flags, out SocketError error);
        return error == SocketError.Success && count == 0 ? TransportStatus.EndOfInput : StatusOf(error);
    }

    public TransportStatus Send(ReadOnlySpan<byte> bytes, out int count)
    {
        count = socket.Send(bytes, SocketFlags.None, out SocketError error);
        return StatusOf(error);
    }

    public void Close()
    {
        if (_attached)
        {
            _attached = false;
            poller.Remove(socket);
        }

        Hangup.Close(socket);
    }

    private static TransportStatus StatusOf(SocketError error) => error switch
    {
        SocketError.Success => TransportStatus.Done,
        SocketError.ConnectionReset => TransportStatus.Reset,
        SocketError.WouldBlock or SocketError.Interrupted => TransportStatus.WouldBlock,
        _ => TransportStatus.Broken,
    };
}
