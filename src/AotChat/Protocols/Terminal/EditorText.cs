using System.Globalization;
using System.Text;
using AotChat.Configuration;

namespace AotChat.Protocols.Terminal;

/// <summary>The line that somebody types, as valid UTF-8 with a cursor in it. Belongs to its <see cref="LineEditor"/>.</summary>
/// <param name="maxBytes">The longest line in bytes.</param>
internal sealed class EditorText(int maxBytes)
{
    private const int FirstBytes = 64;

    // How far a whole character is looked for, in code points: more than any that means something has.
    private const int LongestCharacter = 32;

    private byte[] _bytes = new byte[Math.Min(FirstBytes, maxBytes)];
    private int _length;
    private int _takenLength;

    /// <summary>The longest line in bytes.</summary>
    public int MaxBytes => maxBytes;

    /// <summary>How many bytes its buffer has.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>The whole line.</summary>
    public ReadOnlySpan<byte> All => _bytes.AsSpan(0, _length);

    /// <summary>The text in front of the cursor.</summary>
    public ReadOnlySpan<byte> BeforeCursor => _bytes.AsSpan(0, Cursor);

    /// <summary>The text from the cursor on.</summary>
    public ReadOnlySpan<byte> AfterCursor => _bytes.AsSpan(Cursor, _length - Cursor);

    /// <summary>The line that was taken last; valid until text is inserted.</summary>
    public ReadOnlySpan<byte> Taken => _bytes.AsSpan(0, _takenLength);

    /// <summary>Where the next character goes, in bytes from the beginning.</summary>
    public int Cursor { get; private set; }

    /// <summary>Whether there is no text.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Whether the cursor is behind all text.</summary>
    public bool IsAtEnd => Cursor == _length;

    /// <summary>Inserts text at the cursor; false where the line would be too long.</summary>
    /// <param name="text">Valid UTF-8 without control characters.</param>
    public bool TryInsert(ReadOnlySpan<byte> text)
    {
        int length = _length + text.Length;
        if (length > maxBytes)
        {
            return false;
        }

        _takenLength = 0;
        if (_length == 0 && _bytes.Length > ChatOptions.EditorLineKept && length <= ChatOptions.EditorLineKept)
        {
            // A long line leaves no large buffer behind.
            _bytes = new byte[Math.Min(FirstBytes, maxBytes)];
        }

        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(Math.Max(length, _bytes.Length * 2), maxBytes));
        }

        _bytes.AsSpan(Cursor, _length - Cursor).CopyTo(_bytes.AsSpan(Cursor + text.Length));
        text.CopyTo(_bytes.AsSpan(Cursor));
        _length = length;
        Cursor += text.Length;
        return true;
    }

    /// <summary>Removes the text between two offsets and puts the cursor there; false where there is none.</summary>
    public bool Remove(int from, int to)
    {
        if (from == to)
        {
            return false;
        }

        _bytes.AsSpan(to, _length - to).CopyTo(_bytes.AsSpan(from));
        _length -= to - from;
        Cursor = from;
        return true;
    }

    /// <summary>Puts the cursor somewhere, at the beginning of a character; false where it is there already.</summary>
    public bool MoveTo(int offset)
    {
        bool moves = offset != Cursor;
        Cursor = offset;
        return moves;
    }

    /// <summary>Replaces the line; the cursor is behind it.</summary>
    public void Set(ReadOnlySpan<byte> text)
    {
        Clear();
        TryInsert(text);
    }

    /// <summary>Forgets the line.</summary>
    public void Clear()
    {
        _length = 0;
        Cursor = 0;
    }

    /// <summary>Clears the line, which is <see cref="Taken"/> from now on.</summary>
    public void Take()
    {
        _takenLength = _length;
        Clear();
    }

    /// <summary>Where the character in front of the cursor begins: a letter with its marks, an emoji with what is joined to it.</summary>
    public int Previous() => Erasure.WithoutLastCharacter(BeforeCursor);

    /// <summary>Where the character at the cursor ends.</summary>
    public int Next()
    {
        int end = Cursor;
        for (int left = LongestCharacter; end < _length && left > 0; left--)
        {
            // Nothing in front of ASCII joins it.
            if (end > Cursor && _bytes[end] < 0x80)
            {
                break;
            }

            end += FirstLength(_bytes.AsSpan(end, _length - end));
        }

        if (end - Cursor <= 1)
        {
            return end;
        }

        Span<char> characters = stackalloc char[LongestCharacter * 2];
        characters = characters[..Encoding.UTF8.GetChars(_bytes.AsSpan(Cursor, end - Cursor), characters)];
        return Cursor + Encoding.UTF8.GetByteCount(characters[..StringInfo.GetNextTextElementLength(characters)]);
    }

    /// <summary>Where the word in front of the cursor begins; what stands between blanks is a word.</summary>
    public int PreviousWord() => Erasure.WithoutLastWord(BeforeCursor);

    /// <summary>Where the word at or behind the cursor ends.</summary>
    public int NextWord()
    {
        int start = AfterCursor.IndexOfAnyExcept((byte)' ');
        int length = start < 0 ? -1 : AfterCursor[start..].IndexOf((byte)' ');
        return length < 0 ? _length : Cursor + start + length;
    }

    private static int FirstLength(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out _, out int length);
        return length;
    }
}
