using System.Buffers;

namespace AotChat.Net;

/// <summary>
/// The bytes that wait for one reader: a pooled buffer while there are any, nothing at all while there are none.
/// A mutable structure that belongs to its session.
/// </summary>
internal struct Outbox
{
    private const int SmallestBuffer = 512;

    private byte[]? _buffer;
    private int _start;
    private int _end;

    /// <summary>How many bytes wait.</summary>
    public readonly int Count => _end - _start;

    /// <summary>The bytes that wait, in order.</summary>
    public readonly ReadOnlySpan<byte> Pending => _buffer.AsSpan(_start, Count);

    /// <summary>Adds a line at the end; false, and nothing added, where more than <paramref name="limit"/> bytes would wait.</summary>
    public bool TryAppend(ReadOnlySpan<byte> line, int limit)
    {
        if (Count + line.Length > limit)
        {
            return false;
        }

        if (_buffer is null || _buffer.Length - _end < line.Length)
        {
            MakeRoom(line.Length);
        }

        line.CopyTo(_buffer.AsSpan(_end));
        _end += line.Length;
        return true;
    }

    /// <summary>Forgets the first bytes, which have gone out.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
        {
            Clear();
        }
    }

    /// <summary>Forgets everything and gives the buffer back.</summary>
    public void Clear()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }

        _start = 0;
        _end = 0;
    }

    private void MakeRoom(int more)
    {
        int needed = Count + more;
        if (_buffer is not null && needed <= _buffer.Length / 2)
        {
            // Half of it is free at the front: moving is cheaper than growing.
            Pending.CopyTo(_buffer);
        }
        else
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(SmallestBuffer, (_buffer?.Length ?? 0) * 2)));
            Pending.CopyTo(larger);
            if (_buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            _buffer = larger;
        }

        _end -= _start;
        _start = 0;
    }
}
