using AotChat.Configuration;

namespace AotChat.Tests.Configuration;

/// <summary>Which variables of the environment are settings, and which are somebody else's.</summary>
public sealed class EnvironmentSettingsSpecs
{
    [Theory]
    [InlineData("CHAT_SERVICE_HOST", "10.0.0.1")]
    [InlineData("CHAT_SERVICE_PORT", "1235")]
    [InlineData("CHAT_SERVICE_PORT_HTTP", "80")]
    [InlineData("CHAT_SERVICE_PORT_CHAT_TLS", "80")]
    [InlineData("CHAT_PORT", "tcp://10.0.0.1:1235")]
    [InlineData("CHAT_PORT", "udp://10.0.0.1:1235")]
    [InlineData("CHAT_PORT", "sctp://10.0.0.1:1235")]
    [InlineData("CHAT_PORT_1235_TCP", "tcp://10.0.0.1:1235")]
    [InlineData("CHAT_PORT_1235_TCP_ADDR", "10.0.0.1")]
    [InlineData("CHAT_PORT_1235_TCP_PORT", "1235")]
    [InlineData("CHAT_PORT_1235_UDP_PROTO", "udp")]
    [InlineData("CHAT_API_PORT", "tcp://10.0.0.1:80")]
    [InlineData("CHAT_API_SERVICE_HOST", "10.0.0.1")]
    [InlineData("CHAT_API_SERVICE_PORT_HTTP", "80")]
    [InlineData("CHAT_API_PORT_80_TCP_ADDR", "10.0.0.1")]
    public void A_variable_that_tells_where_a_service_is_is_a_service_link(string name, string value) =>
        Assert.Empty(EnvironmentSettings.Read([new(name, value)]));

    [Theory]
    [InlineData("CHAT_PORT", "1235")]
    [InlineData("CHAT_SERVICE", "x")]
    [InlineData("CHAT_PORT_HTTP_TCP", "x")]
    [InlineData("CHAT_HOST", "tcp://10.0.0.1:80")]
    [InlineData("CHAT_SERVICE_HOSTS", "x")]
    public void Any_other_variable_may_be_a_setting(string name, string value) =>
        Assert.Equal(name, Assert.Single(EnvironmentSettings.Read([new(name, value)])).Label);

    [Fact]
    public void No_option_of_ours_looks_like_a_service_link() => Assert.All(
        OptionCatalog.All, option => Assert.False(EnvironmentSettings.IsServiceLink(option.Variable, option.Show(new ChatOptions()))));

    [Fact]
    public void Variables_without_a_value_and_those_of_others_are_left_alone() =>
        Assert.Empty(EnvironmentSettings.Read([new("CHAT_PORT", ""), new("CHAT_PORT", null), new("CHATPORT", "1"), new("CHAT_", "1")]));

    [Fact]
    public void Variables_are_read_in_the_order_of_their_names() =>
        Assert.Equal(["A", "B", "C"], EnvironmentSettings.Read([new("CHAT_B", "1"), new("CHAT_C", "1"), new("CHAT_A", "1")]).Select(setting => setting.Key));
}
