using System.Globalization;
using System.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>The part of a line that a row of a terminal shows: from its beginning as long as the cursor is in it.</summary>
internal readonly ref struct VisiblePart
{
    /// <param name="text">The line.</param>
    /// <param name="columns">How many columns the row has.</param>
    public VisiblePart(EditorText text, int columns)
    {
        int start = FirstVisible(text.BeforeCursor, columns);
        Text = text.All[start..];
        Text = Text[..Fit(Text, columns)];
        Columns = CharacterWidth.AtMost(Text);
        Cursor = BehindMarks(Text, Math.Min(text.Cursor - start, Text.Length));
        IsWhole = Text.Length == text.All.Length;
    }

    /// <summary>What is visible.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Where the cursor is in it, in bytes.</summary>
    public int Cursor { get; }

    /// <summary>How many columns it takes at most.</summary>
    public int Columns { get; }

    /// <summary>Whether the whole line is visible.</summary>
    public bool IsWhole { get; }

    // As much in front of the cursor as fits.
    private static int FirstVisible(ReadOnlySpan<byte> beforeCursor, int columns)
    {
        int start = beforeCursor.Length;
        while (start > 0)
        {
            Rune.DecodeLastFromUtf8(beforeCursor[..start], out Rune character, out int length);
            columns -= CharacterWidth.AtMost(character);
            if (columns < 0)
            {
                return BehindMarks(beforeCursor, start);
            }

            start -= length;
        }

        return 0;
    }

    private static int Fit(ReadOnlySpan<byte> text, int columns)
    {
        int end = 0;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf8(text[end..], out Rune character, out int length);
            columns -= CharacterWidth.AtMost(character);
            if (columns < 0)
            {
                break;
            }

            end += length;
        }

        return end;
    }

    // A letter stays with its marks: written without them it would lose them, and they would land on nothing.
    private static int BehindMarks(ReadOnlySpan<byte> text, int offset)
    {
        while (offset > 0 && offset < text.Length)
        {
            Rune.DecodeFromUtf8(text[offset..], out Rune character, out int length);
            if (Rune.GetUnicodeCategory(character)
                is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format))
            {
                break;
            }

            offset += length;
        }

        return offset;
    }
}
