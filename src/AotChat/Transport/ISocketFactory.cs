using System.Net;
using System.Net.Sockets;
using AotChat.Loop;

namespace AotChat.Transport;

/// <summary>Makes sockets that one poller watches. Called on the loop's thread only.</summary>
internal interface ISocketFactory
{
    /// <summary>Begins to listen for connections, which the poller will watch.</summary>
    /// <param name="endPoint">An IP address with a port, or the path of a Unix socket.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <param name="keepAlive">How those are probed that are silent.</param>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    /// <exception cref="IOException">The path of a Unix socket belongs to something else, or can't be written.</exception>
    IAcceptor Listen(EndPoint endPoint, int backlog, KeepAlive keepAlive);
}

/// <summary>Bare descriptors, watched by epoll. Linux only.</summary>
internal sealed class EpollSocketFactory(EpollPoller poller) : ISocketFactory
{
    public IAcceptor Listen(EndPoint endPoint, int backlog, KeepAlive keepAlive) => new DescriptorAcceptor(poller, endPoint, backlog, keepAlive);
}

/// <summary>The runtime's sockets, watched by select; works wherever .NET does.</summary>
internal sealed class SelectSocketFactory(SelectPoller poller) : ISocketFactory
{
    public IAcceptor Listen(EndPoint endPoint, int backlog, KeepAlive keepAlive) => new SocketAcceptor(poller, endPoint, backlog, keepAlive);
}
