using AotChat.Limits;

namespace AotChat.Workers.Pool;

/// <summary>
/// How many lines workers that share it may write to the log: a worker that ends after each job must not get a new allowance
/// with each process. Belongs to one thread.
/// </summary>
internal sealed class PoolLogBudget(TimeProvider time)
{
    /// <summary>How many lines may come at once: a stack and some.</summary>
    public const int Burst = 100;

    /// <summary>How many a second after that.</summary>
    public const int PerSecond = 10;

    private readonly RateLimit _limit = new(Burst, PerSecond, time.TimestampFrequency);
    private RateGate _gate;

    /// <summary>Whether one more line may be written; it counts.</summary>
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
