using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace AotChat.Workers;

/// <summary>
/// Decodes what <see cref="PayloadWriter"/> wrote. It trusts nothing: whatever does not fit ends in an
/// <see cref="InvalidDataException"/>, never in a read past the end.
/// </summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> source)
{
    private const long LargestOffset = 14 * TimeSpan.TicksPerHour;

    private ReadOnlySpan<byte> _remaining = source;

    /// <summary>One byte, 0 or 1.</summary>
    public bool ReadBoolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        byte other => throw new InvalidDataException($"A boolean in a job's payload is {other}, not 0 or 1."),
    };

    /// <summary>Four bytes.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Eight bytes.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Eight bytes, IEEE 754.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>A byte count and that many bytes of UTF-8.</summary>
    public string ReadString() => Encoding.UTF8.GetString(Take(ReadInt32()));

    /// <summary>A URL that was absolute where it was written.</summary>
    public Uri ReadUri() => Uri.TryCreate(ReadString(), UriKind.Absolute, out Uri? value)
        ? value
        : throw new InvalidDataException("A URL in a job's payload is not absolute.");

    /// <summary>A byte count and that many bytes.</summary>
    public byte[] ReadBytes() => Take(ReadInt32()).ToArray();

    /// <summary>A byte count and that many bytes, two's complement.</summary>
    public BigInteger ReadBigInteger() => new(Take(ReadInt32()));

    /// <summary>Eight bytes, in units of 100 ns.</summary>
    public TimeSpan ReadTimeSpan() => new(ReadInt64());

    /// <summary>Eight bytes of local time in units of 100 ns, four of the offset in minutes.</summary>
    public DateTimeOffset ReadDateTimeOffset()
    {
        long ticks = ReadInt64();
        long offset = ReadInt32() * TimeSpan.TicksPerMinute;
        long utc = unchecked(ticks - offset);
        return Math.Abs(offset) <= LargestOffset
            && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            && utc >= 0 && utc <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks, new TimeSpan(offset))
            : throw new InvalidDataException("A moment in a job's payload is none.");
    }

    /// <summary>
    /// How many elements of an array follow, four bytes. So many must have room in what is left, before anybody makes an
    /// array for them.
    /// </summary>
    /// <param name="leastBytes">The fewest bytes that one element takes, at least one.</param>
    public int ReadCount(int leastBytes)
    {
        int count = ReadInt32();
        return (uint)count <= (uint)(_remaining.Length / leastBytes)
            ? count
            : throw new InvalidDataException($"A job's payload has {_remaining.Length} bytes for {count} elements.");
    }

    /// <summary>Says that nothing may be left.</summary>
    public readonly void EnsureEnd()
    {
        if (!_remaining.IsEmpty)
        {
            throw new InvalidDataException($"A job's payload is {_remaining.Length} bytes longer than its signature.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_remaining.Length)
        {
            throw new InvalidDataException($"A job's payload ends early: {_remaining.Length} bytes where {count} were due.");
        }

        ReadOnlySpan<byte> taken = _remaining[..count];
        _remaining = _remaining[count..];
        return taken;
    }
}
