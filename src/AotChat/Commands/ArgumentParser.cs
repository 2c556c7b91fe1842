using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AotChat.Commands;

/// <summary>Turns one word of a command line into a typed argument; pure, and without allocation where the type allows.</summary>
internal static class ArgumentParser
{
    /// <summary>A decimal integer with an optional sign; the whole word, within the range of <see cref="int"/>.</summary>
    public static bool TryInt32(ReadOnlySpan<byte> word, out int value) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>An absolute URL of any scheme; what may be done with it is for the command to say.</summary>
    public static bool TryUri(ReadOnlySpan<byte> word, [NotNullWhen(true)] out Uri? value) =>
        Uri.TryCreate(Text(word), UriKind.Absolute, out value);

    /// <summary>The word as text; invalid UTF-8 becomes U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> word) => Encoding.UTF8.GetString(word);
}
