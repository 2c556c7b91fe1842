using AotChat.Loop;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Loop;

/// <summary>The first wait lasts a minute and reports nothing, as after a stop; what has arrived comes with the next ones.</summary>
internal sealed class StoppedPoller(FakeTimeProvider time, int events) : IPoller
{
    private bool _hasStopped;
    private int _next;

    /// <summary>Whether nothing happens yet.</summary>
    public bool IsQuiet { get; set; }

    public int Wait(Span<PollEvent> found, int timeoutMilliseconds)
    {
        if (IsQuiet)
        {
            return 0;
        }

        if (!_hasStopped)
        {
            _hasStopped = true;
            time.Advance(TimeSpan.FromMinutes(1));
            return 0;
        }

        int count = 0;
        while (_next < events && count < found.Length)
        {
            found[count++] = new PollEvent(new LoopToken(events == int.MaxValue ? 0 : _next++, 0), Readiness.Readable);
        }

        return count;
    }

    public void Wake()
    {
    }

    public void Dispose()
    {
    }
}
