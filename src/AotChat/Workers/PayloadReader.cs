using System.Buffers.Binary;
using System.Text;

namespace AotChat.Workers;

/// <summary>
/// Decodes what <see cref="PayloadWriter"/> wrote. It trusts nothing: whatever does not fit ends in an
/// <see cref="InvalidDataException"/>, never in a read past the end.
/// </summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> source)
{
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
