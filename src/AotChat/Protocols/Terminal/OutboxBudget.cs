using AotChat.Configuration;
using AotChat.Diagnostics;

namespace AotChat.Protocols.Terminal;

/// <summary>The limits of every outbox, and the account of what all of them hold together. Owned by the event loop.</summary>
internal sealed class OutboxBudget(ChatOptions options, ChatCounters counters)
{
    /// <summary>From so many waiting bytes on, lines from others are left out or refused.</summary>
    public int Soft { get; } = options.OutboxSoftBytes;

    /// <summary>So many waiting bytes, and the reader is disconnected.</summary>
    public int Hard { get; } = options.OutboxHardBytes;

    /// <summary>
    /// Whoever went over the soft limit stays so until no more than this waits; otherwise a reader at the brim would be
    /// told of one missed line after the other.
    /// </summary>
    public int Low { get; } = options.OutboxSoftBytes / 2;

    /// <summary>
    /// So many bytes of lines, and the turn sends them before it makes more: nobody who reads goes over the soft limit
    /// because much is said at once.
    /// </summary>
    public int Turn { get; } = Math.Min(ChatOptions.LineBytesPerTurn, options.OutboxSoftBytes / 2);

    /// <summary>Whether the outboxes hold together what they may; then nobody who lags gets more than answers.</summary>
    public bool IsExhausted => counters.OutboxBytes >= options.OutboxTotalBytes;

    /// <summary>Notes that a buffer was rented (more than zero bytes) or given back (fewer).</summary>
    public void Account(int bytes) => counters.OutboxBytes += bytes;
}
