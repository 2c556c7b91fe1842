using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// Writes outgoing lines, <c>[YYYYMMDD HH:MM:SS.ffffff] TEXT\n</c>, one behind the other into a buffer that holds those
/// of one turn of the event loop, so that whoever gets several in a row can be sent them from here. Owned by the loop.
/// </summary>
/// <remarks>
/// One line is open at a time: <see cref="Begin()"/> forgets one that was not closed. What the program itself says goes
/// in as it is; everything else goes through <see cref="AppendText(ReadOnlySpan{byte})"/>, which makes it safe.
/// Whoever wants lines to look otherwise has a <see cref="LineView"/>, which makes its own from these.
/// Nothing is allocated once the buffer has the size of a usual turn.
/// </remarks>
internal sealed class LineComposer : LineBuffer
{
    /// <summary>The length of <c>[YYYYMMDD HH:MM:SS.ffffff] </c> in bytes.</summary>
    public const int StampLength = LineStamp.Length;

    // More than a usual turn needs; what an unusual one has taken beyond it is given back.
    private const int LargestKept = 256 * 1024;

    private readonly TimeProvider _time;
    private readonly List<LineMark> _lines = [];
    private readonly List<NameMark> _names = [];
    private readonly List<LineView> _views = [];

    // A line feed is always kept free at the end, so that closing a line can't fail.
    private int _start;
    private int _length;
    private long _ticks;
    private int _firstName;
    private LineKind _kind;
    private int _textStart;

    public LineComposer(TimeProvider time)
    {
        _time = time;
        Stamp = new LineStamp(() => time.LocalTimeZone);
        Buffer = new byte[4096];
    }

    /// <summary>How many bytes the lines of this turn have.</summary>
    public int Count => _start;

    /// <summary>How many bytes the open line has so far.</summary>
    public int LineLength => _length - _start;

    /// <summary>The time now, in ticks of UTC.</summary>
    public long Now => _time.GetUtcNow().Ticks;

    /// <summary>Writes times of the server's own zone.</summary>
    internal LineStamp Stamp { get; }

    /// <summary>The words of a line's text, for readers who look for their names.</summary>
    internal LineWords Words { get; } = new();

    /// <summary>Opens a line with the present time.</summary>
    public void Begin() => Begin(Now);

    /// <summary>Opens a line with the time of something that was said earlier, in ticks of UTC.</summary>
    public void Begin(long utcTicks)
    {
        _length = _start;
        _ticks = utcTicks;
        _kind = LineKind.Server;
        _textStart = 0;
        DropNamesFrom(_firstName);
        Stamp.Write(utcTicks, Reserve(StampLength));
        _length += StampLength;
    }

    /// <summary>Adds the program's own words, which are ASCII and safe.</summary>
    public void AppendLiteral(string literal)
    {
        Span<byte> destination = Reserve(literal.Length * TerminalText.MaxGrowth);
        _length += Encoding.UTF8.GetBytes(literal, destination);
    }

    /// <summary>Adds bytes that are safe already: the program's own words.</summary>
    public void AppendLiteral(ReadOnlySpan<byte> literal)
    {
        literal.CopyTo(Reserve(literal.Length));
        _length += literal.Length;
    }

    /// <summary>Adds a user's name, which is safe already.</summary>
    public void AppendName(ReadOnlySpan<byte> name)
    {
        _names.Add(new NameMark(LineLength, name.Length));
        AppendLiteral(name);
    }

    /// <summary>Notes that what follows, up to the end of the line, is the text of the user whose name was added first.</summary>
    public void MarkText(LineKind kind)
    {
        _kind = kind;
        _textStart = LineLength;
    }

    /// <summary>Adds text from outside, made safe for a terminal.</summary>
    public void AppendText(ReadOnlySpan<byte> text) =>
        _length += TerminalText.Copy(text, Reserve(text.Length * TerminalText.MaxGrowth));

    /// <summary>Adds text from outside, made safe for a terminal.</summary>
    public void AppendText(string text)
    {
        int count = Encoding.UTF8.GetByteCount(text);
        if (count <= 256)
        {
            Span<byte> utf8 = stackalloc byte[count];
            Encoding.UTF8.GetBytes(text, utf8);
            AppendText(utf8);
        }
        else
        {
            AppendText(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Adds a decimal number.</summary>
    public void AppendNumber(long number)
    {
        bool formatted = Utf8Formatter.TryFormat(number, Reserve(20), out int written);
        Debug.Assert(formatted, "20 bytes hold every 64-bit number.");
        _length += written;
    }

    /// <summary>Adds a time, given in ticks of UTC, by the clock of the one who reads it: <c>YYYYMMDD HH:MM:SS</c>.</summary>
    public void AppendDate(long utcTicks, LineView? reader) => AppendLiteral((reader?.Stamp ?? Stamp).Date(utcTicks));

    /// <summary>Closes the line.</summary>
    public Line End()
    {
        Buffer[_length++] = (byte)'\n';
        Line line = new(_start, _length - _start, _lines.Count);
        _lines.Add(new LineMark(_ticks, _firstName, _names.Count - _firstName, _kind, _textStart));
        _start = _length;
        _firstName = _names.Count;
        return line;
    }

    /// <summary>What of a line of this turn may look different to different readers.</summary>
    internal LineMark MarkOf(Line line) => _lines[line.Index];

    /// <summary>The names that stand in a line of this turn, in order.</summary>
    internal ReadOnlySpan<NameMark> NamesOf(LineMark mark) => CollectionsMarshal.AsSpan(_names).Slice(mark.FirstName, mark.NameCount);

    /// <summary>Notes that a view holds lines of this turn.</summary>
    internal void Used(LineView view) => _views.Add(view);

    /// <summary>Forgets all lines: everybody who was to have them has been sent them, or holds a copy.</summary>
    public void Reset()
    {
        _start = 0;
        _lines.Clear();
        _firstName = 0;
        DropNamesFrom(0);
        foreach (LineView view in _views)
        {
            view.Reset();
        }

        _views.Clear();
        Words.Reset();
        if (Buffer.Length > LargestKept)
        {
            Buffer = new byte[LargestKept];
        }
    }

    private void DropNamesFrom(int first) => CollectionsMarshal.SetCount(_names, first);

    private Span<byte> Reserve(int count)
    {
        int needed = _length + count + 1;
        if (needed > Buffer.Length)
        {
            byte[] larger = new byte[Math.Max(needed, Buffer.Length * 2)];
            Buffer.AsSpan(0, _length).CopyTo(larger);
            Buffer = larger;
        }

        return Buffer.AsSpan(_length, count);
    }
}
