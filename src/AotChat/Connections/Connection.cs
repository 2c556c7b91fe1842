using AotChat.Transport;

namespace AotChat.Connections;

/// <summary>
/// One connection, from the moment it is accepted: the way to its peer, the peer's address, and its place among those
/// that the limits allow. It is closed exactly once. Owned by the event loop.
/// </summary>
internal sealed class Connection
{
    private readonly Admission _admission;
    private bool _isClosed;

    internal Connection(Admission admission, ITransport transport, long id, PeerAddress peer)
    {
        _admission = admission;
        Transport = transport;
        Id = id;
        Peer = peer;
    }

    /// <summary>Its number, from 1 on in the life of a server: it stands in all log lines about it.</summary>
    public long Id { get; }

    /// <summary>Where it comes from; behind a proxy, the address that the proxy has named.</summary>
    public PeerAddress Peer { get; internal set; }

    /// <summary>Whether a proxy has named its address.</summary>
    public bool IsProxied { get; internal set; }

    /// <summary>The way to the peer.</summary>
    public ITransport Transport { get; }

    /// <summary>Whether it counts among those of its address; only <see cref="Admission"/> writes it.</summary>
    internal bool CountsForAddress { get; set; }

    /// <summary>Ends it. Its place is given back first, so that nothing that fails can keep it. Does nothing the second time.</summary>
    public void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            try
            {
                _admission.Release(this);
            }
            finally
            {
                Transport.Close();
            }
        }
    }
}
