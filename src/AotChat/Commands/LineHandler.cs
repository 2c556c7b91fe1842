using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using AotChat.Chat;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>
/// Lets commands write lines as interpolated strings, <c>$"User not found: {name}"</c>, that become UTF-8 in the
/// line buffer directly, without a string in between. What stands between the holes is the program's own and goes out
/// as it is; every hole is made safe for a terminal. Values are written as C# writes them in the invariant culture.
/// </summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
internal readonly ref struct LineHandler
{
    // More than a number, a time or a GUID has; what is longer is made a string first.
    private const int ShortValue = 128;

    private readonly NoticeComposer _lines;

    /// <summary>Called by the compiler: opens a line.</summary>
    public LineHandler(int literalLength, int formattedCount, CommandContext context)
    {
        _lines = context.BeginLine();
    }

    /// <summary>Called by the compiler for the text between the holes.</summary>
    public void AppendLiteral(string literal) => _lines.AppendLiteral(literal);

    /// <summary>A user's name.</summary>
    public void AppendFormatted(User user) => _lines.AppendName(user.Name);

    /// <summary>A room: <c>#NAME</c>.</summary>
    public void AppendFormatted(Room room)
    {
        _lines.AppendLiteral("#"u8);
        _lines.AppendLiteral(room.Name);
    }

    /// <summary>Text from outside, as UTF-8.</summary>
    public void AppendFormatted(ReadOnlySpan<byte> text) => _lines.AppendText(text);

    /// <inheritdoc cref="AppendFormatted(ReadOnlySpan{byte})"/>
    public void AppendFormatted(byte[] text) => _lines.AppendText(text);

    /// <summary>Text from outside.</summary>
    public void AppendFormatted(string text) => _lines.AppendText(text);

    /// <summary>A number.</summary>
    public void AppendFormatted(int number) => _lines.AppendNumber(number);

    /// <inheritdoc cref="AppendFormatted(int)"/>
    public void AppendFormatted(long number) => _lines.AppendNumber(number);

    /// <summary>A UTF-16 code unit; half of a pair becomes U+FFFD.</summary>
    public void AppendFormatted(char unit)
    {
        Span<byte> utf8 = stackalloc byte[Utf8Copy.MaxGrowth];
        _lines.AppendText(utf8[..Encoding.UTF8.GetBytes(new ReadOnlySpan<char>(in unit), utf8)]);
    }

    /// <summary>A number, a time, or whatever else formats itself as UTF-8: <c>{ratio:0.00}</c>, <c>{delay}</c>. It takes no memory of its own.</summary>
    public void AppendFormatted<T>(T value, string? format = null)
        where T : struct, IUtf8SpanFormattable
    {
        Span<byte> utf8 = stackalloc byte[ShortValue];
        if (value.TryFormat(utf8, out int written, format, CultureInfo.InvariantCulture))
        {
            _lines.AppendText(utf8[..written]);
        }
        else
        {
            _lines.AppendText(TextOf(value, format));
        }
    }

    /// <summary>Any other value: a member of an enum, a <see cref="Uri"/>, what may be null; nothing for null.</summary>
    public void AppendFormatted(object? value, string? format = null) => _lines.AppendText(TextOf(value, format));

    /// <summary>A value in a column: with blanks in front of it or, for a negative width, behind it.</summary>
    public void AppendFormatted(object? value, int alignment, string? format = null)
    {
        string text = TextOf(value, format);
        _lines.AppendText(alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment));
    }

    private static string TextOf(object? value, string? format) => value switch
    {
        byte[] text => Encoding.UTF8.GetString(text),
        IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
