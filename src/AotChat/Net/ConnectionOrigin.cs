using AotChat.Transport;

namespace AotChat.Net;

/// <summary>Which connection it is, and where it comes from: what ties the lines of the log together.</summary>
/// <param name="Id">Its number, from 1 on in the life of a server.</param>
/// <param name="Peer">Its address; behind a proxy, the one that the proxy has named.</param>
internal readonly record struct ConnectionOrigin(long Id, PeerAddress Peer);
