using AotChat.Configuration;

namespace AotChat.Tests.Configuration;

/// <summary>Who the server may become.</summary>
public sealed class SystemUserSpecs
{
    [Theory]
    [InlineData("root", "root", 0, 0)]
    [InlineData("0", "root", 0, 0)]
    [InlineData("3999999999", "3999999999", 3_999_999_999, 3_999_999_999)]
    public void A_user_is_found_by_name_or_number(string text, string shown, uint number, uint group)
    {
        SystemUser user = SystemUser.Find(text)!;

        Assert.Equal((shown, number, group), (user.ToString(), user.Number, user.Group));
    }

    [Theory]
    [InlineData("no-such-user")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("4294967295")]
    [InlineData("99999999999")]
    [InlineData("root\0x")]
    [InlineData("root:root")]
    public void A_user_that_does_not_exist_is_not_found(string text) => Assert.Null(SystemUser.Find(text));
}
