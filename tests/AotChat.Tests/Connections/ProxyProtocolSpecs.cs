using System.Net;
using System.Text;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Connections;

/// <summary>A proxy says for whom it connects, and only a trusted one is believed.</summary>
public sealed class ProxyProtocolSpecs
{
    private const string Text = "PROXY TCP4 192.0.2.9 198.51.100.1 4711 1235\r\n";
    private const string BinaryStart = "0D0A0D0A000D0A515549540A";

    // Version 2 for 192.0.2.9:4711 and for [2001:db8::9]:4711, and one that the proxy opens for itself.
    private const string BinaryV4 = BinaryStart + "2111000C" + "C0000209" + "C6336401" + "1267" + "04D3";
    private const string BinaryV6 =
        BinaryStart + "21210024" + "20010DB8000000000000000000000009" + "20010DB8000000000000000000000001" + "1267" + "04D3";
    private const string BinaryLocal = BinaryStart + "20000000";

    public static TheoryData<byte[], string?> Headers => new()
    {
        { Encoding.ASCII.GetBytes(Text), "192.0.2.9:4711" },
        { "PROXY TCP6 2001:db8::9 2001:db8::1 4711 1235\r\n"u8.ToArray(), "[2001:db8::9]:4711" },
        { "PROXY UNKNOWN\r\n"u8.ToArray(), null },
        { Convert.FromHexString(BinaryV4), "192.0.2.9:4711" },
        { Convert.FromHexString(BinaryV6), "[2001:db8::9]:4711" },
        { Convert.FromHexString(BinaryLocal), null },
    };

