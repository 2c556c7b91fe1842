using System.Buffers;
using System.Text;

namespace AotChat.Text;

/// <summary>Copies bytes from outside as valid UTF-8, without the characters that a place can't have.</summary>
internal static class Utf8Copy
{
    /// <summary>The most bytes that one byte of input can become: an invalid byte becomes U+FFFD.</summary>
    public const int MaxGrowth = 3;

    /// <summary>Copies the text and returns its length.</summary>
    /// <param name="text">Any bytes; each maximal part that is not UTF-8 becomes one U+FFFD.</param>
    /// <param name="destination">Room for <see cref="MaxGrowth"/> times the length of the text.</param>
    /// <param name="plain">The ASCII bytes that are kept, which are copied a run at a time.</param>
    /// <param name="isKept">Whether any other character is kept.</param>
    public static int Copy(ReadOnlySpan<byte> text, Span<byte> destination, SearchValues<byte> plain, Func<Rune, bool> isKept)
    {
        int written = 0;
        while (true)
        {
            int run = text.IndexOfAnyExcept(plain);
            if (run < 0)
            {
                text.CopyTo(destination[written..]);
                return written + text.Length;
            }

            text[..run].CopyTo(destination[written..]);
            written += run;
            text = text[run..];

            // Invalid input decodes as U+FFFD, which is what replaces it.
            Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
            if (isKept(rune))
            {
                written += rune.EncodeToUtf8(destination[written..]);
            }

            text = text[consumed..];
        }
    }
}
