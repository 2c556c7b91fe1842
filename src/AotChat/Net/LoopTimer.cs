namespace AotChat.Net;

/// <summary>One thing to do later, on the event loop. Owned by the loop; made by <see cref="EventLoop.Schedule"/>.</summary>
internal sealed class LoopTimer(Action callback)
{
    private Action? _callback = callback;

    /// <summary>Makes sure that it does not happen any more. On the loop's thread.</summary>
    public void Cancel() => _callback = null;

    internal bool IsCancelled => _callback is null;

    internal void Fire()
    {
        Action? callback = _callback;
        _callback = null;
        callback?.Invoke();
    }
}
