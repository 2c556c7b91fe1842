using System.Text;

namespace AotChat.Commands;

/// <summary>Finding one's way in, and out.</summary>
internal static class SessionCommands
{
    /// <summary>Lists the commands, or explains one: NAME.</summary>
    [Command("help")]
    internal static void Help(CommandContext context, ReadOnlySpan<byte> name = default)
    {
        ReadOnlySpan<CommandInfo> commands = CommandDispatcher.All;
        if (name.IsEmpty)
        {
            int width = 0;
            foreach (CommandInfo command in commands)
            {
                width = Math.Max(width, command.Usage.Length);
            }

            foreach (CommandInfo command in commands)
            {
                context.Reply($"{command.Usage.PadRight(width)}  {command.Summary}");
            }

            return;
        }

        foreach (CommandInfo command in commands)
        {
            if (Ascii.EqualsIgnoreCase(name, command.Name))
            {
                context.Reply($"{command.Usage}");
                context.Reply($"{command.Summary}");
                return;
            }
        }

        context.UnknownCommand(name);
    }

    /// <summary>Leaves the chat.</summary>
    [Command("quit")]
    internal static void Quit(CommandContext context) => context.Quit();
}
