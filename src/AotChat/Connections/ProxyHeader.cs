using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AotChat.Configuration;
using AotChat.Transport;

namespace AotChat.Connections;

/// <summary>
/// The header with which a proxy says for whom it connects: version 1, a line, or 2, binary, of the PROXY protocol as
/// HAProxy has published it (proxy-protocol.txt). Pure functions over bytes.
/// </summary>
internal static class ProxyHeader
{
    // The longest header of version 1, its end of line included.
    private const int MaxTextBytes = 107;
    private const int FixedBytes = 16;

    private static ReadOnlySpan<byte> TextStart => "PROXY "u8;

    private static ReadOnlySpan<byte> BinaryStart => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads the header at the front of what has arrived.</summary>
    /// <param name="input">What has arrived so far.</param>
    /// <param name="client">For whom the proxy connects; null where it connects for itself or doesn't know.</param>
    /// <param name="consumed">The length of the header, for <see cref="ProxyHeaderResult.Done"/>.</param>
    public static ProxyHeaderResult Read(ReadOnlySpan<byte> input, out PeerAddress? client, out int consumed)
    {
        client = null;
        consumed = 0;
        if (CouldBe(input, TextStart))
        {
            return input.Length < TextStart.Length ? ProxyHeaderResult.Incomplete : ReadText(input, out client, out consumed);
        }

        if (CouldBe(input, BinaryStart))
        {
            return input.Length < FixedBytes ? ProxyHeaderResult.Incomplete : ReadBinary(input, out client, out consumed);
        }

        return ProxyHeaderResult.Invalid;
    }

    private static bool CouldBe(ReadOnlySpan<byte> input, ReadOnlySpan<byte> start) =>
        input.Length < start.Length ? start.StartsWith(input) : input.StartsWith(start);

    // PROXY TCP4 192.0.2.1 198.51.100.1 4711 1235\r\n, or PROXY UNKNOWN ...\r\n
    private static ProxyHeaderResult ReadText(ReadOnlySpan<byte> input, out PeerAddress? client, out int consumed)
    {
        client = null;
        consumed = 0;
        int end = input.IndexOf("\r\n"u8);
        if (end < 0 || end + 2 > MaxTextBytes)
        {
            return end < 0 && input.Length < MaxTextBytes ? ProxyHeaderResult.Incomplete : ProxyHeaderResult.Invalid;
        }

        consumed = end + 2;
        string[] words = Encoding.Latin1.GetString(input[..end]).Split(' ');
        if (words[1] == "UNKNOWN")
        {
            return ProxyHeaderResult.Done;
        }

        AddressFamily family = words[1] switch
        {
            "TCP4" => AddressFamily.InterNetwork,
            "TCP6" => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unknown,
        };
        if (words.Length != 6
            || !TryReadAddress(words[2], family, out IPAddress? source) || !TryReadAddress(words[3], family, out _)
            || !TryReadPort(words[4], out ushort port) || !TryReadPort(words[5], out _))
        {
            return ProxyHeaderResult.Invalid;
        }

        client = PeerAddress.From(new IPEndPoint(source, port));
        return ProxyHeaderResult.Done;
    }

    // As the protocol has it: 0x7f.1 and 010.1.1.1 are addresses to some readers, and different ones to others.
    private static bool TryReadAddress(string text, AddressFamily family, [NotNullWhen(true)] out IPAddress? address) =>
        AddressSet.TryParseAddress(text, out address) && address.AddressFamily == family && !text.Contains('%', StringComparison.Ordinal);

    private static bool TryReadPort(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && (text[0] != '0' || text.Length == 1);

    private static ProxyHeaderResult ReadBinary(ReadOnlySpan<byte> input, out PeerAddress? client, out int consumed)
    {
        client = null;
        int command = input[12];
        int family = input[13];
        int length = BinaryPrimitives.ReadUInt16BigEndian(input[14..]);
        consumed = FixedBytes + length;
        if (command is not (0x20 or 0x21) || consumed > ChatOptions.ProxyHeaderBytes)
        {
            return ProxyHeaderResult.Invalid;
        }

        if (input.Length < consumed)
        {
            return ProxyHeaderResult.Incomplete;
        }

        // LOCAL is the proxy itself, a health check; families but TCP over IPv4 and IPv6 say nothing of use here.
        ReadOnlySpan<byte> addresses = input.Slice(FixedBytes, length);
        switch (command, family)
        {
            case (0x21, 0x11) when length >= 12:
                client = PeerAddress.FromV4(addresses, BinaryPrimitives.ReadUInt16BigEndian(addresses[8..]));
                break;

            case (0x21, 0x21) when length >= 36:
                client = PeerAddress.FromV6(addresses, BinaryPrimitives.ReadUInt16BigEndian(addresses[32..]));
                break;

            case (0x21, 0x11 or 0x21):
                return ProxyHeaderResult.Invalid;
        }

        return ProxyHeaderResult.Done;
    }
}
