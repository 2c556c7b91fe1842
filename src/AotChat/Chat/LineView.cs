using System.Buffers;

namespace AotChat.Chat;

/// <summary>
/// How some readers want lines to look: by another clock or none, names in colours. It makes each line that one of them
/// gets from the usual form, once, however many of them there are. Owned by the event loop.
/// </summary>
/// <remarks>
/// Colours are ANSI codes, and only these, which the server itself writes around names; a user's text can't carry any.
/// The buffer is rented for a turn in which there is something to show.
/// </remarks>
internal sealed class LineView : LineBuffer
{
    /// <summary>How many bytes the colour of a name takes, its end included.</summary>
    public const int ColourBytes = 5 + 4;

    // Foreground colours that can be read on black and on white; blue and yellow can't everywhere.
    private static readonly byte[][] Colours =
    [
        "\u001b[31m"u8.ToArray(), "\u001b[32m"u8.ToArray(), "\u001b[35m"u8.ToArray(), "\u001b[36m"u8.ToArray(),
        "\u001b[91m"u8.ToArray(), "\u001b[94m"u8.ToArray(), "\u001b[95m"u8.ToArray(),
    ];

    private readonly LineComposer _lines;
    private int _length;
    private int _lastIndex = -1;
    private Line _last;

    internal LineView(LineComposer lines, LineClock clock, TimeZoneInfo? zone, bool hasColours)
    {
        _lines = lines;
        Clock = clock;
        Zone = zone;
        HasColours = hasColours;
        Stamp = zone is null ? null : new LineStamp(() => zone);
    }

    /// <summary>Which time stands in front of a line.</summary>
    public LineClock Clock { get; }

    /// <summary>The time zone, where the clock is one's.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>Whether names are in colours.</summary>
    public bool HasColours { get; }

    /// <summary>Writes times of <see cref="Zone"/>; null for the server's own.</summary>
    internal LineStamp? Stamp { get; }

    /// <summary>The form that these readers see of a line of this turn; a place in the bytes of this view.</summary>
    public Line Show(Line line)
    {
        if (line.Index != _lastIndex)
        {
            _last = Render(line);
            _lastIndex = line.Index;
        }

        return _last;
    }

    /// <summary>Forgets the lines of the turn and gives the buffer back.</summary>
    internal void Reset()
    {
        ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = [];
        _length = 0;
        _lastIndex = -1;
    }

    private Line Render(Line line)
    {
        LineMark mark = _lines.MarkOf(line);
        ReadOnlySpan<byte> usual = _lines.Bytes(line);
        Reserve(line.Length + (HasColours ? mark.NameCount * ColourBytes : 0));
        int start = _length;
        int done = 0;
        if (Clock == LineClock.Off)
        {
            done = LineStamp.Length;
        }
        else if (Stamp is not null)
        {
            Stamp.Write(mark.Ticks, Buffer.AsSpan(start));
            _length += LineStamp.Length;
            done = LineStamp.Length;
        }

        if (HasColours)
        {
            foreach (NameMark name in _lines.NamesOf(mark))
            {
                Append(usual[done..name.Start]);
                ReadOnlySpan<byte> letters = usual.Slice(name.Start, name.Length);
                Append(ColourOf(letters));
                Append(letters);
                Append("\u001b[0m"u8);
                done = name.Start + name.Length;
            }
        }

        Append(usual[done..]);
        return new Line(start, _length - start, line.Index);
    }

    // The same name has the same colour for everybody and for ever (FNV-1a, which is not randomised).
    private static ReadOnlySpan<byte> ColourOf(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte letter in name)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return Colours[hash % (uint)Colours.Length];
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (Buffer.Length - _length >= count)
        {
            return;
        }

        if (Buffer.Length == 0)
        {
            _lines.Used(this);
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, Buffer.Length * 2));
        Buffer.AsSpan(0, _length).CopyTo(larger);
        if (Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
        }

        Buffer = larger;
    }
}
