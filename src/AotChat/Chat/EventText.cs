using System.Buffers;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>Makes bytes from outside the text of an event: valid UTF-8 without CR, LF and NUL, which end lines or strings in every protocol.</summary>
internal static class EventText
{
    /// <summary>The most bytes that one byte of input can become: an invalid byte becomes U+FFFD.</summary>
    public const int MaxGrowth = Utf8Copy.MaxGrowth;

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. ByteRange.Of(1, (byte)'\n' - 1), .. ByteRange.Of((byte)'\n' + 1, (byte)'\r' - 1), .. ByteRange.Of((byte)'\r' + 1, 0x7F)]);

    private static readonly Func<Rune, bool> IsKept = static rune => rune.Value is not (0 or '\r' or '\n');

    /// <summary>Copies the text and returns its length.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="destination">Room for <see cref="MaxGrowth"/> times the length of the text.</param>
    public static int Copy(ReadOnlySpan<byte> text, Span<byte> destination) => Utf8Copy.Copy(text, destination, Plain, IsKept);
}
