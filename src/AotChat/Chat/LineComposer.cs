using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace AotChat.Chat;

/// <summary>
/// Writes outgoing lines, <c>[YYYYMMDD HH:MM:SS.ffffff] TEXT\n</c>, one behind the other into a buffer that holds those
/// of one turn of the event loop, so that whoever gets several in a row can be sent them from here. Owned by the loop.
/// </summary>
/// <remarks>
/// One line is open at a time: <see cref="Begin"/> forgets one that was not closed. What the program itself says goes
/// in as it is; everything else goes through <see cref="AppendText(ReadOnlySpan{byte})"/>, which makes it safe.
/// Nothing is allocated once the buffer has the size of a usual turn.
/// </remarks>
internal sealed class LineComposer(TimeProvider time)
{
    /// <summary>The length of <c>[YYYYMMDD HH:MM:SS.ffffff] </c> in bytes.</summary>
    public const int StampLength = 27;

    private const int MicrosecondsAt = 19;

    // More than a usual turn needs; what an unusual one has taken beyond it is given back.
    private const int LargestKept = 256 * 1024;

    // A line feed is always kept free at the end, so that closing a line can't fail.
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _length;
    private long _stampedSecond = -1;

    // The stamp of the current second; the microseconds are written into the line itself.
    private readonly byte[] _stamp = "[YYYYMMDD HH:MM:SS.ffffff] "u8.ToArray();

    /// <summary>How many bytes the lines of this turn have.</summary>
    public int Count => _start;

    /// <summary>Opens a line with the local time.</summary>
    public void Begin()
    {
        _length = _start;
        long ticks = time.GetUtcNow().Ticks;
        long second = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out long fraction);
        if (second != _stampedSecond)
        {
            StampSecond(ticks);
            _stampedSecond = second;
        }

        Span<byte> prefix = Reserve(StampLength);
        _stamp.CopyTo(prefix);
        WriteDigits(prefix.Slice(MicrosecondsAt, 6), (int)(fraction / TimeSpan.TicksPerMicrosecond));
        _length += StampLength;
    }

    /// <summary>Adds the program's own words, which are ASCII and safe.</summary>
    public void AppendLiteral(string literal)
    {
        Span<byte> destination = Reserve(literal.Length * TerminalText.MaxGrowth);
        _length += Encoding.UTF8.GetBytes(literal, destination);
    }

    /// <summary>Adds bytes that are safe already: the program's own words, a user's name.</summary>
    public void AppendLiteral(ReadOnlySpan<byte> literal)
    {
        literal.CopyTo(Reserve(literal.Length));
        _length += literal.Length;
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

    /// <summary>Closes the line.</summary>
    public Line End()
    {
        _buffer[_length++] = (byte)'\n';
        Line line = new(_start, _length - _start);
        _start = _length;
        return line;
    }

    /// <summary>The bytes of a line, or of several that stand in a row. Valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Bytes(Line line) => _buffer.AsSpan(line.Start, line.Length);

    /// <summary>Forgets all lines: everybody who was to have them has been sent them, or holds a copy.</summary>
    public void Reset()
    {
        _start = 0;
        if (_buffer.Length > LargestKept)
        {
            _buffer = new byte[LargestKept];
        }
    }

    private Span<byte> Reserve(int count)
    {
        int needed = _length + count + 1;
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        }

        return _buffer.AsSpan(_length, count);
    }

    private void StampSecond(long utcTicks)
    {
        DateTimeOffset utc = new(utcTicks, TimeSpan.Zero);
        DateTimeOffset local = TimeZoneInfo.ConvertTime(utc, time.LocalTimeZone);
        WriteDigits(_stamp.AsSpan(1, 4), local.Year);
        WriteDigits(_stamp.AsSpan(5, 2), local.Month);
        WriteDigits(_stamp.AsSpan(7, 2), local.Day);
        WriteDigits(_stamp.AsSpan(10, 2), local.Hour);
        WriteDigits(_stamp.AsSpan(13, 2), local.Minute);
        WriteDigits(_stamp.AsSpan(16, 2), local.Second);
    }

    private static void WriteDigits(Span<byte> destination, int value)
    {
        for (int i = destination.Length - 1; i >= 0; i--)
        {
            destination[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
