using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>From which addresses the holder of a name is asked for it: those of one site.</summary>
public sealed class SameSiteSpecs
{
    [Theory]
    [InlineData("127.0.0.1", "127.9.9.9", true)]
    [InlineData("127.0.0.1", "::1", true)]
    [InlineData("unix", "::1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8::2:3", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "127.0.0.1", false)]
    [InlineData("192.0.2.1", "unix", false)]
    public void Addresses_of_one_site_count_as_the_same(string one, string other, bool isSame)
    {
        SimulatedChat chat = new();
        chat.Connect(peer: Parse(one)).Type("nick alice");

        string[] answers = chat.Connect(peer: Parse(other)).Type("nick alice").ReadTexts();

        Assert.Equal([isSame ? GhostSpecs.Asking : "Name is taken: alice"], answers);
    }

    private static PeerAddress Parse(string address) =>
        address == "unix" ? PeerAddress.Local : PeerAddress.From(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(address), 1));
}
