using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>A callback that a command has scheduled; disposing it cancels it. Owned by the event loop.</summary>
/// <param name="pending">The waiting ones of one session; it is among them while it waits.</param>
internal sealed class ScheduledCall(HashSet<ScheduledCall> pending) : IDisposable
{
    private IDisposable? _timer;

    /// <summary>Begins to wait.</summary>
    public void Start(IScheduler scheduler, TimeSpan delay, Action callback)
    {
        pending.Add(this);
        _timer = scheduler.Schedule(delay, () =>
        {
            pending.Remove(this);
            callback();
        });
    }

    public void Dispose()
    {
        pending.Remove(this);
        _timer?.Dispose();
    }
}
