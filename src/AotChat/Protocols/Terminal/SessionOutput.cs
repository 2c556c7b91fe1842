using AotChat.Chat;
using AotChat.Diagnostics;
using AotChat.Transport;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// What goes to one reader, and what happens when it does not read. Over the soft limit lines to many are left out and
/// counted, and lines to it alone are refused, until it has read half of what waited. A mutable structure that belongs
/// to its session.
/// </summary>
internal struct SessionOutput
{
    private Outbox _outbox;
    private int _missed;

    // Whether something is left over from an earlier turn; a reader that has only this turn's lines to read is not slow.
    private bool _isBehind;

    /// <summary>How many bytes wait.</summary>
    public readonly int Count => _outbox.Count;

    /// <summary>Whether the kernel takes nothing more for now.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Whether the reader is over the soft limit.</summary>
    public bool IsOverSoft { get; private set; }

    /// <summary>Whether answers to what the reader itself did have reached the hard limit.</summary>
    public bool IsOverHard { get; private set; }

    /// <summary>Takes a line; where not, it is counted as missed or refused.</summary>
    public bool TryWrite(Line line, Delivery delivery, LineBuffer lines, OutboxBudget budget, ChatCounters counters)
    {
        if (_isBehind && !Takes(line.Length, delivery, budget, counters))
        {
            return false;
        }

        _outbox.Append(line, lines, budget);
        CountTaken(delivery, counters);
        return true;
    }

    /// <summary>Takes a line that no other reader sees like this; where not, it is counted as missed or refused.</summary>
    public bool TryWrite(ReadOnlySpan<byte> line, Delivery delivery, LineBuffer lines, OutboxBudget budget, ChatCounters counters)
    {
        if (_isBehind && !Takes(line.Length, delivery, budget, counters))
        {
            return false;
        }

        _outbox.Append(line, lines, budget);
        CountTaken(delivery, counters);
        return true;
    }

    /// <summary>Takes an answer to the reader that is not a line; leaves it out where the reader has reached the hard limit.</summary>
    public void TryWrite(ReadOnlySpan<byte> answer, LineBuffer lines, OutboxBudget budget, ChatCounters counters)
    {
        if (!_isBehind || Takes(answer.Length, Delivery.Answer, budget, counters))
        {
            _outbox.Append(answer, lines, budget);
        }
    }

    /// <summary>Takes bytes of another protocol.</summary>
    public void Write(ReadOnlySpan<byte> bytes, LineBuffer lines, OutboxBudget budget) => _outbox.Append(bytes, lines, budget);

    /// <summary>What comes next lies in other lines: what waits is kept apart from them.</summary>
    public void Own(LineBuffer lines, OutboxBudget budget) => _outbox.Own(lines, budget);

    /// <summary>The kernel takes bytes again.</summary>
    public void Unblock() => IsBlocked = false;

    /// <summary>Sends what waits, as far as the peer takes it; false where the connection is broken.</summary>
    public bool TrySend(ITransport transport, LineBuffer lines, OutboxBudget budget, ChatCounters counters)
    {
        if (IsBlocked)
        {
            return true;
        }

        TransportStatus status = _outbox.Flush(transport, lines, budget, out int sent);
        counters.BytesOut += sent;
        IsBlocked = status == TransportStatus.WouldBlock;
        _isBehind = IsBlocked;
        return status is TransportStatus.Done or TransportStatus.WouldBlock;
    }

    /// <summary>Whether the reader has come back under the soft limit, and how many lines it missed meanwhile.</summary>
    public bool HasCaughtUp(OutboxBudget budget, out int missed)
    {
        missed = 0;
        if (!IsOverSoft || _outbox.Count > (budget.IsExhausted ? 0 : budget.Low))
        {
            return false;
        }

        missed = _missed;
        _missed = 0;
        IsOverSoft = false;
        return true;
    }

    /// <summary>Forgets everything and gives the buffer back.</summary>
    public void Clear(OutboxBudget budget)
    {
        _outbox.Clear(budget);
        IsBlocked = false;
        _isBehind = false;
        IsOverSoft = false;
        IsOverHard = false;
        _missed = 0;
    }

    private static void CountTaken(Delivery delivery, ChatCounters counters)
    {
        counters.LinesOut++;
        if (delivery != Delivery.Answer)
        {
            counters.Deliveries++;
        }
    }

    // Only asked for readers that are behind.
    private bool Takes(int length, Delivery delivery, OutboxBudget budget, ChatCounters counters)
    {
        if (delivery == Delivery.Answer)
        {
            IsOverHard |= _outbox.Count + length > budget.Hard;
            return !IsOverHard;
        }

        if (!IsOverSoft && _outbox.Count + length <= budget.Soft && !budget.IsExhausted)
        {
            return true;
        }

        IsOverSoft = true;
        if (delivery == Delivery.Shared)
        {
            _missed++;
            counters.Dropped++;
        }
        else
        {
            counters.Undelivered++;
        }

        return false;
    }
}
