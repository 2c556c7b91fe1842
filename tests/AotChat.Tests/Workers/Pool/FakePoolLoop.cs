using AotChat.Workers.Pool;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Workers.Pool;

/// <summary>A loop for a pool alone: what is posted runs at once, since these tests have one thread.</summary>
internal sealed class FakePoolLoop : IPoolLoop
{
    private readonly List<(DateTimeOffset Due, Action Callback)> _scheduled = [];

    public FakeTimeProvider Time { get; } = new();

    TimeProvider IPoolLoop.Time => Time;

    public void Post(SendOrPostCallback callback, object? state) => callback(state);

    /// <summary>How many of the next timers can't be had.</summary>
    public int ScheduleFailures { get; set; }

    public void Schedule(TimeSpan delay, Action callback)
    {
        if (ScheduleFailures > 0)
        {
            ScheduleFailures--;
            throw new InsufficientMemoryException();
        }

        _scheduled.Add((Time.GetUtcNow() + delay, callback));
    }

    /// <summary>What is called, by descriptor, when the test says that it can be read from.</summary>
    public Dictionary<int, Action> Watched { get; } = [];

    public IDisposable Watch(int descriptor, Action onReadable)
    {
        Watched.Add(descriptor, onReadable);
        return new DescriptorWatch(this, descriptor);
    }

    /// <summary>Turns the clock on, and lets happen what is due on the way, each at its time.</summary>
    public void Advance(TimeSpan time)
    {
        DateTimeOffset end = Time.GetUtcNow() + time;
        while (_scheduled.Where(item => item.Due <= end).OrderBy(item => item.Due).Take(1).ToArray() is [(DateTimeOffset Due, Action) next])
        {
            _scheduled.Remove(next);
            Time.SetUtcNow(next.Due > Time.GetUtcNow() ? next.Due : Time.GetUtcNow());
            next.Item2();
        }

        Time.SetUtcNow(end);
    }

    /// <summary>The process is stopped for so long, and goes on: whatever was due meanwhile is late.</summary>
    public void Sleep(TimeSpan time)
    {
        Time.Advance(time);
        Advance(TimeSpan.Zero);
    }

    private sealed class DescriptorWatch(FakePoolLoop loop, int descriptor) : IDisposable
    {
        public void Dispose() => loop.Watched.Remove(descriptor);
    }
}
