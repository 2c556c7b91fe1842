using AotChat.Configuration;
using AotChat.Diagnostics;

namespace AotChat.Protocols.Terminal;

/// <summary>The limits of every outbox, and the account of what all of them hold together. Owned by the event loop.</summary>
internal sealed class OutboxBudget(ChatOptions options, ChatCounters counters)
{
    /// <summary>From this many waiting bytes on, lines from others are left out or refused.</summary>
    public int Soft => options.OutboxSoftBytes;

    /// <summary>At this many waiting bytes the reader is disconnected.</summary>
    public int Hard => options.OutboxHardBytes;

    /// <summary>
    /// A reader over the soft limit counts as over it until no more than this waits; otherwise a reader at the limit would
    /// be told of one missed line after the other.
    /// </summary>
    public int Low => options.OutboxSoftBytes / 2;

    /// <summary>
    /// At this many bytes of lines the turn sends them before it makes more, so that a reader that keeps up does not go over
    /// the soft limit because much is said in one turn.
    /// </summary>
    public int Turn => Math.Min(ChatOptions.LineBytesPerTurn, options.OutboxSoftBytes / 2);

    /// <summary>Whether the outboxes together hold as much as they may; a reader that lags then gets only answers.</summary>
    public bool IsExhausted => counters.OutboxBytes >= options.OutboxTotalBytes;

    /// <summary>Notes that a buffer was rented (more than zero bytes) or given back (fewer).</summary>
    public void Account(int bytes) => counters.OutboxBytes += bytes;
}
