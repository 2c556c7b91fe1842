using System.Buffers;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// Input of one session that has not run yet: an incomplete line, or whole ones after a turn was cut short. It has a pooled
/// buffer while there is any, and nothing at all while there is none. A mutable structure that belongs to its session.
/// </summary>
internal struct Inbox
{
    // A buffer up to this size is kept for the next input, however short that is.
    private const int SmallBuffer = 256;

    private byte[]? _buffer;
    private int _count;

    /// <summary>The bytes that were kept.</summary>
    public readonly ReadOnlySpan<byte> Kept => _buffer.AsSpan(0, _count);

    /// <summary>How many bytes its buffer has.</summary>
    public readonly int Size => _buffer?.Length ?? 0;

    /// <summary>Keeps these bytes instead; they must not lie in the inbox itself.</summary>
    public void Keep(ReadOnlySpan<byte> input, InboxBudget budget)
    {
        // A backlog may have been large; what it leaves behind must not hold on to its buffer.
        bool fits = _buffer is not null && _buffer.Length >= input.Length && _buffer.Length <= Math.Max(SmallBuffer, input.Length * 4);
        if (!fits || input.IsEmpty)
        {
            Clear(budget);
            if (input.IsEmpty)
            {
                return;
            }

            _buffer = ArrayPool<byte>.Shared.Rent(input.Length);
            budget.Account(_buffer.Length);
        }

        input.CopyTo(_buffer);
        _count = input.Length;
    }

    /// <summary>Forgets everything and gives the buffer back.</summary>
    public void Clear(InboxBudget budget)
    {
        if (_buffer is not null)
        {
            budget.Account(-_buffer.Length);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }

        _count = 0;
    }
}
