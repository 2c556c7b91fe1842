namespace AotChat.Workers.Pool;

/// <summary>Tells when the pool stops: once when the last job has ended, and once when no worker is left or waited for. Owned by the event loop.</summary>
internal sealed class PoolShutdown(JobLedger ledger, WorkerPool pool, PoolPulse pulse)
{
    private Action? _whenDrained;
    private Action? _whenEnded;

    /// <summary>Whether the pool stops, or has stopped.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>The pool begins to stop.</summary>
    /// <param name="whenDrained">Called when no job is left.</param>
    /// <param name="whenEnded">Called when no worker is left.</param>
    public void Begin(Action whenDrained, Action whenEnded)
    {
        IsBegun = true;
        _whenDrained = whenDrained;
        _whenEnded = whenEnded;
    }

    /// <summary>Tells the waiting callers what is over now. Does nothing while the pool does not stop.</summary>
    public void Check()
    {
        if (IsBegun)
        {
            Tell(isDrained: ledger.Count == 0, isEmpty: pool.Workers.Length == 0);
        }
    }

    /// <summary>Waits for nothing more, and tells the waiting callers.</summary>
    public void GiveUp() => Tell(isDrained: true, isEmpty: true);

    private void Tell(bool isDrained, bool isEmpty)
    {
        if (isDrained && _whenDrained is { } whenDrained)
        {
            _whenDrained = null;
            whenDrained();
        }

        if (isEmpty && _whenEnded is { } whenEnded)
        {
            _whenEnded = null;
            whenEnded();
        }

        if (_whenEnded is null)
        {
            pulse.End();
        }
    }
}
