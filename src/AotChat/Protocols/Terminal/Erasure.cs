using System.Globalization;
using System.Text;
using AotChat.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>Takes characters back from the end of a text: as much as a person sees as one.</summary>
internal static class Erasure
{
    // In bytes; a family of four in one emoji has 25. A hostile pile of marks is taken back in steps.
    private const int LongestCharacter = 40;

    /// <summary>The length of the text without its last character, its combining marks and joined parts included.</summary>
    /// <param name="text">Valid UTF-8.</param>
    public static int WithoutLastCharacter(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[^1] < 0x80)
        {
            return Math.Max(0, text.Length - 1);
        }

        Rune.DecodeLastFromUtf8(text, out Rune rune, out int length);
        if (StandsAlone(rune))
        {
            return text.Length - length;
        }

        // The last text element (Unicode Standard Annex 29) of what is looked at.
        ReadOnlySpan<byte> end = text[StartOfEnd(text)..];
        Span<char> letters = stackalloc char[LongestCharacter + sizeof(int)];
        ReadOnlySpan<char> left = letters[..Encoding.UTF8.GetChars(end, letters)];
        ReadOnlySpan<char> last = left;
        while (!left.IsEmpty)
        {
            last = left[..StringInfo.GetNextTextElementLength(left)];
            left = left[last.Length..];
        }

        return text.Length - Encoding.UTF8.GetByteCount(last);
    }

    /// <summary>The length of the text without its last word and the blanks behind it.</summary>
    /// <param name="text">Valid UTF-8.</param>
    public static int WithoutLastWord(ReadOnlySpan<byte> text)
    {
        text = TrimEnd(text, isBlank: true);
        return TrimEnd(text, isBlank: false).Length;
    }

    // Latin letters and Chinese characters, which are most of all: nothing in front of them is a part of them.
    private static bool StandsAlone(Rune rune) => rune.Value is < 0x0300 or (>= 0x3400 and < 0xA000);

    private static int StartOfEnd(ReadOnlySpan<byte> text)
    {
        int start = Math.Max(0, text.Length - LongestCharacter);
        while (start < text.Length && (text[start] & 0xC0) == 0x80)
        {
            start++;
        }

        return start;
    }

    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text, bool isBlank)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeLastFromUtf8(text, out Rune rune, out int length);
            if (Blank.IsBlank(rune) != isBlank)
            {
                break;
            }

            text = text[..^length];
        }

        return text;
    }
}
