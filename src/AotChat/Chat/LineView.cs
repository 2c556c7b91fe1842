using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AotChat.Chat;

/// <summary>
/// Shows lines in one look. It makes each line that its readers get from the usual form, once, however many readers there
/// are; only a line that is marked for one reader is made for that reader alone. Owned by the event loop.
/// </summary>
/// <remarks>
/// Colours and the bell come from the server alone, since a user's text can't carry any. The buffer is rented for a turn
/// in which there is something to show.
/// </remarks>
internal sealed class LineView : LineBuffer
{
    // A few lines: most turns need no larger one.
    private const int SmallestBuffer = 4096;

    private readonly LineComposer _lines;
    private readonly bool _isShort;
    private int _length;

    // The line that was asked for last, its day where the time is short, and its forms as far as they are made.
    private int _index = -1;
    private LineMark _mark;
    private long _day;
    private Line _shown;
    private Line _shownWithDay;

    internal LineView(LineComposer lines, LineLook look)
    {
        _lines = lines;
        Look = look;
        Stamp = look.Zone is { } zone ? new LineStamp(() => zone) : null;
        _isShort = look.Clock == LineClock.Short;
        MarksForReaders = look.HasColours || look.RingsBell;
    }

    /// <summary>How lines look here.</summary>
    public LineLook Look { get; }

    /// <summary>Whether lines may look different for one of the readers: <see cref="IsMarkedFor"/> is to be asked.</summary>
    public bool MarksForReaders { get; }

    /// <summary>How many readers have this look; <see cref="LineViews"/> alone writes it.</summary>
    internal int Readers { get; set; }

    /// <summary>Writes times of the look's zone; null for the server's own.</summary>
    internal LineStamp? Stamp { get; }

    /// <summary>The form of a line of this turn that all readers of this look share; a place in the bytes of this view.</summary>
    /// <param name="line">The line.</param>
    /// <param name="day">The day of the line that the reader got before, then that of this line; for short times alone.</param>
    public Line Show(Line line, ref long day)
    {
        bool hasDay = TurnTo(line, ref day);
        ref Line shown = ref hasDay ? ref _shownWithDay : ref _shown;
        if (shown.Length == 0)
        {
            shown = Render(line, hasDay, default);
        }

        return shown;
    }

    /// <summary>The form of a line of this turn that is marked for one reader. Valid until the next line is shown.</summary>
    /// <param name="line">The line, where <see cref="IsMarkedFor"/> says so.</param>
    /// <param name="reader">The reader's name.</param>
    /// <param name="day">As with <see cref="Show"/>.</param>
    public ReadOnlySpan<byte> ShowMarked(Line line, ReadOnlySpan<byte> reader, ref long day)
    {
        Line shown = Render(line, TurnTo(line, ref day), reader);
        _length = shown.Start;
        return Bytes(shown);
    }

    /// <summary>Whether one reader sees a line otherwise than the others of this look: another user's text names the reader, or rings.</summary>
    public bool IsMarkedFor(Line line, ReadOnlySpan<byte> reader)
    {
        TurnTo(line);
        ReadOnlySpan<byte> usual = _lines.Bytes(line);
        if (_mark.TextStart == 0 || Ascii.EqualsIgnoreCase(AuthorOf(usual), reader))
        {
            return false;
        }

        _lines.Words.Read(line.Index, usual, _mark.TextStart);
        int next = 0;
        bool isNamed = _lines.Words.TryFind(usual, reader, ref next, out _);
        return (isNamed && Look.HasColours) || Rings(isNamed);
    }

    /// <summary>The day of a time, given in ticks of UTC, to compare with those of lines.</summary>
    internal long DayOf(long utcTicks)
    {
        Span<byte> stamp = stackalloc byte[LineStamp.Length];
        (Stamp ?? _lines.Stamp).Write(utcTicks, stamp);
        return BinaryPrimitives.ReadInt64BigEndian(stamp[LineStamp.DateAt..]);
    }

