using System.Net;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Tests.Simulation;
using AotChat.Transport;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Connections;

/// <summary>How many connections an address may open, and how fast.</summary>
public sealed class AddressLimitSpecs
{
    [Fact]
    public void An_address_at_its_limit_of_connections_is_refused_and_others_are_not()
    {
        SimulatedChat chat = Chat(connections: 2);
        chat.Connect(peer: Peer("192.0.2.1"));
        chat.Connect(peer: Peer("192.0.2.1"));

        SimulatedClient third = chat.Connect(readWelcome: false, peer: Peer("192.0.2.1"));
        SimulatedClient other = chat.Connect(readWelcome: false, peer: Peer("192.0.2.2"));

        Assert.Equal(["Too many connections from your address."], third.ReadTexts());
        Assert.True(third.Transport.Closed);
        Assert.Equal(["Welcome! Your username is u1002", SimulatedClient.WayIn], other.ReadTexts());
        Assert.Equal((1, 3), (chat.Server.Counters.RefusedAddress, chat.Server.Counters.Connections));
    }

    [Fact]
    public void A_connection_that_closes_makes_room()
    {
        SimulatedChat chat = Chat(connections: 1);
        chat.Connect(peer: Peer("192.0.2.1")).HangUp();

        Assert.False(chat.Connect(peer: Peer("192.0.2.1")).Transport.Closed);
    }

    [Fact]
    public void An_address_that_connects_too_often_is_refused()
    {
        SimulatedChat chat = Chat(rate: 2);
        chat.Connect(peer: Peer("192.0.2.1"));
        chat.Connect(peer: Peer("192.0.2.1"));

        SimulatedClient third = chat.Connect(readWelcome: false, peer: Peer("192.0.2.1"));
        chat.Advance(TimeSpan.FromSeconds(1));
        SimulatedClient later = chat.Connect(readWelcome: false, peer: Peer("192.0.2.1"));

        Assert.Equal(["Too many new connections from your address; try again in a second."], third.ReadTexts());
        Assert.Equal(["Welcome! Your username is u1002", SimulatedClient.WayIn], later.ReadTexts());
        Assert.Equal(1, chat.Server.Counters.RefusedRate);
    }

    [Theory]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", false)]
    public void A_network_of_64_bits_counts_as_one_address(string first, string second, bool isAnother)
    {
        SimulatedChat chat = Chat(connections: 1);
        chat.Connect(peer: Peer(first));

        Assert.Equal(isAnother, !chat.Connect(peer: Peer(second)).Transport.Closed);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("::1")]
    [InlineData("10.1.2.3")]
    public void This_machine_and_trusted_addresses_are_not_limited(string address)
    {
        SimulatedChat chat = Chat(connections: 1, rate: 1, trusted: "10.0.0.0/8");
        for (int i = 0; i < 5; i++)
        {
            Assert.False(chat.Connect(peer: Peer(address)).Transport.Closed);
        }
    }

    [Fact]
    public void Zero_is_no_limit()
    {
        SimulatedChat chat = Chat(connections: 0, rate: 0);
        for (int i = 0; i < 200; i++)
        {
            Assert.False(chat.Connect(peer: Peer("192.0.2.1")).Transport.Closed);
        }
    }

    [Fact]
    public void Addresses_that_came_and_went_are_forgotten()
    {
        SimulatedChat chat = Chat(connections: 1, rate: 10);
        for (int i = 0; i < 5_000; i++)
        {
            chat.Connect(peer: Peer($"198.51.{i / 250}.{i % 250}")).HangUp();
            chat.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(chat.Gate.Admission.RememberedAddresses, 0, 1_100);
    }

    [Fact]
    public void An_address_is_forgotten_with_its_last_connection_where_its_rate_does_not_count()
    {
        SimulatedChat chat = Chat(connections: 2);
        SimulatedClient[] clients = [chat.Connect(peer: Peer("192.0.2.1")), chat.Connect(peer: Peer("192.0.2.1"))];
        clients[0].HangUp();
        Assert.Equal(1, chat.Gate.Admission.RememberedAddresses);

        clients[1].HangUp();

        Assert.Equal(0, chat.Gate.Admission.RememberedAddresses);
    }

    [Fact]
    public void Addresses_are_looked_through_again_only_when_their_number_has_doubled()
    {
        FakeTimeProvider time = new();
        AddressLimits limits = new(new ChatOptions { MaxConnectionsPerAddress = 1, AcceptRatePerAddress = 1 }, time);
        for (int i = 0; i <= 1_024; i++)
        {
            limits.TryEnter(Peer($"198.51.{i / 250}.{i % 250}"), time.GetTimestamp(), out _);
        }

        // Nobody had left when the table was full; who leaves now is looked for at twice as many.
        limits.Leave(Peer("198.51.0.0"));
        time.Advance(TimeSpan.FromSeconds(1));
        limits.TryEnter(Peer("192.0.2.1"), time.GetTimestamp(), out _);

        Assert.Equal(1_026, limits.Count);
    }

    private static SimulatedChat Chat(int connections = 0, int rate = 0, string trusted = "none")
    {
        Assert.True(AddressSet.TryParse(trusted, out AddressSet? set));
        return new SimulatedChat(new ChatOptions { MaxConnectionsPerAddress = connections, AcceptRatePerAddress = rate, Trusted = set });
    }

    private static PeerAddress Peer(string address) => PeerAddress.From(new IPEndPoint(IPAddress.Parse(address), 4711));
}
