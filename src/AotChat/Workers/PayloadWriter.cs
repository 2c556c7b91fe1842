using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace AotChat.Workers;

/// <summary>
/// Encodes a job's arguments or result: fixed-width little-endian numbers, text as a 32-bit byte count and UTF-8.
/// Both ends are the same build, so the form carries no types and no names.
/// </summary>
internal readonly ref struct PayloadWriter(IBufferWriter<byte> destination)
{
    /// <summary>One byte, 0 or 1.</summary>
    public void WriteBoolean(bool value)
    {
        destination.GetSpan(1)[0] = value ? (byte)1 : (byte)0;
        destination.Advance(1);
    }

    /// <summary>Four bytes.</summary>
    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination.GetSpan(sizeof(int)), value);
        destination.Advance(sizeof(int));
    }

    /// <summary>Eight bytes.</summary>
    public void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination.GetSpan(sizeof(long)), value);
        destination.Advance(sizeof(long));
    }

    /// <summary>Eight bytes, IEEE 754.</summary>
    public void WriteDouble(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(destination.GetSpan(sizeof(double)), value);
        destination.Advance(sizeof(double));
    }

    /// <summary>A byte count and that many bytes of UTF-8.</summary>
    public void WriteString(string value)
    {
        int count = Encoding.UTF8.GetByteCount(value);
        WriteInt32(count);
        Encoding.UTF8.GetBytes(value, destination.GetSpan(count));
        destination.Advance(count);
    }

    /// <summary>A byte count and that many bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteInt32(value.Length);
        destination.Write(value);
    }

    /// <summary>A byte count and that many bytes, two's complement.</summary>
    public void WriteBigInteger(BigInteger value) => WriteBytes(value.ToByteArray());

    /// <summary>Eight bytes, in units of 100 ns.</summary>
    public void WriteTimeSpan(TimeSpan value) => WriteInt64(value.Ticks);

    /// <summary>Eight bytes of local time in units of 100 ns, four of the offset in minutes.</summary>
    public void WriteDateTimeOffset(DateTimeOffset value)
    {
        WriteInt64(value.Ticks);
        WriteInt32(value.TotalOffsetMinutes);
    }

    /// <summary>The URL as its original text.</summary>
    public void WriteUri(Uri value) => WriteString(value.OriginalString);
}
