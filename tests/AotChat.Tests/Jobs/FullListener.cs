using System.Net;
using System.Net.Sockets;

namespace AotChat.Tests.Jobs;

/// <summary>Listens and accepts nobody, with its queue full: who connects gets neither an answer nor a refusal.</summary>
internal sealed class FullListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _waiting = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public FullListener(int port)
    {
        // A queue of none has room for one (listen(2), tcp_max_syn_backlog apart).
        _listener.Bind(new IPEndPoint(Address, port));
        _listener.Listen(0);
        _waiting.Connect(_listener.LocalEndPoint!);
    }

    /// <summary>Where it listens.</summary>
    public static IPAddress Address { get; } = IPAddress.Parse("127.0.0.2");

    public void Dispose()
    {
        _waiting.Dispose();
        _listener.Dispose();
    }
}
