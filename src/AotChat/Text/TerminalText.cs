using System.Buffers;
using System.Text;

namespace AotChat.Text;

/// <summary>
/// Makes bytes from outside safe to print on any terminal. This is the one place where that happens: whatever a user,
/// a job or a peer has sent passes it before it becomes part of a line.
/// </summary>
/// <remarks>
/// <c>nc</c> and <c>telnet</c> print what arrives, so an escape sequence would run on the reader's terminal and a line
/// feed would forge a line of the server's. Kept: printable ASCII, TAB and all other valid UTF-8. Replaced by U+FFFD:
/// invalid UTF-8, each maximal part once. Removed: the C0 controls but TAB, DEL, the C1 controls, the line and
/// paragraph separators (U+2028, U+2029), and the bidirectional embeddings, overrides and isolates (U+202A to U+202E,
/// U+2066 to U+2069), which reorder what a reader sees (CVE-2021-42574).
/// </remarks>
internal static class TerminalText
{
    /// <summary>The most bytes that one byte of input can become: an invalid byte becomes U+FFFD.</summary>
    public const int MaxGrowth = Utf8Copy.MaxGrowth;

    private static readonly SearchValues<byte> Clean = SearchValues.Create([(byte)'\t', .. ByteRange.Of(0x20, 0x7E)]);

    private static readonly Func<Rune, bool> IsKept = IsSafe;

    /// <summary>Copies the safe form of <paramref name="text"/> and returns its length.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="destination">Room for <see cref="MaxGrowth"/> times the length of the text.</param>
    public static int Copy(ReadOnlySpan<byte> text, Span<byte> destination) => Utf8Copy.Copy(text, destination, Clean, IsKept);

    /// <summary>The safe form of <paramref name="text"/> in an array of its own.</summary>
    public static byte[] Copy(ReadOnlySpan<byte> text)
    {
        byte[] safe = new byte[text.Length * MaxGrowth];
        return safe[..Copy(text, safe)];
    }

    /// <summary>Whether a character may be sent to a terminal.</summary>
    public static bool IsSafe(Rune rune) => rune.Value switch
    {
        '\t' => true,
        < 0x20 => false,
        >= 0x7F and < 0xA0 => false,
        >= 0x2028 and <= 0x202E => false,
        >= 0x2066 and <= 0x2069 => false,
        _ => true,
    };
}
