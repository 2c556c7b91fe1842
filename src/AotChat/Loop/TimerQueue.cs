namespace AotChat.Loop;

/// <summary>
/// The timers that wait, in order of time. Cancelling takes a timer out at once, so that connections that come and
/// go leave nothing behind. Owned by the event loop.
/// </summary>
internal sealed class TimerQueue
{
    private readonly SortedSet<LoopTimer> _timers = new(Comparer<LoopTimer>.Create(Compare));
    private long _sequence;

    /// <summary>How many timers wait.</summary>
    public int Count => _timers.Count;

    /// <summary>When the first one is due, as a timestamp; null where none waits.</summary>
    public long? NextDue => _timers.Min?.Due;

    /// <summary>Adds a timer.</summary>
    public LoopTimer Add(long due, Action callback)
    {
        LoopTimer timer = new(this, due, _sequence++, callback);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>How many timers were ever made.</summary>
    public long Made => _sequence;

    /// <summary>Takes out the first timer that is due; null where there is none.</summary>
    /// <param name="now">The time, as a timestamp.</param>
    /// <param name="made">Timers that were made later, by <see cref="Made"/>, wait: one that makes the next at once would keep the loop for ever.</param>
    public LoopTimer? TakeDue(long now, long made)
    {
        if (_timers.Min is not { } first || first.Due > now || first.Sequence >= made)
        {
            return null;
        }

        _timers.Remove(first);
        return first;
    }

    internal void Remove(LoopTimer timer) => _timers.Remove(timer);

    // Those that are due at the same time fire in the order in which they were made.
    private static int Compare(LoopTimer a, LoopTimer b)
    {
        int byDue = a.Due.CompareTo(b.Due);
        return byDue != 0 ? byDue : a.Sequence.CompareTo(b.Sequence);
    }
}
