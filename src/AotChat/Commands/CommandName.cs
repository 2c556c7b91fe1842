using System.Text;

namespace AotChat.Commands;

/// <summary>Compares what was typed with the name of a command, for the generated dispatcher.</summary>
internal static class CommandName
{
    /// <summary>The longest name of a command, in bytes; the generator takes none that is longer.</summary>
    public const int MaxLength = 24;

    /// <summary>Whether the word is the name, whatever the case of its letters.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="name">In ASCII.</param>
    public static bool Matches(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(word, name);
}
