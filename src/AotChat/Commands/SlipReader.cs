using System.Buffers;
using System.Text;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>
/// Reads a line for what was meant: past punctuation and what nobody sees, and with the wide letters of an input method
/// as the ones that they stand for.
/// </summary>
/// <param name="text">The line.</param>
/// <param name="separates">Whether characters without width end a word, or are passed over inside of it.</param>
internal ref struct SlipReader(ReadOnlySpan<byte> text, bool separates)
{
    /// <summary>The longest word that it reads, in bytes: no command and no name is longer.</summary>
    public const int LongestWord = 24;

    // U+FF01 to U+FF5E are the wide forms of ASCII.
    private const int FirstWide = 0xFF01;
    private const int LastWide = 0xFF5E;
    private const int FromWide = 0xFEE0;

    // What may stick to a name without being text: "tell bob!"
    private static readonly SearchValues<byte> Punctuation = SearchValues.Create(",.:;!?'\")-"u8);

    private ReadOnlySpan<byte> _text = text;

    /// <summary>Whether the next word is marked as a room.</summary>
    public readonly bool IsAtRoomMark => Blank.TrimStart(_text) is [(byte)'#', ..];

    /// <summary>Whether anything that can be seen is left, beside punctuation that sticks to the last word.</summary>
    public readonly bool HoldsText
    {
        get
        {
            int attached = _text.IndexOfAnyExcept(Punctuation);
            return attached >= 0 && !Blank.Trim(_text[attached..]).IsEmpty;
        }
    }

    /// <summary>The text from its first letter or digit on.</summary>
    public static ReadOnlySpan<byte> FromFirstWord(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
            if (Blank.BeginsWord(rune))
            {
                break;
            }

            text = text[consumed..];
        }

        return text;
    }

    /// <summary>Reads letters and digits; returns how many, 0 where they are too many for a command.</summary>
    public int ReadCommand(scoped Span<byte> word) => Read(word, static letter => char.IsAsciiLetterOrDigit(letter));

    /// <summary>Reads a name, without dots and dashes at its end; returns its length, 0 where it is none.</summary>
    public int ReadName(scoped Span<byte> word)
    {
        int length = Read(word, static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
        return word[..length].TrimEnd("._-"u8).Length;
    }

    /// <summary>Passes over a comma behind a name, where another name follows.</summary>
    /// <param name="mayHaveBlanks">Whether blanks may stand behind it.</param>
    public bool TrySkipComma(bool mayHaveBlanks)
    {
        if (_text is not [(byte)',', .. var behind] || (!mayHaveBlanks && Blank.LengthAt(behind) > 0) || Blank.Trim(behind).IsEmpty)
        {
            return false;
        }

        _text = behind;
        return true;
    }

    private int Read(scoped Span<byte> word, Func<char, bool> belongs)
    {
        // Past blanks, punctuation, symbols, marks and U+FFFD. A letter of another script begins a word of its own.
        _text = FromFirstWord(_text);
        int length = 0;
        while (!_text.IsEmpty)
        {
            Rune.DecodeFromUtf8(_text, out Rune rune, out int consumed);
            char letter = (char)(rune.Value is >= FirstWide and <= LastWide ? rune.Value - FromWide : Math.Min(rune.Value, char.MaxValue));
            if (belongs(letter))
            {
                if (length == word.Length)
                {
                    return 0;
                }

                word[length++] = (byte)letter;
            }
            else if (separates || Blank.ZeroWidthLengthAt(_text) == 0)
            {
                break;
            }

            _text = _text[consumed..];
        }

        return length;
    }
}
