namespace AotChat.Load;

/// <summary>What came of a plan. Times in nanoseconds.</summary>
internal sealed record TrafficResult
{
    /// <summary>Messages that were sent, warm-up included.</summary>
    public required long Sent { get; init; }

    /// <summary>Deliveries that were due for them.</summary>
    public required long Expected { get; init; }

    /// <summary>Deliveries that came, each once.</summary>
    public required long Received { get; init; }

    public required long Duplicated { get; init; }

    public required long Misordered { get; init; }

    /// <summary>Lines that nobody had sent.</summary>
    public required long Corrupt { get; init; }

    /// <summary>Deliveries that never came.</summary>
    public long Lost => Expected - Received;

    /// <summary>Whether each message came to everybody, once, in order.</summary>
    public bool IsClean => Lost == 0 && Duplicated == 0 && Misordered == 0 && Corrupt == 0;

    /// <summary>Deliveries a second in the measured time.</summary>
    public required double Rate { get; init; }

    /// <summary>CPU time of the server a delivery.</summary>
    public required double Cpu { get; init; }

    /// <summary>From the scheduled time of the message to the read that brought it.</summary>
    public required Histogram Latency { get; init; }
}
