namespace AotChat.Loop;

/// <summary>A callback to run later, on the event loop. Owned by the loop; made by <see cref="EventLoop.Schedule"/>.</summary>
internal sealed class LoopTimer : IDisposable
{
    private readonly TimerQueue _queue;
    private readonly Action _callback;

    internal LoopTimer(TimerQueue queue, long due, long sequence, Action callback)
    {
        _queue = queue;
        Due = due;
        Sequence = sequence;
        _callback = callback;
    }

    /// <summary>When it is due, as a timestamp of the loop's clock.</summary>
    internal long Due { get; }

    /// <summary>Its place among those that are due at the same time.</summary>
    internal long Sequence { get; }

    /// <summary>Cancels it; does nothing where it has fired. On the loop's thread.</summary>
    public void Cancel() => _queue.Remove(this);

    /// <summary>Cancels it, like <see cref="Cancel"/>.</summary>
    public void Dispose() => Cancel();

    internal void Fire() => _callback();
}
