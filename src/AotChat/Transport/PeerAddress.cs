using System.Buffers.Binary;
using System.Net;

namespace AotChat.Transport;

/// <summary>Where a connection comes from, in 24 bytes: an IP address with a port, or a Unix socket of this machine and its user.</summary>
internal readonly record struct PeerAddress
{
    // An IPv4 address is held as its IPv4-mapped IPv6 one, ::ffff:a.b.c.d (RFC 4291, 2.5.5.2).
    private const ulong MappedPrefix = 0xFFFF_0000_0000;


    private readonly ulong _high;
    private readonly ulong _low;

    // Its complement, so that the default is no user: none has the highest number (setuid(2)).
    private readonly uint _user;
    private readonly ushort _port;

    private PeerAddress(ulong high, ulong low, ushort port)
    {
        _high = high;
        _low = low;
        _port = port;
        IsInternet = true;
    }

    private PeerAddress(uint user, bool isHost)
    {
        _user = ~user;
        IsHost = isHost;
    }

    /// <summary>A process of this machine, over a Unix socket.</summary>
    public static PeerAddress Local => default;

    /// <summary>Whether it has an IP address.</summary>
    public bool IsInternet { get; }

    /// <summary>
    /// Whether it is one who looks after this process anyway: over a Unix socket, the user that the server runs as, or root.
    /// </summary>
    public bool IsHost { get; }

    /// <summary>The number of the user of this machine who connects over a Unix socket; null where that is not known.</summary>
    public uint? LocalUser => _user == 0 ? null : ~_user;

    /// <summary>Whether it is this machine itself, over whatever.</summary>
    public bool IsThisMachine => !IsInternet || (IsV4 ? (byte)(_low >> 24) == 127 : _high == 0 && _low == 1);

    /// <summary>
    /// What is limited together: an IPv4 address, or the /64 that an IPv6 network hands to one site (RFC 6177), since
    /// one host has all the addresses in it.
    /// </summary>
    public (ulong High, ulong Low) Block => IsV4 ? (_high, _low) : (_high, 0);

    /// <summary>The whole IP address, an IPv4 one as its IPv4-mapped IPv6 one (RFC 4291, 2.5.5.2); zero for a Unix socket.</summary>
    public (ulong High, ulong Low) Full => (_high, _low);

    private bool IsV4 => IsInternet && _high == 0 && _low >> 32 == MappedPrefix >> 32;

    /// <summary>A user of this machine, over a Unix socket.</summary>
    /// <param name="user">The user's number.</param>
    /// <param name="isHost">See <see cref="IsHost"/>.</param>
    public static PeerAddress FromLocalUser(uint user, bool isHost) => new(user, isHost);

    /// <summary>From an end point, whose scope does not matter here.</summary>
    public static PeerAddress From(EndPoint? endPoint)
    {
        if (endPoint is not IPEndPoint ip)
        {
            return Local;
        }

        Span<byte> bytes = stackalloc byte[16];
        ip.Address.MapToIPv6().TryWriteBytes(bytes, out _);
        return FromV6(bytes, (ushort)ip.Port);
    }

    /// <summary>From four bytes in network order.</summary>
    public static PeerAddress FromV4(ReadOnlySpan<byte> address, ushort port) =>
        new(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(address), port);

    /// <summary>From sixteen bytes in network order.</summary>
    public static PeerAddress FromV6(ReadOnlySpan<byte> address, ushort port) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(address), BinaryPrimitives.ReadUInt64BigEndian(address[8..]), port);

    /// <summary>The address alone; null for a Unix socket.</summary>
    public IPAddress? ToIPAddress()
    {
        if (!IsInternet)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _low);
        return IsV4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
    }

    /// <summary>As one writes it: <c>192.0.2.1:4711</c>, <c>[2001:db8::1]:4711</c>, <c>unix</c>.</summary>
    public override string ToString() => ToIPAddress() is { } address ? new IPEndPoint(address, _port).ToString() : "unix";
}
