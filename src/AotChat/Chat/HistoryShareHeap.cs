namespace AotChat.Chat;

/// <summary>
/// The shares of a room, or of all rooms, as a binary heap with the largest in front: a change costs the logarithm of
/// their number. Each share knows its position. Owned by the event loop.
/// </summary>
internal sealed class HistoryShareHeap
{
    private const int SmallestCapacity = 16;

    private readonly List<HistoryShare> _shares = [];

    /// <summary>How many shares there are.</summary>
    public int Count => _shares.Count;

    /// <summary>All shares; the largest is in front, the others have no order.</summary>
    public IReadOnlyList<HistoryShare> All => _shares;

    /// <summary>
    /// The share that loses a line because another line was added: the largest, or the adder's own where that is as
    /// large. The adder keeps the line that was added.
    /// </summary>
    /// <param name="adder">The share that the line was added to.</param>
    public HistoryShare LoserTo(HistoryShare adder)
    {
        HistoryShare largest = _shares[0];
        if (adder.Lines > 1 && adder.Amount == largest.Amount)
        {
            return adder;
        }

        if (largest != adder || adder.Lines > 1)
        {
            return largest;
        }

        // The added line alone is larger than any other share.
        return _shares.Count > 2 && _shares[2].GoesBefore(_shares[1]) ? _shares[2] : _shares[1];
    }

    /// <summary>Adds a share.</summary>
    public void Add(HistoryShare share)
    {
        _shares.Add(share);
        Rise(share, _shares.Count - 1);
    }

    /// <summary>Takes a share out.</summary>
    public void Remove(HistoryShare share)
    {
        HistoryShare last = _shares[^1];
        _shares.RemoveAt(_shares.Count - 1);
        if (last != share)
        {
            last.Position = share.Position;
            _shares[last.Position] = last;
            Update(last);
        }

        if (_shares.Capacity > SmallestCapacity && _shares.Count < _shares.Capacity / 4)
        {
            _shares.Capacity /= 2;
        }
    }

    /// <summary>Moves a changed share to its place.</summary>
    public void Update(HistoryShare share)
    {
        Rise(share, share.Position);
        Sink(share, share.Position);
    }

    private void Rise(HistoryShare share, int position)
    {
        while (position > 0 && share.GoesBefore(_shares[(position - 1) / 2]))
        {
            Put(_shares[(position - 1) / 2], position);
            position = (position - 1) / 2;
        }

        Put(share, position);
    }

    private void Sink(HistoryShare share, int position)
    {
        while (true)
        {
            int child = (2 * position) + 1;
            if (child + 1 < _shares.Count && _shares[child + 1].GoesBefore(_shares[child]))
            {
                child++;
            }

            if (child >= _shares.Count || !_shares[child].GoesBefore(share))
            {
                Put(share, position);
                return;
            }

            Put(_shares[child], position);
            position = child;
        }
    }

    private void Put(HistoryShare share, int position)
    {
        _shares[position] = share;
        share.Position = position;
    }
}
