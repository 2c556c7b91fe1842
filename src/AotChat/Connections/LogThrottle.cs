using AotChat.Configuration;
using AotChat.Limits;
using AotChat.Loop;
using Microsoft.Extensions.Logging;

namespace AotChat.Connections;

/// <summary>
/// Keeps clients from filling the log: messages that they can cause at will are logged in a burst, then at a rate, and
/// the rest is counted and told. Owned by the event loop.
/// </summary>
/// <param name="loop">The loop, whose clock it follows.</param>
/// <param name="logger">Where the count is told.</param>
/// <param name="subject">What the messages are about, in the plural.</param>
/// <param name="burst">How many may be logged at once.</param>
/// <param name="perSecond">How many a second after that.</param>
internal sealed class LogThrottle(EventLoop loop, ILogger logger, string subject, int burst, int perSecond)
{
    private readonly SuppressionGate _gate = new(
        new RateBudget(loop.Time, burst, perSecond), count => ConnectionLog.Suppressed(logger, count, subject));

    // Only while there is something to tell.
    private LoopTimer? _telling;

    /// <summary>Whether the next one may be logged; says before it how many were not.</summary>
    public bool MayLog()
    {
        bool mayLog = _gate.TryPass();
        if (!mayLog)
        {
            _telling ??= loop.Schedule(ChatOptions.SuppressedAfter, Tell);
        }
        else
        {
            EndTelling();
        }

        return mayLog;
    }

    private void Tell()
    {
        EndTelling();
        _gate.Tell();
    }

    private void EndTelling()
    {
        _telling?.Cancel();
        _telling = null;
    }
}
