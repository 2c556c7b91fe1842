using System.Net.Sockets;

namespace AotChat.Net;

/// <summary>Takes connections from a listening socket, without blocking. Used on the loop's thread only.</summary>
internal interface IAcceptor
{
    /// <summary>Takes the next connection.</summary>
    /// <param name="listener">A listening, non-blocking socket.</param>
    /// <param name="transport">The way to the peer, for <see cref="AcceptStatus.Accepted"/>.</param>
    /// <param name="peer">Where it comes from.</param>
    /// <param name="error">What went wrong, for the log.</param>
    AcceptStatus Accept(Socket listener, out ITransport? transport, out PeerAddress peer, out string error);
}
