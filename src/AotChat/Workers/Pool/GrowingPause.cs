namespace AotChat.Workers.Pool;

/// <summary>The pauses between attempts that fail: each is twice as long as the one before, up to a limit.</summary>
/// <param name="first">The first one.</param>
/// <param name="longest">The longest.</param>
internal sealed class GrowingPause(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    /// <summary>How long to wait after this failure.</summary>
    public TimeSpan Next()
    {
        TimeSpan pause = first * Math.Pow(2, _failures);
        if (pause >= longest)
        {
            return longest;
        }

        _failures++;
        return pause;
    }

    /// <summary>An attempt has not failed: the next failure begins anew.</summary>
    public void Reset() => _failures = 0;
}
