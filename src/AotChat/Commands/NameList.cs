using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>
/// A list of names on one line, or on several where one would be longer than a terminal can take, each with the
/// same words in front.
/// </summary>
/// <param name="context">The context of the reader.</param>
/// <param name="label">What it is a list of.</param>
/// <param name="subject">A name that belongs to the label; may be empty.</param>
internal ref struct NameList(CommandContext context, ReadOnlySpan<byte> label, ReadOnlySpan<byte> subject = default)
{
    // The separator in front of a name, and CR LF.
    private const int AroundBytes = 4;

    // The time in front of a line, and the colour of a name with its end, as a terminal shows them.
    private const int StampBytes = 27;
    private const int ColourBytes = 9;

    private readonly ReadOnlySpan<byte> _label = label;
    private readonly ReadOnlySpan<byte> _subject = subject;

    // What this reader's colours add to a name.
    private readonly int _colourBytes = context.Session.Preferences.HasColours ? ColourBytes : 0;
    private NoticeComposer? _line;
    private int _added;

    /// <summary>Adds a name.</summary>
    public void Add(ReadOnlySpan<byte> name)
    {
        if (_line is not null && StampBytes + _line.Length + _added + name.Length + _colourBytes + AroundBytes > ChatOptions.ListLineBytes)
        {
            End();
        }

        if (_line is null)
        {
            _line = context.BeginLine();
            _line.AppendLiteral(_label);
            _line.AppendLiteral(_subject);
            _line.AppendLiteral(": "u8);
            _added = 0;
        }
        else
        {
            _line.AppendLiteral(", "u8);
        }

        _line.AppendName(name);
        _added += _colourBytes;
    }

    /// <summary>Sends the line; false where there is no name on it.</summary>
    public bool End()
    {
        if (_line is null)
        {
            return false;
        }

        context.Reply(_line);
        _line = null;
        return true;
    }
}
