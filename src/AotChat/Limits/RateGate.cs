namespace AotChat.Limits;

/// <summary>
/// A token bucket in eight bytes: it allows a burst, then a rate. It keeps the time at which the bucket will be
/// full again (the generic cell rate algorithm, ITU-T I.371), so that nothing has to be refilled. A mutable structure
/// that belongs to what it limits.
/// </summary>
internal struct RateGate
{
    private long _fullAt;

    /// <summary>Whether the next one may pass.</summary>
    public readonly bool IsOpen(long now, in RateLimit limit) => _fullAt - now <= limit.Tolerance;

    /// <summary>Whether it has forgotten everything: the last pass was so long ago that the bucket is full.</summary>
    public readonly bool IsFresh(long now) => _fullAt <= now;

    /// <summary>Lets one pass. The caller has asked <see cref="IsOpen"/>.</summary>
    public void Pass(long now, in RateLimit limit) => _fullAt = Math.Max(_fullAt, now) + limit.Interval;

    /// <summary>Lets several pass, also more than are allowed: the next ones wait for longer.</summary>
    public void Pass(long now, in RateLimit limit, int count) => _fullAt = Math.Max(_fullAt, now) + (count * limit.Interval);

    /// <summary>How long the next one must wait, in the clock's ticks; 0 while the gate is open.</summary>
    public readonly long Wait(long now, in RateLimit limit) => Math.Max(0, _fullAt - now - limit.Tolerance);
}
