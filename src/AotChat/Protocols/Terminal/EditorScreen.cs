using System.Buffers;
using AotChat.Configuration;

namespace AotChat.Protocols.Terminal;

/// <summary>Draws a line in one row of a terminal, the part around the cursor where it is longer than the row.</summary>
/// <remarks>
/// The row never wraps, so that a redraw needs not know where the cursor is and survives a change of the window's size.
/// It leaves out the last column, where terminals differ. Sent are text, CR, LF, BEL, ESC [ K, ESC [ H and ESC [ 2 J,
/// which every terminal knows.
/// </remarks>
internal sealed class EditorScreen
{
    private ArrayBufferWriter<byte> _output = new();
    private bool _isHidden;

    // Whether the terminal's row has anything in it.
    private bool _isShown;

    // How much of the line is on the row from its beginning on, with the cursor behind it; -1 where the row shows
    // another part, or the cursor is elsewhere. What is typed next is then written without a redraw.
    private int _echoedBytes;
    private int _echoedColumns;

    /// <summary>What is to be sent to the terminal.</summary>
    public ReadOnlySpan<byte> Output => _output.WrittenSpan;

    /// <summary>How wide the terminal is, in columns.</summary>
    public int Columns { get; private set; } = ChatOptions.TerminalColumns;

    /// <summary>Whether what is typed is shown.</summary>
    public bool IsEchoing { get; private set; } = true;

    // The last column stays free.
    private int Room => Columns - 1;

    /// <summary>Forgets what was sent.</summary>
    public void ClearOutput()
    {
        if (_output.Capacity > ChatOptions.EditorRowKept)
        {
            _output = new();
        }
        else
        {
            _output.ResetWrittenCount();
        }
    }

    /// <summary>Takes another width; the row must be drawn anew.</summary>
    /// <param name="columns">What the client says; 0 where it does not know (RFC 1073).</param>
    /// <returns>Whether the width is another than before.</returns>
    public bool Resize(int columns)
    {
        int before = Columns;
        Columns = columns <= 0
            ? ChatOptions.TerminalColumns
            : Math.Clamp(columns, ChatOptions.MinTerminalColumns, ChatOptions.MaxTerminalColumns);
        return Columns != before;
    }

    /// <summary>Switches the echo off or on; the row is erased or drawn.</summary>
    public void SetEcho(EditorText text, bool isEchoing)
    {
        EraseRow();
        IsEchoing = isEchoing;
        Refresh(text, isRedrawn: true);
    }

    /// <summary>Shows the line as it is now, where it is not hidden.</summary>
    /// <param name="text">The line.</param>
    /// <param name="isRedrawn">Whether more has changed than that text was added at the end.</param>
    public void Refresh(EditorText text, bool isRedrawn)
    {
        if (_isHidden || !IsEchoing)
        {
            return;
        }

        if (text.IsEmpty)
        {
            EraseRow();
        }
        else if (isRedrawn || !TryEcho(text))
        {
            Redraw(text);
        }
    }

    /// <summary>Erases the row, so that others' lines can be written from its beginning on; until <see cref="Show"/> it stays so.</summary>
    public void Hide()
    {
        EraseRow();
        _isHidden = true;
    }

    /// <summary>Draws the row again.</summary>
    public void Show(EditorText text)
    {
        if (_isHidden)
        {
            _isHidden = false;
            Refresh(text, isRedrawn: false);
        }
    }

    /// <summary>Leaves the line on the screen, all of it, and goes to a new row.</summary>
    /// <param name="text">The line.</param>
    /// <param name="isRedrawn">As in <see cref="Refresh"/>.</param>
    public void Finish(EditorText text, bool isRedrawn)
    {
        if (text.IsEmpty)
        {
            EraseRow();
        }
        else if (IsEchoing && (_isHidden || isRedrawn || !TryEcho(text)))
        {
            // Erased first: behind text that ends with the row, the terminal would erase its last character.
            EraseRow();
            _output.Write(text.All);
        }

        BeginRow();
    }

    /// <summary>Writes a line of the editor's own instead of the row, and goes to a new one.</summary>
    /// <param name="line">Printable ASCII.</param>
    public void Print(ReadOnlySpan<byte> line)
    {
        EraseRow();
        _output.Write(line);
        BeginRow();
    }

    /// <summary>Clears the screen; the row must be drawn anew.</summary>
    public void Clear()
    {
        _output.Write("\e[H\e[2J"u8);
        ForgetRow();
    }

    /// <summary>Rings the terminal's bell.</summary>
    public void Ring() => _output.Write("\a"u8);

    private bool TryEcho(EditorText text)
    {
        if (_echoedBytes < 0 || !text.IsAtEnd)
        {
            return false;
        }

        ReadOnlySpan<byte> added = text.All[_echoedBytes..];
        int columns = _echoedColumns + CharacterWidth.AtMost(added);
        if (columns > Room)
        {
            return false;
        }

        _output.Write(added);
        _echoedBytes = text.All.Length;
        _echoedColumns = columns;
        _isShown = _echoedBytes > 0;
        return true;
    }

    private void Redraw(EditorText text)
    {
        VisiblePart visible = new(text, Room);
        _output.Write("\r"u8);
        _output.Write(visible.Text);
        _output.Write("\e[K"u8);
        if (visible.Cursor < visible.Text.Length)
        {
            // The terminal itself knows best how wide the text in front of the cursor is.
            _output.Write("\r"u8);
            _output.Write(visible.Text[..visible.Cursor]);
        }

        _echoedBytes = visible.IsWhole && text.IsAtEnd ? visible.Text.Length : -1;
        _echoedColumns = visible.Columns;
        _isShown = true;
    }

    private void EraseRow()
    {
        if (_isShown)
        {
            _output.Write("\r\e[K"u8);
        }

        ForgetRow();
    }

    private void BeginRow()
    {
        _output.Write("\r\n"u8);
        ForgetRow();
    }

    private void ForgetRow()
    {
        _isShown = false;
        _echoedBytes = 0;
        _echoedColumns = 0;
    }
}
