using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Something that a command does later; disposed, it does not happen any more. Owned by the event loop.</summary>
/// <param name="pending">Those of one session that wait; it is in there while it waits.</param>
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
