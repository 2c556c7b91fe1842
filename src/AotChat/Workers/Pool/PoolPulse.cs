using AotChat.Configuration;

namespace AotChat.Workers.Pool;

/// <summary>
/// The pool's look at its limits of time, at intervals, for as long as the server runs: whatever goes wrong in one look,
/// the next one comes. Owned by the event loop.
/// </summary>
/// <param name="loop">The event loop.</param>
/// <param name="isBusy">Whether there is anything whose time runs.</param>
/// <param name="look">Looks, given by how many ticks of the clock the look is late because the process was stopped; 0 where it was not.</param>
internal sealed class PoolPulse(IPoolLoop loop, Func<bool> isBusy, Action<long> look)
{
    private long _due;
    private int _number;
    private bool _isScheduled;
    private bool _isLooking;
    private bool _isEnded;

    /// <summary>Sees to it that a look comes soon, now that somebody's time runs.</summary>
    public void Hasten()
    {
        if (!_isScheduled || loop.Time.GetElapsedTime(loop.Time.GetTimestamp(), _due) > ChatOptions.PoolBusyInterval)
        {
            Schedule(ChatOptions.PoolBusyInterval);
        }
    }

    /// <summary>Sees to it that a look comes at all: there was no memory for a timer, maybe.</summary>
    public void Ensure()
    {
        if (!_isScheduled)
        {
            Schedule(ChatOptions.PoolIdleInterval);
        }
    }

    /// <summary>Stops: nothing is left to look at.</summary>
    public void End() => _isEnded = true;

    private void Schedule(TimeSpan delay)
    {
        // After a look the next one is scheduled in any case.
        if (_isEnded || _isLooking)
        {
            return;
        }

        // A pulse that was scheduled for later is overtaken, and passes without doing anything.
        int number = ++_number;
        loop.Schedule(delay, () =>
        {
            if (number == _number)
            {
                Fire();
            }
        });
        _due = loop.Time.GetTimestamp() + (long)(delay.TotalSeconds * loop.Time.TimestampFrequency);
        _isScheduled = true;
    }

    private void Fire()
    {
        _isScheduled = false;
        _isLooking = true;
        long late = loop.Time.GetTimestamp() - _due;
        try
        {
            look(loop.Time.GetElapsedTime(0, late) > ChatOptions.StoppedAfter ? late : 0);
        }
        finally
        {
            _isLooking = false;
            Schedule(isBusy() ? ChatOptions.PoolBusyInterval : ChatOptions.PoolIdleInterval);
        }
    }
}
