using System.Buffers.Binary;
using System.Numerics;

namespace AotChat.Commands;

/// <summary>
/// Splits a command line into words, as the generated dispatcher asks for them. Words are separated by one or more
/// spaces or tabs; the rest of the line begins after exactly one of them.
/// </summary>
/// <remarks>
/// The state is one number, and words are returned: a span that is written through a reference is read back before it
/// has been stored, and waiting for that would take as long as all the rest.
/// </remarks>
internal static class ArgumentReader
{
    private const ulong Spaces = 0x2020_2020_2020_2020;
    private const ulong Tabs = 0x0909_0909_0909_0909;

    /// <summary>Whether only white space is left.</summary>
    public static bool IsAtEnd(ReadOnlySpan<byte> line, int at) =>
        at >= line.Length || line[at..].IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    /// <summary>The next word; empty where there is none left.</summary>
    public static ReadOnlySpan<byte> ReadWord(ReadOnlySpan<byte> line, scoped ref int at)
    {
        int start = StartOfWord(line, at);
        at = EndOfWord(line, start);
        return line[start..at];
    }

    /// <summary>
    /// Everything after the one separator behind the previous word; empty where only white space is left, since a text of
    /// blanks says nothing and nobody means to send it.
    /// </summary>
    public static ReadOnlySpan<byte> ReadRest(ReadOnlySpan<byte> line, int at)
    {
        ReadOnlySpan<byte> rest = at < line.Length ? line[(at + 1)..] : default;

        // Most texts begin at once; only one with another blank in front has to be searched.
        return rest is [(byte)' ' or (byte)'\t', ..] && IsAtEnd(rest, 0) ? default : rest;
    }

    /// <summary>Where the next word begins, from there on; the end of the line where there is none left.</summary>
    public static int StartOfWord(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && IsSeparator(line[at]))
        {
            at++;
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
            ulong separators = ZeroBytes(eight ^ Spaces) | ZeroBytes(eight ^ Tabs);
            if (separators != 0)
            {
                return end + (BitOperations.TrailingZeroCount(separators) / 8);
            }

            end += sizeof(ulong);
        }

        while (end < line.Length && !IsSeparator(line[end]))
        {
            end++;
        }

        return end;
    }

    // The highest bit of each byte that is zero; also of some above the lowest of those, which does not matter here.
    private static ulong ZeroBytes(ulong eight) => (eight - 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080;

    private static bool IsSeparator(byte unit) => unit is (byte)' ' or (byte)'\t';
}
