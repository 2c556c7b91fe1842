using System.Collections.Immutable;
using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>What <c>help</c> says of a command; the table of all of them is generated.</summary>
/// <param name="Name">What a user types.</param>
/// <param name="Aliases">What a user may type instead.</param>
/// <param name="Usage">The name and its parameters: <c>fib USER N</c>.</param>
/// <param name="Summary">What it does; its first sentence says the essential.</param>
/// <param name="Category">The heading that it stands under.</param>
/// <param name="Level">Who may call it.</param>
internal sealed record CommandInfo(
    string Name, ImmutableArray<string> Aliases, string Usage, string Summary, string Category, UserLevel Level)
{
    /// <summary>A call as somebody might type it; null where none is given.</summary>
    public string? Example { get; init; }

    /// <summary>Whether its text is for one alone, and must not slip into a room.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>How many words a call has at least, its name not counted; known of private commands.</summary>
    public int RequiredWords { get; init; }

    /// <summary>Whether this is what a word calls: its name or another of its names, in any case.</summary>
    public bool IsCalled(ReadOnlySpan<byte> word)
    {
        if (Ascii.EqualsIgnoreCase(word, Name))
        {
            return true;
        }

        foreach (string alias in Aliases)
        {
            if (Ascii.EqualsIgnoreCase(word, alias))
            {
                return true;
            }
        }

        return false;
    }
}
