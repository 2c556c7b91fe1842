using System.Globalization;
using System.Text;

namespace AotChat.Text;

/// <summary>
/// Tells the characters that nobody sees: the blanks of every kind, which separate words, and the invisible ones, which
/// may stand at the ends of words. No command may depend on them.
/// </summary>
/// <remarks>
/// Blanks are Unicode's space separators, TAB, and what looks like a space or like nothing at all: the Braille blank, the
/// Hangul fillers, the zero-width space, the word joiner, the byte order mark. Invisible are the other characters of the
/// property Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties.txt) and the interlinear marks. Those have a
/// meaning inside of words, such as the joiners of Persian and of emoji, and so do not separate them.
/// </remarks>
internal static class Blank
{
    /// <summary>The length in bytes of the blank that begins a text; 0 where none does.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text) => LengthAt(text, IsBlank);

    /// <summary>The length in bytes of the blank or invisible character that begins a text; 0 where none does.</summary>
    public static int UnseenLengthAt(ReadOnlySpan<byte> text) => LengthAt(text, IsUnseen);

    /// <summary>The length in bytes of the character without width that begins a text; 0 where none does.</summary>
    public static int ZeroWidthLengthAt(ReadOnlySpan<byte> text) => LengthAt(text, IsZeroWidth);

    /// <summary>The text without the blanks and invisible characters in front.</summary>
    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        while (UnseenLengthAt(text) is var length and > 0)
        {
            text = text[length..];
        }

        return text;
    }

    /// <summary>The text without the blanks and invisible characters in front and behind.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        text = TrimStart(text);
        while (!text.IsEmpty)
        {
            Rune.DecodeLastFromUtf8(text, out Rune last, out int length);
            if (!IsUnseen(last))
            {
                break;
            }

            text = text[..^length];
        }

        return text;
    }

    /// <summary>Whether nothing of a character is seen, be it a blank or invisible.</summary>
    public static bool IsUnseen(Rune rune) => IsBlank(rune) || IsInvisible(rune);

    /// <summary>Whether a character is a letter or a digit that is seen, so that it can begin a word.</summary>
    public static bool BeginsWord(Rune rune) => Rune.IsLetterOrDigit(rune) && !IsUnseen(rune);

    /// <summary>Whether a character separates words.</summary>
    public static bool IsBlank(Rune rune) => rune.Value switch
    {
        ' ' or '\t' => true,
        < 0x80 => false,
        0x115F or 0x1160 or 0x180E or 0x200B or 0x2060 or 0x2800 or 0x3164 or 0xFEFF or 0xFFA0 => true,
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator,
    };

    private static bool IsZeroWidth(Rune rune) => rune.Value is 0x180E or 0x200B or 0x2060 or 0xFEFF || IsInvisible(rune);

    private static bool IsInvisible(Rune rune) => rune.Value switch
    {
        < 0x80 => false,
        0x00AD or 0x034F or 0x061C or 0x17B4 or 0x17B5 => true,
        >= 0x180B and <= 0x180F => true,
        >= 0x200B and <= 0x200F => true,
        >= 0x202A and <= 0x202E => true,
        >= 0x2060 and <= 0x206F => true,
        >= 0xFE00 and <= 0xFE0F => true,
        0xFEFF => true,
        >= 0xFFF0 and <= 0xFFFB => true,
        >= 0x1BCA0 and <= 0x1BCA3 => true,
        >= 0x1D173 and <= 0x1D17A => true,
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => false,
    };

    private static int LengthAt(ReadOnlySpan<byte> text, Func<Rune, bool> belongs)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        if (text[0] < 0x80)
        {
            return text[0] is (byte)' ' or (byte)'\t' && belongs(new Rune(text[0])) ? 1 : 0;
        }

        Rune.DecodeFromUtf8(text, out Rune rune, out int length);
        return belongs(rune) ? length : 0;
    }
}
