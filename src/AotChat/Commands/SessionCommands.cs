using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Finding one's way in, and out.</summary>
internal static class SessionCommands
{
    /// <summary>Lists the commands. With NAME, explains that command or lists that category.</summary>
    [Command("help", Aliases = ["?", "commands"], Usage = "help [NAME]", Category = CommandCategory.Server, Example = "help msg")]
    internal static void Help(CommandContext context, [Rest] ReadOnlySpan<byte> name = default)
    {
        name = name.Trim(" \t"u8);
        if (name.IsEmpty)
        {
            CommandListing.ShowAll(context);
            return;
        }

        // Some names are both: of "jobs" the command is explained, and then all about jobs is listed.
        name = name is [(byte)'/', _, ..] ? name[1..] : name;
        bool isCommand = TryExplain(context, name);
        if (CommandListing.TryShow(context, name) || isCommand)
        {
            return;
        }

        if (name.ContainsAny(" \t"u8))
        {
            context.InvalidCall("Invalid help parameters: too many words"u8, "help [NAME]"u8);
        }
        else
        {
            context.UnknownCommand(name);
        }
    }

    /// <summary>Shows the message of the day. If there is none, tells you how to go on.</summary>
    [Command("motd", Category = CommandCategory.Server, Example = "motd")]
    internal static void MessageOfTheDay(CommandContext context) => context.TellMessageOfTheDay();

    /// <summary>Clears your screen.</summary>
    [Command("clear", Category = CommandCategory.Terminal, Example = "clear")]
    internal static void Clear(CommandContext context) => context.ClearScreen();

    /// <summary>Leaves the chat. People in your rooms see TEXT.</summary>
    [Command("quit", Aliases = ["exit", "bye", ":q"], Category = CommandCategory.Server, Example = "quit see you tomorrow")]
    internal static void Quit(CommandContext context, [Rest] ReadOnlySpan<byte> text = default) =>
        context.Quit(Permissions.MayHaveLastWords(context.Chat, context.User) ? text : default);

    private static bool TryExplain(CommandContext context, ReadOnlySpan<byte> name)
    {
        foreach (CommandInfo command in CommandDispatcher.All)
        {
            if (command.IsCalled(name))
            {
                Explain(context, command);
                return true;
            }
        }

        return false;
    }

    private static void Explain(CommandContext context, CommandInfo command)
    {
        UserLevel needed = CommandRules.LevelOf(context.Chat.Rules, command);
        context.Reply($"{context.Slash}{command.Usage}");
        context.Reply($"{command.Summary}");
        if (command.Example is { } example)
        {
            context.Reply($"Example: {context.Slash}{example}");
        }

        if (command.Aliases.Length > 0)
        {
            context.Reply($"Also: {string.Join(", ", command.Aliases.Select(alias => context.Slash + alias))}");
        }

        if (needed > context.User.Level)
        {
            context.NotAllowed(needed);
        }
    }
}
