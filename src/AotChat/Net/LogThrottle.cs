using AotChat.Limits;
using Microsoft.Extensions.Logging;

namespace AotChat.Net;

/// <summary>
/// Keeps those outside from filling the log: what they can bring about at will is logged so many times at once, then so
/// often, and the rest is counted. Owned by the event loop.
/// </summary>
internal sealed class LogThrottle(EventLoop loop)
{
    private const int Burst = 20;
    private const int PerSecond = 1;

    private readonly RateLimit _limit = new(Burst, PerSecond, loop.Time.TimestampFrequency);
    private RateGate _gate;
    private int _suppressed;

    /// <summary>Whether the next one may be logged; says before it how many were not.</summary>
    public bool MayLog(ILogger logger)
    {
        if (!_gate.IsOpen(loop.Now, _limit))
        {
            _suppressed++;
            return false;
        }

        _gate.Pass(loop.Now, _limit);
        if (_suppressed > 0)
        {
            NetLog.Suppressed(logger, _suppressed);
            _suppressed = 0;
        }

        return true;
    }
}
