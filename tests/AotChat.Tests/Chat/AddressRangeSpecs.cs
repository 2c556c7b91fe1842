using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>What people write for an address, and what lies in it.</summary>
public sealed class AddressRangeSpecs
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7/32", "192.0.2.7")]
    [InlineData("192.0.2.7/24", "192.0.2.0/24")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    [InlineData("2001:db8::1/32", "2001:db8::/32")]
    [InlineData("::/0", "::/0")]
    public void A_range_is_read_and_written(string text, string shown)
    {
        Assert.True(AddressRange.TryParse(text, out AddressRange range));
        Assert.Equal(shown, range.ToString());
        Assert.True(AddressRange.TryParse(shown, out AddressRange again));
        Assert.Equal(range, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("12")]
    [InlineData("127.1")]
    [InlineData("192.0.2.7/33")]
    [InlineData("192.0.2.7/-1")]
    [InlineData("192.0.2.7/")]
    [InlineData("192.0.2.7/8/8")]
    [InlineData("/8")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("192.0.2.7,192.0.2.8")]
    public void Anything_else_is_refused(string text) => Assert.False(AddressRange.TryParse(text, out _));

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    public void An_address_lies_in_it_or_not(string range, string address, bool isIn)
    {
        Assert.True(AddressRange.TryParse(range, out AddressRange all));
        Assert.True(AddressRange.TryParse(address, out AddressRange one));
        Assert.Equal(isIn, all.Contains(one.First));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::", "2001:db8::/64")]
    public void A_block_is_an_address_or_what_one_site_has(string block, string shown)
    {
        Assert.True(AddressRange.TryParse(block, out AddressRange range));
        Assert.Equal(shown, AddressRange.OfBlock(range.First).ToString());
    }
}
