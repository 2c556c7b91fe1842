using System.Buffers;
using AotChat.Transport;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// What waits for one reader. While nothing is left over from earlier turns, lines that stand in a row are only a place
/// in the turn's bytes, which all their readers share; a buffer of its own is rented for what the kernel does not take,
/// or what does not stand in a row, and given back when it is empty. A mutable structure that belongs to its session.
/// </summary>
internal struct Outbox
{
    private const int SmallestBuffer = 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private Line _shared;

    /// <summary>How many bytes wait.</summary>
    public readonly int Count => _end - _start + _shared.Length;

    /// <summary>Whether it holds a buffer: the reader lags, or its lines did not stand in a row.</summary>
    public readonly bool HoldsBuffer => _buffer is not null;

    /// <summary>Adds a line of this turn at the end.</summary>
    public void Append(Line line, LineBuffer lines, OutboxBudget budget)
    {
        if (_buffer is null)
        {
            if (_shared.Length == 0)
            {
                _shared = line;
                return;
            }

            if (_shared.End == line.Start)
            {
                _shared = new Line(_shared.Start, _shared.Length + line.Length);
                return;
            }
        }

        Append(lines.Bytes(line), lines, budget);
    }

    /// <summary>Adds bytes that are not a line: another protocol's words.</summary>
    public void Append(ReadOnlySpan<byte> bytes, LineBuffer lines, OutboxBudget budget)
    {
        if (_shared.Length > 0)
        {
            ReadOnlySpan<byte> before = lines.Bytes(_shared);
            _shared = default;
            Copy(before, budget);
        }

        Copy(bytes, budget);
    }

    /// <summary>Takes what is still only a place in the lines of this turn into a buffer of its own.</summary>
    public void Own(LineBuffer lines, OutboxBudget budget) => Append(default(ReadOnlySpan<byte>), lines, budget);

    /// <summary>Sends what waits, as far as the peer takes it; what it does not take is kept here.</summary>
    public TransportStatus Flush(ITransport transport, LineBuffer lines, OutboxBudget budget, out int sent)
    {
        sent = 0;
        if (Count == 0)
        {
            return TransportStatus.Done;
        }

        bool isShared = _shared.Length > 0;
        ReadOnlySpan<byte> pending = isShared ? lines.Bytes(_shared) : _buffer.AsSpan(_start, _end - _start);
        _shared = default;
        TransportStatus status = transport.Send(pending, out sent);
        if (status is not (TransportStatus.Done or TransportStatus.WouldBlock))
        {
            return status;
        }

        if (isShared)
        {
            Copy(pending[sent..], budget);
        }
        else
        {
            _start += sent;
        }

        if (_start == _end)
        {
            Clear(budget);
            return TransportStatus.Done;
        }

        // Fewer bytes than offered means that the next call would take none.
        return TransportStatus.WouldBlock;
    }

    /// <summary>Forgets everything and gives the buffer back.</summary>
    public void Clear(OutboxBudget budget)
    {
        Return(budget);
        _start = 0;
        _end = 0;
        _shared = default;
    }

    private void Copy(ReadOnlySpan<byte> bytes, OutboxBudget budget)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (_buffer is null || _buffer.Length - _end < bytes.Length)
        {
            MakeRoom(bytes.Length, budget);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    private void MakeRoom(int more, OutboxBudget budget)
    {
        int count = _end - _start;
        int needed = count + more;
        ReadOnlySpan<byte> pending = _buffer.AsSpan(_start, count);
        if (_buffer is not null && needed <= _buffer.Length / 2)
        {
            // Half of it is free at the front: moving is cheaper than growing.
            pending.CopyTo(_buffer);
        }
        else
        {
            // Doubled, but not beyond what may ever wait.
            int doubled = Math.Min((_buffer?.Length ?? 0) * 2, budget.Hard);
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, doubled), SmallestBuffer));
            pending.CopyTo(larger);
            Return(budget);
            _buffer = larger;
            budget.Account(larger.Length);
        }

        _start = 0;
        _end = count;
    }

    private void Return(OutboxBudget budget)
    {
        if (_buffer is not null)
        {
            budget.Account(-_buffer.Length);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }
}
