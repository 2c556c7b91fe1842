using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace AotChat.Commands;

/// <summary>Turns one word of a command line into a typed argument; pure, and without allocation where the type allows.</summary>
internal static class ArgumentParser
{
    /// <summary>A yes (<c>yes</c>, <c>on</c>, <c>true</c>, <c>1</c>) or a no (<c>no</c>, <c>off</c>, <c>false</c>, <c>0</c>), in any case.</summary>
    public static bool TryBoolean(ReadOnlySpan<byte> word, out bool value)
    {
        value = Ascii.EqualsIgnoreCase(word, "yes"u8) || Ascii.EqualsIgnoreCase(word, "on"u8)
            || Ascii.EqualsIgnoreCase(word, "true"u8) || word.SequenceEqual("1"u8);
        return value || Ascii.EqualsIgnoreCase(word, "no"u8) || Ascii.EqualsIgnoreCase(word, "off"u8)
            || Ascii.EqualsIgnoreCase(word, "false"u8) || word.SequenceEqual("0"u8);
    }

    /// <summary>A decimal integer with an optional sign; the whole word, within the range of <see cref="int"/>.</summary>
    public static bool TryInt32(ReadOnlySpan<byte> word, out int value) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>A decimal integer with an optional sign; the whole word, within the range of <see cref="long"/>.</summary>
    public static bool TryInt64(ReadOnlySpan<byte> word, out long value) =>
        long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>A decimal integer with an optional sign, of any size that a line has room for.</summary>
    public static bool TryBigInteger(ReadOnlySpan<byte> word, out BigInteger value) =>
        BigInteger.TryParse(Text(word), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>A number with a point and an exponent, each optional; never infinite, never not a number.</summary>
    public static bool TryDouble(ReadOnlySpan<byte> word, out double value) =>
        double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    /// <summary>A duration: <c>90s</c>, <c>5m</c>, <c>1h30m</c>.</summary>
    public static bool TryTimeSpan(ReadOnlySpan<byte> word, out TimeSpan value) => DurationText.TryParse(word, out value);

    /// <summary>
    /// A date, or a date and time, as ISO 8601 has them: <c>2024-02-29</c>, <c>2024-02-29T23:59:58.5+01:00</c>. Without
    /// an offset it is UTC.
    /// </summary>
    public static bool TryDateTimeOffset(ReadOnlySpan<byte> word, out DateTimeOffset value)
    {
        value = default;
        if (word.Length > LongestMoment || !Ascii.IsValid(word))
        {
            return false;
        }

        Span<char> text = stackalloc char[LongestMoment];
        int length = Encoding.ASCII.GetChars(word, text);
        return DateTimeOffset.TryParseExact(
            text[..length], Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    /// <summary>An absolute URL of any scheme; what may be done with it is for the command to say.</summary>
    public static bool TryUri(ReadOnlySpan<byte> word, [NotNullWhen(true)] out Uri? value) =>
        Uri.TryCreate(Text(word), UriKind.Absolute, out value);

    /// <summary>The word as text; invalid UTF-8 becomes U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> word) => Encoding.UTF8.GetString(word);

    /// <summary>How many characters the word has: the bytes that begin one.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> word)
    {
        int count = 0;
        foreach (byte unit in word)
        {
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    // 2024-02-29T23:59:58.1234567+01:00
    private const int LongestMoment = 33;

    private static readonly string[] Moments =
    [
        "yyyy-MM-dd",
        "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];
}
