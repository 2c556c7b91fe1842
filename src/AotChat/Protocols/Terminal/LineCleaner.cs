using System.Buffers;
using System.Text;
using AotChat.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// Makes the text that was meant out of a line as a terminal sent it: takes escape sequences and control characters out,
/// and obeys those that erase. Everything behind it works on the cleaned text alone, so that no decision depends on
/// bytes that nobody sees. Owned by the event loop.
/// </summary>
/// <remarks>
/// BS and DEL erase one character, Ctrl-W a word, Ctrl-U the line, as a terminal's own line editing does (termios(3)).
/// A line of printable ASCII is returned as it is, after one scan.
/// </remarks>
/// <param name="maxLineBytes">The longest line that arrives, in bytes.</param>
internal sealed class LineCleaner(int maxLineBytes)
{
    private const int DeleteLine = 0x15;
    private const int DeleteWord = 0x17;
    private const int Delete = 0x7F;

    private static readonly SearchValues<byte> Plain = SearchValues.Create([(byte)'\t', .. ByteRange.Of(0x20, 0x7E)]);

    private readonly byte[] _heads = new byte[TypedLine.MaxHeads];

    // Made with the first line that is not plain: many servers never see one.
    private byte[]? _text;

    /// <summary>Cleans one line without its end.</summary>
    public TypedLine Clean(ReadOnlySpan<byte> line)
    {
        int plain = line.IndexOfAnyExcept(Plain);
        return plain < 0 ? new TypedLine(line, default, LineFaults.None) : Clean(line, plain);
    }

    private TypedLine Clean(ReadOnlySpan<byte> line, int plain)
    {
        byte[] text = _text ??= new byte[maxLineBytes * TerminalText.MaxGrowth];
        line[..plain].CopyTo(text);
        int written = plain;
        line = line[plain..];
        EscapeSequence sequence = default;
        LineFaults faults = LineFaults.None;
        int heads = 0;
        int front = 0;
        while (!line.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(line, out Rune rune, out int consumed);
            faults |= status == OperationStatus.Done ? LineFaults.None : LineFaults.NotUtf8;
            line = line[consumed..];
            EscapeStep step = sequence.NextAfterBreak(rune.Value);
            if (step == EscapeStep.Outside)
            {
                written = Write(rune, text, written);
            }
            else if (step == EscapeStep.Ended)
            {
                // Alt with the backspace key erases a word.
                written = sequence is { Kind: EscapeKind.Short, Final: '\b' or (char)Delete } ? Erasure.WithoutLastWord(text.AsSpan(0, written)) : written;
                front = EndOfFront(text.AsSpan(0, written), front);
                if (front == written && heads < _heads.Length && char.IsAsciiLetter(sequence.Final))
                {
                    _heads[heads++] = (byte)sequence.Final;
                }
            }

            // What is plain behind it is copied at once.
            int run = sequence.IsInside ? 0 : line.IndexOfAnyExcept(Plain);
            run = run < 0 ? line.Length : run;
            line[..run].CopyTo(text.AsSpan(written));
            written += run;
            line = line[run..];
        }

        faults |= sequence.HidesText ? LineFaults.CutShort : LineFaults.None;
        return new TypedLine(text.AsSpan(0, written), _heads.AsSpan(0, heads), faults);
    }

    // How far the text has no letter and no digit yet, so that a command may still begin; looked at once.
    private static int EndOfFront(ReadOnlySpan<byte> text, int front)
    {
        front = Math.Min(front, text.Length);
        while (front < text.Length)
        {
            Rune.DecodeFromUtf8(text[front..], out Rune rune, out int length);
            if (Blank.BeginsWord(rune))
            {
                break;
            }

            front += length;
        }

        return front;
    }

    private static int Write(Rune rune, byte[] text, int written)
    {
        switch (rune.Value)
        {
            case '\b' or Delete:
                return Erasure.WithoutLastCharacter(text.AsSpan(0, written));

            case DeleteWord:
                return Erasure.WithoutLastWord(text.AsSpan(0, written));

            case DeleteLine:
                return 0;

            default:
                return TerminalText.IsSafe(rune) ? written + rune.EncodeToUtf8(text.AsSpan(written)) : written;
        }
    }
}
