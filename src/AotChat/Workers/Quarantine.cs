namespace AotChat.Workers;

/// <summary>
/// Calls that have crashed two workers, and users whose jobs have crashed three: neither is tried again for a while.
/// Owned by the event loop.
/// </summary>
internal sealed class Quarantine(TimeProvider time)
{
    /// <summary>After so many crashes of one user's jobs they are paused.</summary>
    public const int MostCrashes = 3;

    // Those are rare; whoever brings about more of them is paused before.
    private const int MostCalls = 1_000;

    /// <summary>For how long, and within what time crashes count.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(10);

    private readonly Queue<(ushort Index, byte[] Arguments, long Since)> _calls = [];
    private readonly Dictionary<object, Queue<long>> _crashes = [];

    /// <summary>Whether this call has crashed two workers of late.</summary>
    public bool Holds(ushort index, ReadOnlySpan<byte> arguments)
    {
        while (_calls.TryPeek(out (ushort, byte[], long Since) oldest) && time.GetElapsedTime(oldest.Since) >= Duration)
        {
            _calls.Dequeue();
        }

        foreach ((ushort heldIndex, byte[] heldArguments, long _) in _calls)
        {
            if (heldIndex == index && arguments.SequenceEqual(heldArguments))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this user's jobs have crashed too often of late.</summary>
    public bool IsPaused(object owner)
    {
        if (!_crashes.TryGetValue(owner, out Queue<long>? times))
        {
            return false;
        }

        while (times.TryPeek(out long oldest) && time.GetElapsedTime(oldest) >= Duration)
        {
            times.Dequeue();
        }

        if (times.Count == 0)
        {
            _crashes.Remove(owner);
        }

        return times.Count >= MostCrashes;
    }

    /// <summary>Notes that a worker ended while it ran a job of this user.</summary>
    public void OnCrash(object owner)
    {
        if (!_crashes.TryGetValue(owner, out Queue<long>? times))
        {
            _crashes.Add(owner, times = []);
        }

        times.Enqueue(time.GetTimestamp());
    }

    /// <summary>Notes that a call has crashed two workers.</summary>
    public void Add(ushort index, ReadOnlySpan<byte> arguments)
    {
        if (_calls.Count == MostCalls)
        {
            _calls.Dequeue();
        }

        _calls.Enqueue((index, arguments.ToArray(), time.GetTimestamp()));
    }

    /// <summary>Forgets a user who is gone.</summary>
    public void Forget(object owner) => _crashes.Remove(owner);
}
