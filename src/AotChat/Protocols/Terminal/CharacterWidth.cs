using System.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>How many columns of a terminal text takes at most.</summary>
/// <remarks>
/// A bound, not a measurement: terminals differ in what they make of combining marks, joined emoji and flags, and no
/// table is right for all of them. Text that is said to fit fits on each, so that a row never wraps, and what is drawn
/// does not depend on anything else: the cursor is placed by writing the text in front of it once more.
/// </remarks>
internal static class CharacterWidth
{
    // Nothing before the first Hangul letter is wide in the East Asian Width property of Unicode.
    private const int FirstWide = 0x1100;

    /// <summary>The most columns that a character takes: 1 or 2, and not 0 for a combining mark.</summary>
    public static int AtMost(Rune character) => character.Value < FirstWide ? 1 : 2;

    /// <summary>The most columns that a text takes.</summary>
    /// <param name="text">Valid UTF-8.</param>
    public static int AtMost(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        int columns = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune character, out int length);
            columns += AtMost(character);
            text = text[length..];
        }

        return columns;
    }
}
