using System.Text;
using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>What the options <c>require</c> and <c>disable</c> make of the commands.</summary>
internal static class CommandRules
{
    /// <summary>Without these nobody could find out what there is, leave, or become somebody who may do more.</summary>
    private static readonly string[] Needed = ["help", "login", "quit"];

    /// <summary>Reads the rules; what is wrong with them was told by <see cref="ProblemsOf"/> before.</summary>
    public static CallRules Of(ChatOptions options)
    {
        Dictionary<string, UserLevel> levels = [];
        foreach (CommandRequirement requirement in options.Require)
        {
            foreach (string name in NamesOf(requirement.Command))
            {
                levels[name] = LevelOf(requirement.Level);
            }
        }

        foreach (string name in options.Disable.SelectMany(NamesOf))
        {
            levels[name] = CallRules.Nobody;
        }

        return levels.Count == 0 ? CallRules.None : new CallRules(levels);
    }

    /// <summary>What is wrong with the two options, in words for the operator.</summary>
    public static IEnumerable<string> ProblemsOf(ChatOptions options) =>
        options.Require.Select(ProblemOf).Concat(options.Disable.Select(ProblemOf)).OfType<string>();

    /// <summary>The level that a caller of a command needs.</summary>
    public static UserLevel LevelOf(CallRules rules, CommandInfo command)
    {
        Span<byte> name = stackalloc byte[CommandName.MaxLength];
        return rules.Find(name[..Encoding.ASCII.GetBytes(command.Name, name)]) ?? command.Level;
    }

    /// <summary>Whether somebody of a level may call a command, and is told of it.</summary>
    public static bool MayCall(CallRules rules, CommandInfo command, UserLevel level) =>
        rules.IsEmpty ? command.Level <= level : LevelOf(rules, command) <= level;

    private static string? ProblemOf(CommandRequirement requirement)
    {
        if (Find(requirement.Command) is not { } command)
        {
            return $"require: there is no command '{SafeText.Of(requirement.Command)}'; help lists all";
        }

        UserLevel level = LevelOf(requirement.Level);
        return level > UserLevel.Everyone && Needed.Contains(command.Name)
            ? $"require: everyone needs {command.Name}; leave it out"
            : level < command.Level
            ? $"require: {command.Name} is for {WordOf(command.Level)}s only, which cannot be lowered to {requirement.Level}"
            : null;
    }

    private static string? ProblemOf(string name) => Find(name) switch
    {
        null => $"disable: there is no command '{SafeText.Of(name)}'; help lists all",
        { } command when Needed.Contains(command.Name) => $"disable: everyone needs {command.Name}; leave it out",
        _ => null,
    };

    private static string WordOf(UserLevel level) => level == UserLevel.Registered ? "registered user" : "operator";

    private static UserLevel LevelOf(string word) => word switch
    {
        CommandRequirement.Operator => UserLevel.Operator,
        CommandRequirement.Registered => UserLevel.Registered,
        _ => UserLevel.Everyone,
    };

    private static CommandInfo? Find(string name) => CommandTable.Find(Encoding.UTF8.GetBytes(name));

    private static IEnumerable<string> NamesOf(string name) => Find(name) is { } command ? [command.Name, .. command.Aliases] : [];
}
