using System.Net.Sockets;

namespace AotChat.Net;

/// <summary>A poller that watches sockets, level-triggered. Called on the loop's thread only, but for <see cref="IPoller.Wake"/>.</summary>
internal interface ISocketPoller : IPoller
{
    /// <summary>Begins to watch a socket; its events carry the token.</summary>
    void Add(Socket socket, int token, Readiness interest);

    /// <summary>Changes the token of a watched socket, or what it is waited for.</summary>
    void Change(Socket socket, int token, Readiness interest);

    /// <summary>Stops watching a socket; to be called before it is closed.</summary>
    void Remove(Socket socket);

    /// <summary>Makes what accepts connections that this poller watches best.</summary>
    IAcceptor CreateAcceptor(int keepAliveSeconds);
}
