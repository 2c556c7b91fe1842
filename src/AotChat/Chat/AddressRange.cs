using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using AotChat.Configuration;

namespace AotChat.Chat;

/// <summary>
/// One IP address, or all with the same prefix, in 24 bytes: compared without allocating, since each line of a room in
/// which an address is muted asks for it.
/// </summary>
internal readonly record struct AddressRange
{
    // An IPv4 address is held as its IPv4-mapped IPv6 one (RFC 4291, 2.5.5.2).
    private const int Bits = 128;
    private const int BitsBeforeV4 = 96;

    // What an IPv6 network hands to one site (RFC 6177).
    private const int SiteBits = 64;

    private readonly UInt128 _first;
    private readonly int _prefix;

    private AddressRange(UInt128 first, int prefix)
    {
        _prefix = prefix;
        _first = first & Mask;
    }

    /// <summary>Whether it is one address.</summary>
    public bool IsSingle => _prefix == Bits;

    /// <summary>How many bits its addresses share, counted in IPv6.</summary>
    public int Prefix => _prefix;

    /// <summary>Its first address; see <see cref="IUserSession.Address"/>.</summary>
    public UInt128 First => _first;

    private UInt128 Mask => _prefix == 0 ? UInt128.Zero : UInt128.MaxValue << (Bits - _prefix);

    private bool IsV4 => _prefix >= BitsBeforeV4 && (ulong)(_first >> 32) == 0xFFFF && _first >> BitsBeforeV4 == 0;

    /// <summary>The range of a prefix in which an address lies; see <see cref="IUserSession.Address"/>.</summary>
    public static AddressRange Around(UInt128 address, int prefix) => new(address, prefix);

    /// <summary>The range of an address block; see <see cref="IUserSession.OriginBlock"/>.</summary>
    public static AddressRange OfBlock(UInt128 block) => new(block, block >> BitsBeforeV4 == 0 ? Bits : SiteBits);

    /// <summary>
    /// Reads <c>192.0.2.7</c>, <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>; bits behind the prefix do not count, so that
    /// <c>192.0.2.7/24</c> is what it seems to be.
    /// </summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string alone = slash < 0 ? text : text[..slash];
        if (alone.Contains('%', StringComparison.Ordinal) || !AddressSet.TryParseAddress(alone, out IPAddress? address))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        int before = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? BitsBeforeV4 : 0;
        int prefix = Bits - before;
        if (slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > Bits - before))
        {
            return false;
        }

        range = new AddressRange(BinaryPrimitives.ReadUInt128BigEndian(bytes), before + prefix);
        return true;
    }

    /// <summary>Whether an address lies in it; see <see cref="IUserSession.Address"/>.</summary>
    public bool Contains(UInt128 address) => (address & Mask) == _first;

    /// <summary>As <see cref="TryParse"/> reads it; one address has no prefix behind it.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _first);
        string address = new IPAddress(IsV4 ? bytes[12..] : bytes).ToString();
        return IsSingle ? address : string.Create(CultureInfo.InvariantCulture, $"{address}/{(IsV4 ? _prefix - BitsBeforeV4 : _prefix)}");
    }
}
