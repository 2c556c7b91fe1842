namespace AotChat.Commands;

/// <summary>Finding one's way in, and out.</summary>
internal static class SessionCommands
{
    /// <summary>Lists the commands, or explains one: NAME.</summary>
    [Command("help", Category = CommandCategory.Server, Example = "help msg")]
    internal static void Help(CommandContext context, ReadOnlySpan<byte> name = default)
    {
        if (name.IsEmpty)
        {
            ListCommands(context);
            return;
        }

        if (name is [(byte)'/', ..])
        {
            name = name[1..];
        }

        foreach (CommandInfo command in CommandDispatcher.All)
        {
            if (command.IsCalled(name))
            {
                Explain(context, command);
                return;
            }
        }

        context.UnknownCommand(name);
    }

    /// <summary>Leaves the chat; whoever shares a room with you reads TEXT.</summary>
    [Command("quit", Category = CommandCategory.Server, Example = "quit see you tomorrow")]
    internal static void Quit(CommandContext context, [Rest] ReadOnlySpan<byte> text = default) => context.Quit(text);

    private static void ListCommands(CommandContext context)
    {
        CommandInfo[] commands = [.. CommandDispatcher.All.ToArray().Where(command => command.Level <= context.User.Level)];
        IEnumerable<string> others = commands.Select(command => command.Category).Order(StringComparer.Ordinal);
        foreach (string category in CommandCategory.InOrder.Concat(others).Distinct())
        {
            CommandInfo[] listed = [.. commands.Where(command => command.Category == category)];
            if (listed.Length > 0)
            {
                context.Reply($"{category}: {string.Join(", ", listed.Select(command => command.Name))}");
            }
        }

        context.Reply($"Help on one: help NAME. In a room commands begin with /, and anything else is said.");
    }

    private static void Explain(CommandContext context, CommandInfo command)
    {
        context.Reply($"{command.Usage}");
        context.Reply($"{command.Summary}");
        if (command.Example is { } example)
        {
            context.Reply($"Example: {example}");
        }

        if (command.Aliases.Length > 0)
        {
            context.Reply($"Also: {string.Join(", ", command.Aliases)}");
        }
    }
}
