using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Commands that are for some only, or for nobody.</summary>
public sealed class CommandRuleSpecs
{
    private readonly OperatorChat _world = new(new ChatOptions
    {
        FloodRate = 0,
        Require = [new CommandRequirement("broadcast", "registered"), new CommandRequirement("url", "operator")],
        Disable = ["fib", "who"],
    });

    [Theory]
    [InlineData("broadcast hi", "Only registered users can do that.")]
    [InlineData("BROADCAST hi", "Only registered users can do that.")]
    [InlineData("/url u1000 http://example.org/", "Only operators can do that.")]
    [InlineData("fib u1000 5", "This command is switched off on this server. Type \"help\" for all others.")]
    [InlineData("w", "This command is switched off on this server. Type \"help\" for all others.")]
    [InlineData("names", "This command is switched off on this server. Type \"help\" for all others.")]
    public void A_call_that_the_rules_forbid_is_stopped_by_any_name(string line, string answer) =>
        Assert.Equal([answer], _world.Chat.Connect().Type(line).ReadTexts());

    [Fact]
    public void Registered_users_and_operators_may_what_is_for_them()
    {
        SimulatedClient alice = _world.Member("alice");
        SimulatedClient bob = _world.Guest("bob", "192.0.2.9");

        alice.Type("broadcast hi");
        Assert.Equal(["(all) alice hi"], bob.ReadTexts().TakeLast(1));
        Assert.Equal(["Only operators can do that."], alice.Type("url bob http://example.org/").ReadTexts());
        Assert.DoesNotContain(_world.Answers("url bob http://example.org/"), line => line.StartsWith("Only", StringComparison.Ordinal));
        Assert.StartsWith("This command is switched off", _world.Answers("fib bob 5")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Help_completion_and_suggestions_know_the_rules()
    {
        SimulatedClient guest = _world.Chat.Connect();
        string[] names = [.. guest.Type("help").ReadTexts().Select(line => line.Trim().Split(' ')[0])];

        Assert.DoesNotContain("fib", names);
        Assert.DoesNotContain("w", names);
        Assert.DoesNotContain("broadcast", names);
        Assert.Contains("broadcast", _world.Answers("help").Select(line => line.Trim().Split(' ')[0]));
        Assert.Equal("Only registered users can do that.", guest.Type("help broadcast").ReadTexts()[^1]);
        Assert.Equal("Unknown command: broadcats", guest.Type("broadcats x").ReadTexts()[0]);
        Assert.Equal(["Unknown command: broadcats. Did you mean broadcast?"], _world.Answers("broadcats x")[..1]);
    }

    [Fact]
    public void Rules_change_while_the_server_runs()
    {
        SimulatedClient guest = _world.Chat.Connect();
        _world.Options.Disable = [];
        _world.Options.Require = [];
        _world.Chat.InLoop(_world.Chat.Port.TakeOn);

        Assert.StartsWith("Online users: ", guest.Type("w").ReadTexts()[0], StringComparison.Ordinal);
        Assert.True(_world.Chat.Server.Chat.Rules.IsEmpty);
    }

    [Theory]
    [InlineData("--require", "nonsense=operator", "require: there is no command 'nonsense'; help lists all")]
    [InlineData("--require", "quit=registered", "require: everyone needs quit; leave it out")]
    [InlineData("--require", "notice=everyone", "require: notice is for operators only, which cannot be lowered to everyone")]
    [InlineData("--disable", "nonsense", "disable: there is no command 'nonsense'; help lists all")]
    [InlineData("--disable", "HELP", "disable: everyone needs help; leave it out")]
    [InlineData("--disable", "exit", "disable: everyone needs quit; leave it out")]
    [InlineData("--require", "fib", "--require: 'fib' is not allowed; use COMMAND=everyone, registered or operator, separated by commas, or none")]
    [InlineData("--require", "fib=king", "--require: 'fib=king' is not allowed; use COMMAND=everyone, registered or operator, separated by commas, or none")]
    [InlineData("--require", "fib=operator,FIB=registered", "--require: 'fib=operator' and 'FIB=registered' overlap; leave one of them out")]
    [InlineData("--operators", "1x", "--operators: '1x' is not allowed; use names of accounts, separated by commas, or none")]
    public void Wrong_rules_are_named_at_start(string option, string value, string problem) => Assert.Equal(
        [problem], Assert.IsType<StartRequest.Refuse>(ChatConfiguration.Read([option, value], [], CommandRules.ProblemsOf)).Problems);

    [Fact]
    public void The_rules_are_read_and_shown_as_one_writes_them()
    {
        ChatOptions options = Assert.IsType<StartRequest.Serve>(ChatConfiguration.Read(
            ["--require", "broadcast=Registered, url=operator", "--disable", "fib,w", "--operators", "alice,bob"], [], CommandRules.ProblemsOf)).Options;

        Assert.Equal(
            ["alice,bob", "broadcast=registered,url=operator", "fib,w"], OperatorOptionCatalog.All.Select(option => option.Show(options)));
        Assert.Equal(UserLevel.Operator, CommandRules.Of(options).Find("URL"u8));
    }
}
