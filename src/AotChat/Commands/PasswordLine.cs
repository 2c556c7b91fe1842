using AotChat.Text;

namespace AotChat.Commands;

/// <summary>Knows which commands take passwords, and which lines have one in them.</summary>
internal static class PasswordLine
{
    /// <summary>The command whose password stands behind a name.</summary>
    public const string LogIn = "login";

    /// <summary>Whether a command takes a password.</summary>
    public static bool IsFor(CommandInfo command) => command.Name is LogIn or "register" or "password" or "unregister";

    /// <summary>Whether a line, typed with a slash or without one, calls such a command with a password.</summary>
    public static bool HoldsPassword(ReadOnlySpan<byte> line)
    {
        line = Blank.TrimStart(line);
        line = line is [(byte)'/', ..] ? line[1..] : line;
        int at = 0;
        if (CommandTable.Find(ArgumentReader.ReadWord(line, ref at)) is not { } command || !IsFor(command))
        {
            return false;
        }

        if (command.Name == LogIn)
        {
            ArgumentReader.ReadWord(line, ref at);
        }

        return !ArgumentReader.IsAtEnd(line, at);
    }
}
