namespace AotChat.Limits;

/// <summary>A <see cref="RateGate"/> with its limit and its clock, for those that share one. Belongs to one thread.</summary>
/// <param name="time">The clock.</param>
/// <param name="burst">How many may pass at once.</param>
/// <param name="perSecond">How many a second after that.</param>
internal sealed class RateBudget(TimeProvider time, int burst, int perSecond)
{
    private readonly RateLimit _limit = new(burst, perSecond, time.TimestampFrequency);
    private RateGate _gate;

    /// <summary>Whether the next one may pass.</summary>
    public bool IsOpen => _gate.IsOpen(time.GetTimestamp(), _limit);

    /// <summary>Whether one more may pass; it counts.</summary>
    public bool TryPass()
    {
        long now = time.GetTimestamp();
        if (!_gate.IsOpen(now, _limit))
        {
            return false;
        }

        _gate.Pass(now, _limit);
        return true;
    }
}
