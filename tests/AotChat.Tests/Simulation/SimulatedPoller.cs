using AotChat.Loop;

namespace AotChat.Tests.Simulation;

/// <summary>A poller over simulated transports: level-triggered like the real ones, but it never waits.</summary>
internal sealed class SimulatedPoller : IPoller
{
    private readonly List<SimulatedTransport> _transports = [];

    /// <summary>The time limit of the last wait: 0 while the loop has work left.</summary>
    public int LastTimeout { get; private set; }

    /// <summary>How many events the last wait gave.</summary>
    public int LastCount { get; private set; }

    /// <summary>Whether a connection that is watched can't be watched for another handler, as where memory ends.</summary>
    public bool FailsToChange { get; set; }

    /// <summary>How often the loop was woken from outside.</summary>
    public int Wakes { get; private set; }

    public int Wait(Span<PollEvent> events, int timeoutMilliseconds)
    {
        LastTimeout = timeoutMilliseconds;
        LastCount = 0;
        foreach (SimulatedTransport transport in _transports)
        {
            Readiness readiness = transport.Ready;
            if (readiness != Readiness.None && LastCount < events.Length)
            {
                events[LastCount++] = new PollEvent(transport.Token, readiness);
            }
        }

        return LastCount;
    }

    public void Wake() => Wakes++;

    public void Dispose()
    {
    }

    internal void Add(SimulatedTransport transport) => _transports.Add(transport);

    internal void Remove(SimulatedTransport transport) => _transports.Remove(transport);
}
