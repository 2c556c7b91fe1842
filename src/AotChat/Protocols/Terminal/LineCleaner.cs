using System.Buffers;
using System.Text;
using AotChat.Chat;

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

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [(byte)'\t', .. Enumerable.Range(0x20, 0x7F - 0x20).Select(value => (byte)value)]);

    // Made with the first line that is not plain: many servers never see one.
    private byte[]? _text;
    private byte[]? _literal;

    /// <summary>Cleans one line without its end.</summary>
    public TypedLine Clean(ReadOnlySpan<byte> line)
    {
        int plain = line.IndexOfAnyExcept(Plain);
        if (plain < 0)
        {
            return new TypedLine(line, default, LineFaults.None);
        }

        _text ??= new byte[maxLineBytes * TerminalText.MaxGrowth];
        int length = Clean(line, plain, _text, takesSequences: true, out LineFaults faults, out bool hasSequences);
        ReadOnlySpan<byte> literal = default;
        if (hasSequences)
        {
            _literal ??= new byte[maxLineBytes * TerminalText.MaxGrowth];
            literal = _literal.AsSpan(0, Clean(line, plain, _literal, takesSequences: false, out _, out _));
        }

        return new TypedLine(_text.AsSpan(0, length), literal, faults);
    }

    private static int Clean(
        ReadOnlySpan<byte> line, int plain, Span<byte> destination, bool takesSequences, out LineFaults faults, out bool hasSequences)
    {
        faults = LineFaults.None;
        hasSequences = false;
        EscapeSequence sequence = default;
        line[..plain].CopyTo(destination);
        int written = plain;
        line = line[plain..];
        while (!line.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(line, out Rune rune, out int consumed);
            faults |= status == OperationStatus.Done ? LineFaults.None : LineFaults.NotUtf8;
            line = line[consumed..];
            if (takesSequences && Takes(ref sequence, rune.Value, out bool erasesWord))
            {
                hasSequences = true;
                written = erasesWord ? Erasure.WithoutLastWord(destination[..written]) : written;
                continue;
            }

            switch (rune.Value)
            {
                case '\b' or Delete:
                    written = Erasure.WithoutLastCharacter(destination[..written]);
                    break;

                case DeleteWord:
                    written = Erasure.WithoutLastWord(destination[..written]);
                    break;

                case DeleteLine:
                    written = 0;
                    break;

                default:
                    written += TerminalText.IsSafe(rune) ? rune.EncodeToUtf8(destination[written..]) : 0;
                    break;
            }

            // What is plain behind it is copied at once.
            int run = sequence.IsInside ? 0 : line.IndexOfAnyExcept(Plain);
            run = run < 0 ? line.Length : run;
            line[..run].CopyTo(destination[written..]);
            written += run;
            line = line[run..];
        }

        faults |= sequence.IsInString ? LineFaults.CutShort : LineFaults.None;
        return written;
    }

    // Whether the character belongs to a sequence. One that was cut short is offered again, since it may begin another.
    private static bool Takes(ref EscapeSequence sequence, int character, out bool erasesWord)
    {
        EscapeStep step = sequence.Next(character);
        if (step == EscapeStep.Broken)
        {
            step = sequence.Next(character);
        }

        // Alt with the backspace key.
        erasesWord = step == EscapeStep.Ended && sequence is { Kind: EscapeKind.Short, Final: '\b' or (char)Delete };
        return step != EscapeStep.Outside;
    }
}
