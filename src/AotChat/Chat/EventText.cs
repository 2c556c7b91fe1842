using System.Buffers;
using System.Text;

namespace AotChat.Chat;

/// <summary>Makes bytes from outside the text of an event: valid UTF-8 without CR, LF and NUL, which end lines or strings in every protocol.</summary>
internal static class EventText
{
    /// <summary>The most bytes that one byte of input can become: an invalid byte becomes U+FFFD.</summary>
    public const int MaxGrowth = 3;

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(1, 0x7F).Where(value => value is not ('\r' or '\n')).Select(value => (byte)value)]);

    /// <summary>Copies the text and returns its length.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="destination">Room for <see cref="MaxGrowth"/> times the length of the text.</param>
    public static int Copy(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                text.CopyTo(destination[written..]);
                return written + text.Length;
            }

            text[..plain].CopyTo(destination[written..]);
            written += plain;
            text = text[plain..];

            // Invalid input decodes as U+FFFD, which is what replaces it.
            Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
            if (rune.Value is not (0 or '\r' or '\n'))
            {
                written += rune.EncodeToUtf8(destination[written..]);
            }

            text = text[consumed..];
        }
    }
}
