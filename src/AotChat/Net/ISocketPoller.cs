using System.Net;
using System.Net.Sockets;

namespace AotChat.Net;

/// <summary>A poller that watches connections, level-triggered. Called on the loop's thread only, but for <see cref="IPoller.Wake"/>.</summary>
internal interface ISocketPoller : IPoller
{
    /// <summary>Begins to listen for connections, which this poller will watch.</summary>
    /// <param name="endPoint">An IP address with a port, or the path of a Unix socket.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <param name="keepAliveSeconds">After how many seconds of silence they are probed; 0 for never.</param>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    /// <exception cref="IOException">The path of a Unix socket belongs to something else, or can't be written.</exception>
    IAcceptor Listen(EndPoint endPoint, int backlog, int keepAliveSeconds);
}
