using System.Net;
using AotChat.Configuration;
using AotChat.Jobs;

namespace AotChat.Tests.Jobs;

/// <summary>Which addresses a fetch may connect to.</summary>
public sealed class FetchRuleSpecs
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("4000::1")]
    [InlineData("1fff:ffff::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::7f00:1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void An_address_that_is_not_public_is_closed(string address) => Assert.False(Rules().Allows(IPAddress.Parse(address), 80));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:800::200e")]
    public void A_public_address_is_open(string address)
    {
        Assert.True(Rules().Allows(IPAddress.Parse(address), 80));
        Assert.True(Rules().Allows(IPAddress.Parse(address), 443));
    }

    [Theory]
    [InlineData(22)]
    [InlineData(25)]
    [InlineData(1235)]
    [InlineData(6379)]
    public void Only_the_ports_of_the_web_are_open(int port) => Assert.False(Rules().Allows(IPAddress.Parse("1.1.1.1"), port));

    [Fact]
    public void Other_ports_can_be_opened() => Assert.True(FetchRules.Parse("none", "80,8080").Allows(IPAddress.Parse("1.1.1.1"), 8080));

    [Fact]
    public void This_machine_and_its_neighbours_are_closed_under_public_addresses_too()
    {
        FetchRules rules = new(AddressSet.Empty, [80], () => [IPNetwork.Parse("1.1.1.1/32"), IPNetwork.Parse("2606:4700:4700::/64")]);

        Assert.False(rules.Allows(IPAddress.Parse("1.1.1.1"), 80));
        Assert.False(rules.Allows(IPAddress.Parse("::ffff:1.1.1.1"), 80));
        Assert.False(rules.Allows(IPAddress.Parse("2606:4700:4700::1111"), 80));
        Assert.False(rules.Allows(IPAddress.Parse("2606:4700:4700::1"), 80));
        Assert.True(rules.Allows(IPAddress.Parse("1.1.1.2"), 80));
    }

    [Theory]
    [InlineData("8.8.119.237", 24, "8.8.119.0/24")]
    [InlineData("8.8.119.237", 20, "8.8.112.0/20")]
    [InlineData("8.8.119.237", 31, "8.8.119.236/31")]
    [InlineData("8.8.119.237", 32, "8.8.119.237/32")]
    [InlineData("8.8.119.237", 8, "8.0.0.0/8")]
    [InlineData("8.8.119.237", 7, "8.8.119.237/32")]
    [InlineData("8.8.119.237", 0, "8.8.119.237/32")]
    [InlineData("8.8.119.237", 128, "8.8.119.237/32")]
    [InlineData("2606:4700:1:2:3:4:5:6", 64, "2606:4700:1:2::/64")]
    [InlineData("2606:4700:1:2:3:4:5:6", 61, "2606:4700:1::/61")]
    [InlineData("2606:4700:1:2:3:4:5:6", 128, "2606:4700:1:2:3:4:5:6/128")]
    [InlineData("2606:4700:1:2:3:4:5:6", 32, "2606:4700::/32")]
    [InlineData("2606:4700:1:2:3:4:5:6", 31, "2606:4700:1:2:3:4:5:6/128")]
    public void The_network_of_an_address_is_what_its_mask_says_where_that_can_be_believed(string address, int prefix, string network) =>
        Assert.Equal(IPNetwork.Parse(network), FetchRules.NetworkOf(IPAddress.Parse(address), prefix));

    [Fact]
    public void An_address_that_the_operator_opens_is_open_with_any_port_and_its_neighbours_are_not()
    {
        FetchRules rules = FetchRules.Parse("10.0.0.0/8,::1", "80");

        Assert.True(rules.Allows(IPAddress.Parse("10.1.2.3"), 8080));
        Assert.True(rules.Allows(IPAddress.Parse("::ffff:10.1.2.3"), 8080));
        Assert.True(rules.Allows(IPAddress.IPv6Loopback, 1));
        Assert.False(rules.Allows(IPAddress.Loopback, 80));
    }

    private static FetchRules Rules() => new(AddressSet.Empty, [80, 443], () => []);
}
