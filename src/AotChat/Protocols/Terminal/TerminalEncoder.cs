using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// Makes lines of events in one look, <c>[YYYYMMDD HH:MM:SS.ffffff] TEXT\n</c> in the usual one: each event once, however many
/// readers there are; only a line that is marked for one reader is made for that reader alone. Owned by the event loop.
/// </summary>
internal sealed class TerminalEncoder : EventWriter
{
    // A few lines: most turns need no larger one.
    private const int SmallestBuffer = 4096;

    private readonly TerminalEncoders _encoders;
    private readonly bool _isShort;
    private readonly bool _isUsual;

    // The event that was asked for last, its day where the time is short, and its lines as far as they are made.
    private int _index = -1;
    private long _day;
    private Line _shown;
    private Line _shownWithDay;

    internal TerminalEncoder(TerminalEncoders encoders, TerminalLook look, LineStamp stamp)
        : base(look, stamp, encoders.Words)
    {
        _encoders = encoders;
        _isUsual = look == default;
        _isShort = look.Preferences.Clock == LineClock.Short;
        MarksForReaders = look.Preferences.HasColours || look.Preferences.RingsBell;
    }

    /// <summary>Whether lines may look different for one of the readers: <see cref="IsMarkedFor"/> is to be asked.</summary>
    public bool MarksForReaders { get; }

    /// <summary>How many readers have this look; <see cref="TerminalEncoders"/> alone writes it.</summary>
    internal int Readers { get; set; }

    /// <summary>The line that all readers of this look share; a place in the bytes of this encoder.</summary>
    /// <param name="happened">An event of this turn.</param>
    /// <param name="day">The day of the line that the reader got before, then that of this line; for short times alone.</param>
    public Line Encode(ChatEvent happened, ref long day)
    {
        bool hasDay = TurnTo(happened, ref day);
        ref Line shown = ref hasDay ? ref _shownWithDay : ref _shown;
        if (shown.Length == 0)
        {
            shown = Write(happened, hasDay, default);
        }

        return shown;
    }

    /// <summary>The line as the usual look has it, which shows no days.</summary>
    public Line Encode(ChatEvent happened)
    {
        if (happened.Index == _index && _shown.Length > 0)
        {
            // A line for a thousand readers comes here a thousand times.
            return _shown;
        }

        long day = 0;
        return Encode(happened, ref day);
    }

    /// <summary>The line that is marked for one reader. Valid until the next line is made.</summary>
    /// <param name="happened">An event of this turn for which <see cref="IsMarkedFor"/> says so.</param>
    /// <param name="reader">The reader's name.</param>
    /// <param name="day">As with <see cref="Encode(ChatEvent, ref long)"/>.</param>
    public ReadOnlySpan<byte> EncodeMarked(ChatEvent happened, ReadOnlySpan<byte> reader, ref long day)
    {
        Line shown = Write(happened, TurnTo(happened, ref day), reader);
        Count = shown.Start;
        return Bytes(shown);
    }

    /// <summary>Whether one reader sees an event otherwise than the others of this look: another user's text names the reader, or rings.</summary>
    public bool IsMarkedFor(ChatEvent happened, ReadOnlySpan<byte> reader)
    {
        if (!happened.HasAuthorsText || Ascii.EqualsIgnoreCase(happened.Name, reader))
        {
            return false;
        }

        ReadOnlySpan<byte> text = happened.Text;
        Words.Read(happened.Index, text);
        int next = 0;
        bool isNamed = Words.TryFind(text, reader, ref next, out _);
        return (isNamed && Look.Preferences.HasColours) || Rings(happened, isNamed);
    }

    /// <summary>The day of a time, given in ticks of UTC, to compare with those of lines.</summary>
    internal long DayOf(long utcTicks)
    {
        Span<byte> stamp = stackalloc byte[LineStamp.Length];
        Stamp.Write(utcTicks, stamp);
        return BinaryPrimitives.ReadInt64BigEndian(stamp[LineStamp.DateAt..]);
    }

    /// <summary>Forgets the lines of the turn and gives back the buffer, or what of it is more than usual.</summary>
    internal void Reset()
    {
        Count = 0;
        _index = -1;
        if (_isUsual)
        {
            Buffer = Buffer.Length > ChatOptions.TurnBytesKept ? new byte[ChatOptions.TurnBytesKept] : Buffer;
        }
        else
        {
            ArrayPool<byte>.Shared.Return(Buffer);
            Buffer = [];
        }
    }

    // Whether the line shows its day.
    private bool TurnTo(ChatEvent happened, ref long day)
    {
        if (happened.Index != _index)
        {
            _index = happened.Index;
            _day = _isShort ? DayOf(happened.Ticks) : 0;
            _shown = default;
            _shownWithDay = default;
        }

        if (!_isShort || _day == day)
        {
            return false;
        }

        day = _day;
        return true;
    }

    private Line Write(ChatEvent happened, bool hasDay, ReadOnlySpan<byte> reader)
    {
        int start = Count;
        AppendTime(happened, hasDay);
        bool isNamed = AppendBody(happened, reader);
        if (!reader.IsEmpty && Rings(happened, isNamed))
        {
            Append(LineColours.Bell);
        }

        Append(Look.EndsWithCrLf ? "\r\n"u8 : "\n"u8);
        return new Line(start, Count - start);
    }

    /// <inheritdoc/>
    protected override void Grow(int size)
    {
        size = Math.Max(SmallestBuffer, Math.Max(size, Buffer.Length * 2));
        byte[] larger = _isUsual ? new byte[size] : ArrayPool<byte>.Shared.Rent(size);
        Buffer.AsSpan(0, Count).CopyTo(larger);
        if (!_isUsual && Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
        }
        else if (!_isUsual)
        {
            _encoders.Used(this);
        }

        Buffer = larger;
    }
}
