namespace AotChat.Limits;

/// <summary>A burst, then a rate; what a <see cref="RateGate"/> is held against.</summary>
internal readonly struct RateLimit
{
    // Half of what there is: times are added to it.
    private const long Unlimited = long.MaxValue / 2;

    /// <param name="burst">How many may come at once, at least one.</param>
    /// <param name="perSecond">How many a second after that; 0 for no limit at all.</param>
    /// <param name="ticksPerSecond">The clock's ticks a second.</param>
    public RateLimit(int burst, int perSecond, long ticksPerSecond)
    {
        // Without a limit no time passes between two, and every gate is always open, also one that another limit had closed.
        Interval = perSecond == 0 ? 0 : Math.Max(1, ticksPerSecond / perSecond);
        Tolerance = perSecond == 0 ? Unlimited : Interval * (Math.Max(1, burst) - 1);
    }

    /// <summary>The time between two that come evenly, in the clock's ticks.</summary>
    public long Interval { get; }

    /// <summary>How far one may be ahead of that, in the clock's ticks.</summary>
    public long Tolerance { get; }

    /// <summary>Whether there is a limit.</summary>
    public bool IsOn => Interval > 0;
}
