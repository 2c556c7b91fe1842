namespace AotChat.Chat;

/// <summary>
/// How much of the kept lines one address block has: in one room, or in all rooms together. Owned by the event loop;
/// changed by <see cref="HistoryShares"/> and <see cref="HistoryStore"/> alone.
/// </summary>
internal sealed class HistoryShare
{
    /// <summary>No line.</summary>
    public const int None = -1;

    /// <summary>Where the authors sit; see <see cref="IUserSession.OriginBlock"/>.</summary>
    public UInt128 Block { get; set; }

    /// <summary>The room; null for what the block has in all rooms.</summary>
    public Room? Room { get; set; }

    /// <summary>What the block has in all rooms; null for such a share itself.</summary>
    public HistoryShare? Whole { get; set; }

    /// <summary>How many lines.</summary>
    public int Lines { get; set; }

    /// <summary>What is compared with other shares: lines in a room, bytes in all rooms.</summary>
    public long Amount { get; set; }

    /// <summary>The place of the oldest line in the store.</summary>
    public int Oldest { get; set; } = None;

    /// <summary>The place of the newest line in the store.</summary>
    public int Newest { get; set; } = None;

    /// <summary>The place of the oldest line among those of all rooms: higher for later ones.</summary>
    public long OldestSequence { get; set; }

    /// <summary>Where it is in its heap; only <see cref="HistoryShareHeap"/> writes it.</summary>
    public int Position { get; set; }

    /// <summary>Whether this share loses lines before the other: it has more, or as much and an older line.</summary>
    public bool GoesBefore(HistoryShare other) =>
        Amount != other.Amount ? Amount > other.Amount : OldestSequence < other.OldestSequence;
}
