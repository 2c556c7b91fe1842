namespace AotChat.Commands;

/// <summary>Finds commands in the generated table of all of them.</summary>
internal static class CommandTable
{
    /// <summary>The command that a word calls, by its name or an alias, in any case; null where there is none.</summary>
    public static CommandInfo? Find(ReadOnlySpan<byte> word)
    {
        foreach (CommandInfo command in CommandDispatcher.All)
        {
            if (command.IsCalled(word))
            {
                return command;
            }
        }

        return null;
    }
}
