using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Text;

namespace AotChat.Tests.Chat;

/// <summary>Nobody speaks for the house.</summary>
public sealed class HouseNameSpecs
{
    private static readonly string[] Ways = ["eE3", "aA4", "sS5", "tT7", "bB8", "oO0", "iIlL1"];

    private static readonly HouseNames House = new(["boss", "bot1"]);

    public static TheoryData<string> SomeNames =>
    [
        "admin", "admins", "administrator", "administrators", "sysadmin", "sysop", "system", "server", "operator", "operators", "op",
        "ops", "root", "mod", "mods", "moderator", "moderators", "owner", "staff", "support", "security", "service", "services",
        "nickserv", "chanserv", "memoserv", "operserv", "everyone", "everybody", "all", "here", "channel", "anyone", "nobody",
        "somebody", "someone", "notice", "notices", "warning", "error", "alert", "announcement", "you", "your", "me", "yourself",
        "self", "myself", "aotchat", "chat", "host", "console", "daemon", "official", "helpdesk", "postmaster", "webmaster",
        "hostmaster", "abuse", "noreply", "boss",
    ];

    [Theory]
    [MemberData(nameof(SomeNames))]
    public void A_name_of_the_house_is_reserved_however_it_is_dressed_up(string name)
    {
        Random random = new(name.Length);
        for (int round = 0; round < 200; round++)
        {
            string dressed = Dress(name, random);

            Assert.True(House.Contains(Encoding.ASCII.GetBytes(dressed)), $"{dressed} passes for {name}.");
        }
    }

    [Theory]
    [InlineData("ad-min")]
    [InlineData("a.d.m.i.n")]
    [InlineData("Admin_")]
    [InlineData("admin1")]
    [InlineData("root0")]
    [InlineData("m0d3rator")]
    [InlineData("sy5tem")]
    [InlineData("adrnin")]
    [InlineData("ovvner-2024")]
    [InlineData("al1")]
    [InlineData("al12")]
    [InlineData("b0t1")]
    [InlineData("bot17")]
    public void A_name_that_passes_for_one_of_the_house_is_reserved(string name) => Assert.True(House.Contains(Encoding.ASCII.GetBytes(name)));

    [Theory]
    [InlineData("alice")]
    [InlineData("user1")]
    [InlineData("roots")]
    [InlineData("allan")]
    [InlineData("modem")]
    [InlineData("hosta")]
    [InlineData("1")]
    [InlineData("bot")]
    [InlineData("bot2")]
    [InlineData("x-")]
    [InlineData("admin1strat0rrr")]
    [InlineData("meg")]
    [InlineData("opal")]
    public void A_name_that_passes_for_none_of_the_house_is_free(string name) => Assert.False(House.Contains(Encoding.ASCII.GetBytes(name)));

    [Fact]
    public void A_name_that_the_operator_adds_is_reserved()
    {
        SimulatedClient client = new SimulatedChat(new ChatOptions { ReservedNames = ["acme"] }).Connect();

        Assert.Equal(["Name is reserved: ac-me1"], client.Type("nick ac-me1").ReadTexts());
        Assert.Equal(["You are now known as acmes"], client.Type("nick acmes").ReadTexts());
    }

    // In other letters, with separators, and with a number behind.
    private static string Dress(string name, Random random)
    {
        StringBuilder dressed = new();
        foreach (char letter in name)
        {
            string ways = Ways.FirstOrDefault(ways => ways.Contains(letter, StringComparison.Ordinal)) ?? $"{letter}";
            string written = $"{ways[dressed.Length == 0 ? 0 : random.Next(ways.Length)]}";
            written = letter == 'm' && random.Next(2) == 0 ? "rn" : letter == 'w' && random.Next(2) == 0 ? "VV" : written;
            bool isApart = dressed.Length + written.Length < NameRules.MaxLength - name.Length && random.Next(3) == 0;
            dressed.Append(written).Append(isApart ? "_-."[random.Next(3)] : "");
        }

        dressed.Append(random.Next(2) == 0 ? "_" : $"{random.Next(100)}");
        string result = dressed.ToString();
        return result.Length <= NameRules.MaxLength ? result : name;
    }
}
