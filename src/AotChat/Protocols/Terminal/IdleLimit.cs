using AotChat.Loop;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// Ends a session in which no line has run or waited to run within a time limit. Owned by the event loop.
/// </summary>
/// <param name="loop">The event loop.</param>
/// <param name="limit">The time limit.</param>
/// <param name="pause">Why the session reads nothing for now.</param>
/// <param name="expired">Called once, when the time is over.</param>
internal sealed class IdleLimit(EventLoop loop, TimeSpan limit, Func<ReadingPause> pause, Action expired)
{
    private LoopTimer? _timer;
    private long _lastLine = loop.Now;

    /// <summary>Makes one, whose time begins now.</summary>
    public static IdleLimit Start(EventLoop loop, TimeSpan limit, Func<ReadingPause> pause, Action expired)
    {
        IdleLimit idle = new(loop, limit, pause, expired);
        idle.Look();
        return idle;
    }

    /// <summary>Notes a sign of life.</summary>
    public void Note() => _lastLine = loop.Now;

    /// <summary>Ends it.</summary>
    public void Cancel() => _timer?.Cancel();

    private void Look()
    {
        if (pause() is ReadingPause.Turn or ReadingPause.Flood)
        {
            // The server keeps the user waiting, not the other way round.
            Note();
        }

        TimeSpan left = limit - loop.Time.GetElapsedTime(_lastLine, loop.Now);
        if (left > TimeSpan.Zero)
        {
            _timer = loop.Schedule(left, Look);
        }
        else
        {
            expired();
        }
    }
}
