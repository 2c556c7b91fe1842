using System.ComponentModel;
using System.Runtime.CompilerServices;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>
/// Lets commands write lines as interpolated strings, <c>$"User not found: {name}"</c>, that become UTF-8 in the
/// line buffer directly, without a string in between. What stands between the holes is the program's own and goes out
/// as it is; every hole is made safe for a terminal.
/// </summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
internal readonly ref struct LineHandler
{
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

    /// <summary>Text from outside.</summary>
    public void AppendFormatted(string text) => _lines.AppendText(text);

    /// <summary>A number.</summary>
    public void AppendFormatted(long number) => _lines.AppendNumber(number);
}
