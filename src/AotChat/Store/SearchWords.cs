using System.Buffers.Text;
using AotChat.Text;

namespace AotChat.Store;

/// <summary>The words by which the search's index knows authors and rooms: letters and digits alone, which it takes as one word.</summary>
internal static class SearchWords
{
    /// <summary>The longest such word.</summary>
    public const int MaxBytes = 2 * NameRules.MaxLength + 20;

    /// <summary>Writes the word of an author: the name's lower-case letters in hexadecimal.</summary>
    public static int WriteAuthor(ReadOnlySpan<byte> name, Span<byte> destination)
    {
        Span<byte> lower = stackalloc byte[NameRules.MaxLength];
        name = name[..Math.Min(name.Length, NameRules.MaxLength)];
        int length = 0;
        foreach (byte letter in name)
        {
            lower[length++] = letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;
        }

        Convert.TryToHexStringLower(lower[..length], destination, out int written);
        return written;
    }

    /// <summary>Writes the word of a room: its number.</summary>
    public static int WriteRoom(long room, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(room, destination, out int written);
        return written;
    }
}
