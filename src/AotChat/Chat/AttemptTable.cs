using AotChat.Configuration;

namespace AotChat.Chat;

/// <summary>
/// Counts attempts within a window of time by key: never more than allowed, whatever the moment that one looks at. Owned
/// by the event loop.
/// </summary>
/// <remarks>
/// Keys without an attempt in the window are forgotten when the table has doubled. It holds
/// <see cref="ChatOptions.AttemptsRemembered"/> keys; while it is full no new key may try, since who could push others out
/// of it could try for ever.
/// </remarks>
/// <param name="time">The clock.</param>
/// <param name="window">How long an attempt counts.</param>
/// <param name="comparer">Compares keys; null for the usual way.</param>
internal sealed class AttemptTable<TKey>(TimeProvider time, TimeSpan window, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private const int SmallestSweep = 64;

    // When each attempt that still counts was made, the oldest first, as timestamps.
    private readonly Dictionary<TKey, List<long>> _attempts = new(comparer);
    private int _sweepAt = SmallestSweep;

    /// <summary>How many keys are remembered.</summary>
    public int Count => _attempts.Count;

    /// <summary>How long the next attempt must wait; zero where it may be made now.</summary>
    /// <param name="key">Who tries.</param>
    /// <param name="max">How many attempts may be made within the window; 0 for no limit.</param>
    public TimeSpan WaitOf(TKey key, int max)
    {
        if (max == 0)
        {
            return TimeSpan.Zero;
        }

        if (!_attempts.TryGetValue(key, out List<long>? made))
        {
            Sweep();
            return _attempts.Count < ChatOptions.AttemptsRemembered ? TimeSpan.Zero : window;
        }

        made.RemoveAll(HasPassed);
        return made.Count < max ? TimeSpan.Zero : window - time.GetElapsedTime(made[^max]);
    }

    /// <summary>Counts an attempt.</summary>
    public void Note(TKey key)
    {
        if (!_attempts.TryGetValue(key, out List<long>? made))
        {
            _attempts.Add(key, made = []);
        }

        made.Add(time.GetTimestamp());
    }

    /// <summary>Takes an attempt back that does not count after all.</summary>
    public void TakeBack(TKey key)
    {
        if (_attempts.TryGetValue(key, out List<long>? made))
        {
            if (made.Count > 0)
            {
                made.RemoveAt(made.Count - 1);
            }

            if (made.Count == 0)
            {
                _attempts.Remove(key);
            }
        }
    }

    private bool HasPassed(long made) => time.GetElapsedTime(made) >= window;

    private void Sweep()
    {
        if (_attempts.Count < _sweepAt)
        {
            return;
        }

        foreach ((TKey key, List<long> made) in _attempts)
        {
            if (made.TrueForAll(HasPassed))
            {
                // A dictionary may lose entries while it is walked.
                _attempts.Remove(key);
            }
        }

        _sweepAt = Math.Clamp(_attempts.Count * 2, SmallestSweep, ChatOptions.AttemptsRemembered);
    }
}
