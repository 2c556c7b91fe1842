using AotChat.Commands;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Finding one's way among the commands.</summary>
public sealed class HelpSpecs
{
    private readonly SimulatedChat _chat = new();

    [Fact]
    public void Help_lists_every_command_once_by_category_on_one_screen()
    {
        string[] lines = _chat.Connect().Type("help").ReadTexts();

        Assert.InRange(lines.Length, 5, 24);
        Assert.StartsWith("Talking: broadcast, me, msg, ", lines[0], StringComparison.Ordinal);
        Assert.Equal("Help on one: help NAME. In a room commands begin with /, and anything else is said.", lines[^1]);
        Assert.Equal(
            CommandDispatcher.All.ToArray().Select(command => command.Name),
            lines[..^1].SelectMany(line => line.Split(": ")[1].Split(", ")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Help_explains_one_command_with_an_example() => Assert.Equal(
        ["msg USER TEXT", "Sends TEXT to USER alone, or to several: USER,USER.", "Example: msg u1001,u1002 hello there"],
        _chat.Connect().Type("help MSG").ReadTexts());

    [Fact]
    public void Help_knows_commands_by_all_their_names() => Assert.Equal(
        ["color [on|off]", "Shows names in color, and marks yours in what others write. Without on or off, says whether it does.", "Example: color on", "Also: colour"],
        _chat.Connect().Type("help /colour").ReadTexts());

    [Fact]
    public void Every_command_has_an_example_that_calls_it_and_a_category_that_help_knows() =>
        Assert.All(CommandDispatcher.All.ToArray(), command =>
        {
            Assert.Equal(command.Name, command.Example?.Split(' ')[0]);
            Assert.Contains(command.Category, CommandCategory.InOrder);
        });
}
