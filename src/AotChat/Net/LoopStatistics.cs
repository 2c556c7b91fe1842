namespace AotChat.Net;

/// <summary>What the event loop knows of itself. Written by the loop alone.</summary>
internal sealed class LoopStatistics
{
    /// <summary>Wake-ups with something to do.</summary>
    public long Turns { get; internal set; }

    /// <summary>The longest turn from wake-up to the last flush; the aim is 1 ms with paced traffic.</summary>
    public TimeSpan LongestTurn { get; internal set; }
}
