using System.Buffers;

namespace AotChat.Text;

/// <summary>What a name of a user or of a room may consist of.</summary>
internal static class NameRules
{
    /// <summary>The longest name in characters, which are bytes: as long as a name stays readable in front of a line.</summary>
    public const int MaxLength = 24;

    /// <summary>What the rules are, to follow a refusal.</summary>
    public const string Text = "a name has 1 to 24 ASCII letters, digits, _ - or . and begins with a letter";

    /// <summary>A name as one may write it to make clear that it is one: <c>@alice</c>. No name begins with the mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> name) => name is [(byte)'@', ..] ? name[1..] : name;

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."u8);

    /// <summary>1 to 24 ASCII letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, the first one a letter.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetter((char)name[0]) && !name.ContainsAnyExcept(Allowed);
}
