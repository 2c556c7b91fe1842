namespace AotChat.Chat;

/// <summary>
/// Counts how much of the history each address block has. A block has a share of each room in which it has lines, and one of
/// the whole. The share is forgotten with its last line. Owned by the event loop.
/// </summary>
internal sealed class HistoryShares
{
    /// <summary>
    /// What a share costs in bytes, and counts as: 88 for itself, twice 56 in a table and twice 8 in a heap, since both may
    /// be half empty.
    /// </summary>
    public const int Cost = 216;

    // Spare shares are reused, so that blocks that come and go allocate nothing.
    private const int MaxSpare = 64;

    private readonly Dictionary<(Room? Room, UInt128 Block), HistoryShare> _shares = [];
    private readonly Stack<HistoryShare> _spare = [];

    /// <summary>What each block has in all rooms.</summary>
    public HistoryShareHeap Wholes { get; } = new();

    /// <summary>How many bytes the shares take.</summary>
    public long Bytes => (long)_shares.Count * Cost;

    /// <summary>The share of a block in a room; made where there is none, and then a line is added to it.</summary>
    public HistoryShare Of(Room room, UInt128 block)
    {
        if (_shares.TryGetValue((room, block), out HistoryShare? share))
        {
            return share;
        }

        if (!_shares.TryGetValue((null, block), out HistoryShare? whole))
        {
            whole = Make(null, block, null);
            whole.Amount = Cost;
            Wholes.Add(whole);
        }

        share = Make(room, block, whole);
        whole.Amount += Cost;
        room.History.Shares.Add(share);
        return share;
    }

    /// <summary>A line was added to a share.</summary>
    /// <param name="share">The share in the line's room.</param>
    /// <param name="cost">What the line costs.</param>
    public void NoteAdded(HistoryShare share, int cost)
    {
        share.Lines++;
        share.Amount++;
        share.Room!.History.Shares.Update(share);
        HistoryShare whole = share.Whole!;
        whole.Lines++;
        whole.Amount += cost;
        Wholes.Update(whole);
    }

    /// <summary>A line of a share costs more than before, or less.</summary>
    public void NoteChanged(HistoryShare share, int change)
    {
        HistoryShare whole = share.Whole!;
        whole.Amount += change;
        Wholes.Update(whole);
    }

    /// <summary>A line was removed from a share; one without lines is forgotten.</summary>
    /// <inheritdoc cref="NoteAdded"/>
    public void NoteRemoved(HistoryShare share, int cost)
    {
        HistoryShare whole = share.Whole!;
        share.Lines--;
        share.Amount--;
        whole.Lines--;
        whole.Amount -= cost;
        if (share.Lines > 0)
        {
            share.Room!.History.Shares.Update(share);
        }
        else
        {
            whole.Amount -= Cost;
            share.Room!.History.Shares.Remove(share);
            Forget(share);
        }

        if (whole.Lines > 0)
        {
            Wholes.Update(whole);
        }
        else
        {
            Wholes.Remove(whole);
            Forget(whole);
        }
    }

    private HistoryShare Make(Room? room, UInt128 block, HistoryShare? whole)
    {
        HistoryShare share = _spare.TryPop(out HistoryShare? spare) ? spare : new HistoryShare();
        (share.Block, share.Room, share.Whole) = (block, room, whole);
        _shares.Add((room, block), share);
        return share;
    }

    private void Forget(HistoryShare share)
    {
        _shares.Remove((share.Room, share.Block));
        if (_spare.Count < MaxSpare)
        {
            (share.Room, share.Whole, share.Amount, share.Newest) = (null, null, 0, HistoryShare.None);
            _spare.Push(share);
        }
    }
}
