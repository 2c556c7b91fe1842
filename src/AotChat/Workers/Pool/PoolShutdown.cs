namespace AotChat.Workers.Pool;

/// <summary>Who is told when the pool stops: once when the last job has had its end, and once when no worker is left or waited for. Owned by the event loop.</summary>
internal sealed class PoolShutdown
{
    private Action? _whenDrained;
    private Action? _whenEnded;

    /// <summary>Whether the pool stops, or has stopped.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>Whether nothing of it is waited for any more.</summary>
    public bool IsOver => IsBegun && _whenEnded is null;

    /// <summary>The pool begins to stop.</summary>
    public void Begin(Action whenDrained, Action whenEnded)
    {
        IsBegun = true;
        _whenDrained = whenDrained;
        _whenEnded = whenEnded;
    }

    /// <summary>Tells those who wait for what is so now.</summary>
    /// <param name="isDrained">No job is left.</param>
    /// <param name="isEmpty">No worker is left.</param>
    public void Tell(bool isDrained, bool isEmpty)
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
    }
}
