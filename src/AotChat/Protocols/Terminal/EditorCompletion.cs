using System.Globalization;
using System.Text;
using AotChat.Configuration;

namespace AotChat.Protocols.Terminal;

/// <summary>What TAB does in a <see cref="LineEditor"/>: completes the word in front of the cursor, or lists what it may become.</summary>
/// <param name="source">Knows what a word may become; null for nothing.</param>
/// <param name="text">The line.</param>
/// <param name="screen">Where the list goes.</param>
internal sealed class EditorCompletion(ICompletion? source, EditorText text, EditorScreen screen)
{
    // Between two words of the list.
    private const int Gap = 2;

    // What the word may become that was not completed; kept for the list.
    private CandidateList? _candidates;

    /// <summary>Completes the word; false where the user has to choose, or where nothing fits. The row is to be drawn anew.</summary>
    public bool TryComplete()
    {
        _candidates = null;
        if (source is null)
        {
            return false;
        }

        CandidateList candidates = new();
        source.Complete(text.BeforeCursor, candidates);
        if (candidates is { Count: 1, IsFull: false })
        {
            return TryReplace(candidates.WordStart, candidates.Common, candidates.Ending.Span);
        }

        if (candidates.Common.Length > text.Cursor - candidates.WordStart)
        {
            TryReplace(candidates.WordStart, candidates.Common, default);
        }

        _candidates = candidates.Count > 0 ? candidates : null;
        return false;
    }

    /// <summary>Lists what there is to choose from above the row; false where there is nothing. The row is to be drawn anew.</summary>
    public bool TryList()
    {
        if (_candidates is null)
        {
            return false;
        }

        Print(_candidates);
        return true;
    }

    /// <summary>Forgets what there is to choose from: another key was pressed.</summary>
    public void Forget() => _candidates = null;

    private bool TryReplace(int wordStart, ReadOnlySpan<byte> word, ReadOnlySpan<byte> ending)
    {
        // A blank is there already where a word in the middle of a line is completed.
        if (ending is [.. var mark, (byte)' '] && text.AfterCursor is [(byte)' ', ..])
        {
            ending = mark;
        }

        int kept = text.All.Length - (text.Cursor - wordStart);
        if (kept + word.Length + ending.Length > text.MaxBytes)
        {
            return false;
        }

        text.Remove(wordStart, text.Cursor);
        return text.TryInsert(word) && text.TryInsert(ending);
    }

    private void Print(CandidateList candidates)
    {
        Span<byte> row = stackalloc byte[ChatOptions.MaxTerminalColumns];
        row = row[..(screen.Columns - 1)];
        int length = 0;
        foreach (byte[] candidate in candidates.Listed)
        {
            Append(candidate, row, ref length);
        }

        int more = candidates.Count - candidates.Listed.Count;
        if (more > 0 || candidates.IsFull)
        {
            string rest = candidates.IsFull ? "... and more" : string.Create(CultureInfo.InvariantCulture, $"... and {more} more");
            Append(Encoding.ASCII.GetBytes(rest), row, ref length);
        }

        screen.Print(row[..length]);
    }

    private void Append(ReadOnlySpan<byte> word, Span<byte> row, ref int length)
    {
        if (length > 0 && length + Gap + word.Length > row.Length)
        {
            screen.Print(row[..length]);
            length = 0;
        }

        if (length > 0)
        {
            row.Slice(length, Gap).Fill((byte)' ');
            length += Gap;
        }

        // Only in a very narrow window is a word longer than a row.
        word = word[..Math.Min(word.Length, row.Length - length)];
        word.CopyTo(row[length..]);
        length += word.Length;
    }
}
