using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Transport;

namespace AotChat.Connections;

/// <summary>How many connections there are and may be, together and from one address. Owned by the event loop.</summary>
internal sealed class Admission(ChatOptions options, ChatCounters counters, TimeProvider time)
{
    private readonly AddressLimits _addresses = new(options, time);
    private long _lastId;

    /// <summary>How many are open, whatever has become of them.</summary>
    public int Count { get; private set; }

    /// <summary>How many may be open at once: what the option allows, or what there are descriptors for.</summary>
    public int Limit { get; set; } = options.MaxConnections;

    /// <summary>Whether one more may be opened.</summary>
    public bool HasRoom => Count < Limit;

    /// <summary>The same for the console, which can make room where all places are taken.</summary>
    public bool HasRoomForConsole => Count < Limit + ChatOptions.ConsoleConnections;

    /// <summary>How many addresses the limits by address remember.</summary>
    public int RememberedAddresses => _addresses.Count;

    /// <summary>The number of the next connection.</summary>
    public long NextId() => ++_lastId;

    /// <summary>Whether an address is exempt from the limits by address, and may be a proxy's.</summary>
    public bool IsTrusted(PeerAddress peer) => _addresses.IsTrusted(peer);

    /// <summary>Counts one more connection until it is closed.</summary>
    public Connection Open(ITransport transport, long id, PeerAddress peer)
    {
        Connection connection = new(this, transport, id, peer);
        counters.Connections = ++Count;
        return connection;
    }

    /// <summary>Counts a connection among those of its address, or says why it may not be one of them.</summary>
    public AddressAdmission TryEnter(Connection connection, long now)
    {
        AddressAdmission result = _addresses.TryEnter(connection.Peer, now, out bool isCounted);
        connection.CountsForAddress = isCounted;
        return result;
    }

    internal void Release(Connection connection)
    {
        counters.Connections = --Count;
        if (connection.CountsForAddress)
        {
            _addresses.Leave(connection.Peer);
        }
    }
}
