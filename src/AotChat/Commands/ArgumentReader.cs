using System.Buffers;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>
/// Splits a command line into words, as the generated dispatcher asks for them. Words are separated by one or more
/// blanks of any kind; the rest of the line begins after exactly one of them. What nobody sees at the ends of a word
/// does not belong to it: see <see cref="Blank"/>.
/// </summary>
/// <remarks>
/// The state is one number, and words are returned: a span that is written through a reference is read back before it
/// has been stored, and waiting for that would take as long as all the rest.
/// </remarks>
internal static class ArgumentReader
{
    // Where a word may end: at a blank of ASCII, and at what is no ASCII, which has to be looked at.
    private static readonly SearchValues<byte> Stops =
        SearchValues.Create([(byte)' ', (byte)'\t', .. ByteRange.Of(0x80, 0xFF)]);

    /// <summary>Whether only blanks are left.</summary>
    public static bool IsAtEnd(ReadOnlySpan<byte> line, int at) => StartOfWord(line, at) >= line.Length;

    /// <summary>The next word; empty where there is none left.</summary>
    public static ReadOnlySpan<byte> ReadWord(ReadOnlySpan<byte> line, scoped ref int at)
    {
        int start = StartOfWord(line, at);
        at = EndOfWord(line, start);
        return line[start..at];
    }

    /// <summary>
    /// Everything after the one blank behind the previous word; empty where only blanks are left, since a text of blanks
    /// says nothing and nobody means to send it.
    /// </summary>
    public static ReadOnlySpan<byte> ReadRest(ReadOnlySpan<byte> line, int at)
    {
        if (at >= line.Length)
        {
            return default;
        }

        ReadOnlySpan<byte> rest = line[at] < 0x80 ? line[(at + 1)..] : AfterGap(line[at..]);

        // Most texts begin at once; only one with another blank in front has to be searched.
        return rest is [<= (byte)' ' or >= 0x80, ..] && IsAtEnd(rest, 0) ? default : rest;
    }

    /// <summary>Where the next word begins, from there on; the end of the line where there is none left.</summary>
    public static int StartOfWord(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length)
        {
            int length = line[at] < 0x80 ? (IsSeparator(line[at]) ? 1 : 0) : Blank.UnseenLengthAt(line[at..]);
            if (length == 0)
            {
                break;
            }

            at += length;
        }

        return at;
    }

    /// <summary>Where the word ends that begins there.</summary>
    public static int EndOfWord(ReadOnlySpan<byte> line, int start)
    {
        int length = line[start..].IndexOfAny(Stops);
        int end = length < 0 ? line.Length : start + length;
        return end == line.Length || line[end] < 0x80 ? end : EndOfUnicodeWord(line, end);
    }

    private static int EndOfUnicodeWord(ReadOnlySpan<byte> line, int at)
    {
        // Invisible characters belong to the word where something of it follows.
        int end = at;
        while (at < line.Length && Blank.LengthAt(line[at..]) == 0)
        {
            int unseen = Blank.UnseenLengthAt(line[at..]);
            at += Math.Max(1, unseen);
            end = unseen > 0 ? end : at;
        }

        return end;
    }

    // Characters without width around the blank are part of the gap, which looks like one space.
    private static ReadOnlySpan<byte> AfterGap(ReadOnlySpan<byte> text)
    {
        while (Blank.ZeroWidthLengthAt(text) is var length and > 0)
        {
            text = text[length..];
        }

        return text[Blank.LengthAt(text)..];
    }

    private static bool IsSeparator(byte unit) => unit is (byte)' ' or (byte)'\t';
}
