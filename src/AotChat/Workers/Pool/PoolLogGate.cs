using AotChat.Limits;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// Keeps users from filling the log through the pool: lines that a job can bring about are logged so many at once, then so
/// often, and the rest is counted. Owned by the event loop.
/// </summary>
internal sealed class PoolLogGate(TimeProvider time, ILogger logger)
{
    /// <summary>How many lines may come at once.</summary>
    public const int Burst = 20;

    /// <summary>How many a second after that.</summary>
    public const int PerSecond = 1;

    private readonly RateLimit _limit = new(Burst, PerSecond, time.TimestampFrequency);
    private RateGate _gate;
    private int _suppressed;

    /// <summary>Whether the next line may be logged; one that may not is counted.</summary>
    public bool MayLog()
    {
        long now = time.GetTimestamp();
        if (!_gate.IsOpen(now, _limit))
        {
            _suppressed++;
            return false;
        }

        Report();
        _gate.Pass(now, _limit);
        return true;
    }

    /// <summary>Says how many lines were left out, once they come slowly enough again.</summary>
    public void ReportIfQuiet()
    {
        if (_suppressed > 0 && _gate.IsOpen(time.GetTimestamp(), _limit))
        {
            Report();
        }
    }

    private void Report()
    {
        if (_suppressed > 0)
        {
            WorkerLog.LeftOut(logger, _suppressed);
            _suppressed = 0;
        }
    }
}
