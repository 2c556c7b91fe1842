using System.Buffers.Binary;
using System.Numerics;
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
    private const ulong Spaces = 0x2020_2020_2020_2020;
    private const ulong Tabs = 0x0909_0909_0909_0909;
    private const ulong HighestBits = 0x8080_8080_8080_8080;

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
    /// <remarks>Eight bytes at a time: words are so short that this has ended before a vectorised search has begun.</remarks>
    public static int EndOfWord(ReadOnlySpan<byte> line, int start)
    {
        int end = start;
        while (end <= line.Length - sizeof(ulong))
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(line[end..]);
            ulong stops = ZeroBytes(eight ^ Spaces) | ZeroBytes(eight ^ Tabs) | (eight & HighestBits);
            if (stops != 0)
            {
                end += BitOperations.TrailingZeroCount(stops) / 8;
                return line[end] < 0x80 ? end : EndOfUnicodeWord(line, end);
            }

            end += sizeof(ulong);
        }

        while (end < line.Length && !IsSeparator(line[end]))
        {
            if (line[end] >= 0x80)
            {
                return EndOfUnicodeWord(line, end);
            }

            end++;
        }

        return end;
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

    // The highest bit of each byte that is zero; also of some above the lowest of those, which does not matter here.
    private static ulong ZeroBytes(ulong eight) => (eight - 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080;

    private static bool IsSeparator(byte unit) => unit is (byte)' ' or (byte)'\t';
}
