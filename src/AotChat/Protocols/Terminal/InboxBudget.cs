using AotChat.Configuration;
using AotChat.Diagnostics;

namespace AotChat.Protocols.Terminal;

/// <summary>How much input may wait, and the account of what all inboxes hold together. Owned by the event loop.</summary>
internal sealed class InboxBudget(ChatOptions options, ChatCounters counters)
{
    /// <summary>The most bytes that a session receives at once.</summary>
    public int ReceiveBytes => IsFloodOn ? options.MaxLineBytes + 2 : ChatOptions.ReceiveBytesPerTurn;

    /// <summary>
    /// Whether the inboxes hold more together than they may. The sessions that hold most are closed then; otherwise a user
    /// could keep everybody else silent with lines that never end.
    /// </summary>
    public bool IsExhausted => counters.InboxBytes > options.InboxTotalBytes;

    /// <summary>
    /// How many bytes a session receives now. With flood control it is no more than a line, and when half of the total is
    /// taken it is little: what is not received waits in the kernel and slows its sender, not in this process.
    /// </summary>
    /// <param name="kept">How many bytes the session has kept from earlier.</param>
    public int Room(int kept)
    {
        if (IsFloodOn)
        {
            // The longest line and no more, so that it fits into a buffer of its size; its end may come behind it.
            return Math.Max(2, options.MaxLineBytes - kept);
        }

        return counters.InboxBytes > options.InboxTotalBytes / 2 ? ChatOptions.ScarceReceiveBytes : ReceiveBytes;
    }

    private bool IsFloodOn => options.FloodRate > 0;

    /// <summary>Notes that a buffer was rented (more than zero bytes) or given back (fewer).</summary>
    public void Account(int bytes) => counters.InboxBytes += bytes;
}