    public static TheoryData<byte[]> NoHeaders => new()
    {
        "GET / HTTP/1.1\r\n"u8.ToArray(),
        "PROXY TCP4 192.0.2.9 198.51.100.1 4711\r\n"u8.ToArray(),
        "PROXY TCP4 2001:db8::9 198.51.100.1 4711 1235\r\n"u8.ToArray(),
        "PROXY TCP4 192.0.2.9 198.51.100.1 99999 1235\r\n"u8.ToArray(),
        "PROXY TCP4 0x7f.1 198.51.100.1 4711 1235\r\n"u8.ToArray(),
        "PROXY TCP4 010.1.1.1 198.51.100.1 4711 1235\r\n"u8.ToArray(),
        "PROXY TCP4 16843009 198.51.100.1 4711 1235\r\n"u8.ToArray(),
        "PROXY TCP4 192.0.2.9 0x7f.1 4711 1235\r\n"u8.ToArray(),
        "PROXY TCP4 192.0.2.9 2001:db8::1 4711 1235\r\n"u8.ToArray(),
        "PROXY TCP6 [2001:db8::9] 2001:db8::1 4711 1235\r\n"u8.ToArray(),
        "PROXY TCP6 fe80::9%1 2001:db8::1 4711 1235\r\n"u8.ToArray(),
        "PROXY TCP4 192.0.2.9 198.51.100.1 04711 1235\r\n"u8.ToArray(),
        "PROXY TCP4 192.0.2.9 198.51.100.1 4711 +1235\r\n"u8.ToArray(),
        "PROXY TCP4 192.0.2.9 198.51.100.1 4711 99999\r\n"u8.ToArray(),
        "PROXY SCTP4 192.0.2.9 198.51.100.1 4711 1235\r\n"u8.ToArray(),
        Encoding.ASCII.GetBytes("PROXY TCP4 " + new string('1', 200)),
        Convert.FromHexString(BinaryStart + "3111000C" + "C0000209" + "C6336401" + "1267" + "04D3"),
        Convert.FromHexString(BinaryStart + "2111FFFF"),
        Convert.FromHexString(BinaryStart + "21110004C0000209"),
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_is_read_wherever_the_network_splits_it(byte[] header, string? client)
    {
        for (int length = 0; length < header.Length; length++)
        {
            Assert.Equal(ProxyHeaderResult.Incomplete, ProxyHeader.Read(header.AsSpan(0, length), out _, out _));
        }

        Assert.Equal(ProxyHeaderResult.Done, ProxyHeader.Read([.. header, .. "w\n"u8], out PeerAddress? read, out int consumed));
        Assert.Equal((client, header.Length), (read?.ToString(), consumed));
    }

    [Fact]
    public void The_longest_header_is_one_and_a_longer_one_is_none()
    {
        string address = string.Join(':', Enumerable.Repeat("ffff", 8));
        string longest = $"PROXY UNKNOWN {address} {address} 65535 65535\r\n";
        Assert.Equal(107, longest.Length);
        AssertLongest(Encoding.ASCII.GetBytes(longest), Encoding.ASCII.GetBytes(longest.Replace("\r\n", " \r\n", StringComparison.Ordinal)));
        Assert.Equal(ProxyHeaderResult.Invalid, ProxyHeader.Read(Encoding.ASCII.GetBytes(longest[..^2] + "11"), out _, out _));

        byte[] addresses = Convert.FromHexString("C0000209C6336401126704D3");
        AssertLongest(
            [.. Convert.FromHexString(BinaryStart + "211103F0"), .. addresses, .. new byte[0x3F0 - 12]],
            [.. Convert.FromHexString(BinaryStart + "211103F1"), .. addresses, .. new byte[0x3F1 - 12]]);
    }

    [Theory]
    [MemberData(nameof(NoHeaders))]
    public void Other_bytes_are_never_taken_for_a_header(byte[] input) =>
        Assert.Equal(ProxyHeaderResult.Invalid, ProxyHeader.Read(input, out _, out _));

    [Fact]
    public void Random_bytes_are_never_a_header_and_never_fail()
    {
        Random random = new(7);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(1, 120)];
            random.NextBytes(bytes);

            Assert.NotEqual(ProxyHeaderResult.Done, ProxyHeader.Read(bytes, out _, out _));
        }
    }

    [Fact]
    public void The_limits_by_address_hold_for_the_client_that_the_proxy_names()
    {
        SimulatedChat chat = Chat(perAddress: 1);
        SimulatedClient first = chat.Connect(readWelcome: false, peer: Proxy).Send(Text);
        SimulatedClient second = chat.Connect(readWelcome: false, peer: Proxy).Send(Text);
        SimulatedClient other = chat.Connect(readWelcome: false, peer: Proxy).Send(Text.Replace("192.0.2.9", "192.0.2.10", StringComparison.Ordinal));
        chat.Advance(ChatOptions.WelcomeDelay);

        Assert.Equal(["Welcome! Your username is u1000", SimulatedClient.WayIn], first.ReadTexts());
        Assert.Equal(["Too many connections from your address."], second.ReadTexts());
        Assert.Equal(["Welcome! Your username is u1001", SimulatedClient.WayIn], other.ReadTexts());
    }

    [Fact]
    public void Bytes_behind_the_header_are_the_first_input()
    {
        SimulatedChat chat = Chat();
        SimulatedClient client = chat.Connect(readWelcome: false, peer: Proxy).Send(Text + "w\nmsg u10").Send("00 hello\n");

        Assert.Equal(
            ["Welcome! Your username is u1000", SimulatedClient.WayIn, "No other user is connected.", "u1000 hello", "Message is delivered to u1000"], client.ReadTexts());
    }

    [Fact]
    public void What_follows_a_header_that_came_in_pieces_is_the_first_input()
    {
        SimulatedClient client = Chat().Connect(readWelcome: false, peer: Proxy).Send(Text[..20]).Send(Text[20..] + "w\n");

        Assert.Equal(["Welcome! Your username is u1000", SimulatedClient.WayIn, "No other user is connected."], client.ReadTexts());
    }

    [Fact]
    public void A_proxy_without_a_header_is_closed_with_a_log_line()
    {
        SimulatedChat chat = Chat();
        SimulatedClient client = chat.Connect(readWelcome: false, peer: Proxy).Send("w\n");

        Assert.True(client.Transport.Closed);
        Assert.Contains(chat.Log.Entries, entry => entry.Message.Contains("must send a PROXY header first", StringComparison.Ordinal));
        Assert.Equal(0, chat.Loop.HandlerCount);
    }

    [Fact]
    public void A_proxy_that_says_nothing_is_closed_in_time()
    {
        SimulatedChat chat = Chat();
        SimulatedClient client = chat.Connect(readWelcome: false, peer: Proxy);
        Assert.False(client.Transport.Closed);

        chat.Advance(TimeSpan.FromSeconds(5));

        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void The_time_limit_for_the_header_ends_with_it()
    {
        SimulatedChat chat = Chat();
        SimulatedClient client = chat.Connect(readWelcome: false, peer: Proxy).Send(Text);
        chat.Advance(ChatOptions.WelcomeDelay);
        Assert.Equal(0, chat.Loop.TimerCount);

        chat.Advance(ChatOptions.ProxyHeaderLimit);

        Assert.Equal("No other user is connected.", client.Type("w").ReadTexts()[^1]);
    }

    [Fact]
    public void A_header_from_an_untrusted_address_is_plain_input()
    {
        SimulatedChat chat = Chat();
        SimulatedClient stranger = chat.Connect(peer: Peer("203.0.113.1")).Send(Text);

        Assert.Equal(["Unknown command: PROXY", SimulatedClient.HelpHint], stranger.ReadTexts());
    }

    private static void AssertLongest(byte[] longest, byte[] longer)
    {
        Assert.Equal(ProxyHeaderResult.Incomplete, ProxyHeader.Read(longest.AsSpan(0, longest.Length - 1), out _, out _));
        Assert.Equal(ProxyHeaderResult.Done, ProxyHeader.Read(longest, out _, out int consumed));
        Assert.Equal(longest.Length, consumed);
        Assert.Equal(ProxyHeaderResult.Invalid, ProxyHeader.Read(longer, out _, out _));

        // And so for a connection, which takes no more than that into its buffer.
        SimulatedClient client = Chat().Connect(readWelcome: false, peer: Proxy).Send(longest).Send("w\n");
        Assert.Equal("No other user is connected.", client.ReadTexts()[^1]);
    }

    private static PeerAddress Proxy => Peer("10.0.0.1");

    private static SimulatedChat Chat(int perAddress = 0)
    {
        Assert.True(AddressSet.TryParse("10.0.0.0/8", out AddressSet? trusted));
        return new SimulatedChat(new ChatOptions
        {
            ProxyProtocol = true,
            Trusted = trusted,
            MaxConnectionsPerAddress = perAddress,
            AcceptRatePerAddress = 0,
        });
    }

    private static PeerAddress Peer(string address) => PeerAddress.From(new IPEndPoint(IPAddress.Parse(address), 4711));
}
