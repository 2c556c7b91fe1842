namespace AotChat.Diagnostics;

/// <summary>What the event loop knows of itself. Written by the loop alone.</summary>
internal sealed class LoopStatistics
{
    /// <summary>How often it has woken up.</summary>
    public long Turns { get; set; }

    /// <summary>The longest turn from wake-up to the last flush; the aim is 1 ms with paced traffic.</summary>
    public TimeSpan LongestTurn { get; set; }
}