    /// <summary>Forgets the lines of the turn and gives the buffer back.</summary>
    internal void Reset()
    {
        ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = [];
        _length = 0;
        _index = -1;
    }

    // Whether the line shows its day.
    private bool TurnTo(Line line, ref long day)
    {
        TurnTo(line);
        if (!_isShort || _day == day)
        {
            return false;
        }

        day = _day;
        return true;
    }

    private void TurnTo(Line line)
    {
        if (line.Index != _index)
        {
            _index = line.Index;
            _mark = _lines.MarkOf(line);
            _day = _isShort ? DayOf(_mark.Ticks) : 0;
            _shown = default;
            _shownWithDay = default;
        }
    }

    private Line Render(Line line, bool hasDay, ReadOnlySpan<byte> reader)
    {
        ReadOnlySpan<byte> usual = _lines.Bytes(line)[..^1];
        int start = _length;
        AppendTime(usual, hasDay);
        if (Look.MarksBroadcasts && _mark.Kind == LineKind.Broadcast)
        {
            Append("(all) "u8);
        }

        int done = LineStamp.Length;
        if (Look.HasColours)
        {
            foreach (NameMark name in _lines.NamesOf(_mark))
            {
                Append(usual[done..name.Start]);
                done = AppendIn(LineColours.Of(usual.Slice(name.Start, name.Length)), usual, name);
            }
        }

        bool isNamed = false;
        int next = 0;
        while (!reader.IsEmpty && _lines.Words.TryFind(usual, reader, ref next, out NameMark name))
        {
            isNamed = true;
            if (Look.HasColours)
            {
                Append(usual[done..name.Start]);
                done = AppendIn(LineColours.Mention, usual, name);
            }
        }

        Append(usual[done..]);
        Append(!reader.IsEmpty && Rings(isNamed) ? LineColours.Bell : default);
        Append(Look.EndsWithCrLf ? "\r\n"u8 : "\n"u8);
        return new Line(start, _length - start, line.Index);
    }

    private void AppendTime(ReadOnlySpan<byte> usual, bool hasDay)
    {
        if (Look.Clock == LineClock.Off && _mark.Kind != LineKind.History)
        {
            return;
        }

        Span<byte> stamp = stackalloc byte[LineStamp.Length];
        usual[..LineStamp.Length].CopyTo(stamp);
        Stamp?.Write(_mark.Ticks, stamp);
        if (Look.Clock != LineClock.Short)
        {
            Append(stamp);
            return;
        }

        Append("["u8);
        Append(stamp[(hasDay ? LineStamp.DateAt : LineStamp.TimeAt)..LineStamp.MinuteEnd]);
        Append("] "u8);
    }

    // The bell rings for what comes now; what is shown again is only marked.
    private bool Rings(bool isNamed) =>
        Look.RingsBell && (_mark.Kind == LineKind.Direct || (isNamed && _mark.Kind != LineKind.History));

    private ReadOnlySpan<byte> AuthorOf(ReadOnlySpan<byte> usual)
    {
        NameMark author = _lines.NamesOf(_mark)[0];
        return usual.Slice(author.Start, author.Length);
    }

    private int AppendIn(ReadOnlySpan<byte> colour, ReadOnlySpan<byte> usual, NameMark name)
    {
        Append(colour);
        Append(usual.Slice(name.Start, name.Length));
        Append(LineColours.End);
        return name.Start + name.Length;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (Buffer.Length - _length < bytes.Length)
        {
            MakeRoom(bytes.Length);
        }

        bytes.CopyTo(Buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void MakeRoom(int more)
    {
        if (Buffer.Length == 0)
        {
            _lines.Used(this);
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestBuffer, Math.Max(_length + more, Buffer.Length * 2)));
        Buffer.AsSpan(0, _length).CopyTo(larger);
        if (Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
        }

        Buffer = larger;
    }
}
