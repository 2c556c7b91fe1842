using AotChat.Configuration;

namespace AotChat.Workers.Pool;

/// <summary>
/// Calls that have lost two workers, and users whose calls have: neither is tried again for a while. One lost worker is
/// nobody's fault: it may have been ended from outside, or the machine had nothing left. Owned by the event loop.
/// </summary>
internal sealed class Quarantine(TimeProvider time)
{
    private readonly Queue<Call> _calls = [];
    private readonly List<Call> _suspects = [];
    private readonly Dictionary<object, Queue<long>> _crashes = [];

    /// <summary>Whether this call has crashed two workers recently.</summary>
    public bool Holds(ushort index, ReadOnlySpan<byte> arguments)
    {
        while (_calls.TryPeek(out Call? oldest) && time.GetElapsedTime(oldest.Since) >= ChatOptions.QuarantineTime)
        {
            _calls.Dequeue();
        }

        foreach (Call held in _calls)
        {
            if (held.Is(index, arguments))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many workers this user's calls have crashed recently.</summary>
    public int CrashesOf(object owner)
    {
        if (!_crashes.TryGetValue(owner, out Queue<long>? times))
        {
            return 0;
        }

        while (times.TryPeek(out long oldest) && time.GetElapsedTime(oldest) >= ChatOptions.QuarantineTime)
        {
            times.Dequeue();
        }

        if (times.Count == 0)
        {
            _crashes.Remove(owner);
        }

        return times.Count;
    }

    /// <summary>Whether this user's calls have crashed too many workers recently.</summary>
    public bool IsPaused(object owner) => CrashesOf(owner) >= ChatOptions.QuarantineCrashes;

    /// <summary>
    /// Notes that a call which can't be run again for proof has lost a worker; true where it is the second recent one,
    /// no matter which user asked for the call.
    /// </summary>
    public bool IsSecondLoss(ushort index, ReadOnlySpan<byte> arguments)
    {
        _suspects.RemoveAll(suspect => time.GetElapsedTime(suspect.Since) >= ChatOptions.QuarantineTime);
        if (TryClear(index, arguments))
        {
            return true;
        }

        if (_suspects.Count == ChatOptions.QuarantineCalls)
        {
            _suspects.RemoveAt(0);
        }

        _suspects.Add(new Call(index, arguments.ToArray(), time.GetTimestamp()));
        return false;
    }

    /// <summary>Notes that a call has left its worker alive: a worker that it lost before was not its fault.</summary>
    public void OnSurvived(ushort index, ReadOnlySpan<byte> arguments)
    {
        if (_suspects.Count > 0)
        {
            TryClear(index, arguments);
        }
    }

    /// <summary>Blames a call, and the user who asked for it, for the workers that it has lost.</summary>
    public void Blame(ushort index, ReadOnlySpan<byte> arguments, object owner)
    {
        if (_calls.Count == ChatOptions.QuarantineCalls)
        {
            _calls.Dequeue();
        }

        long now = time.GetTimestamp();
        _calls.Enqueue(new Call(index, arguments.ToArray(), now));
        if (!_crashes.TryGetValue(owner, out Queue<long>? times))
        {
            _crashes.Add(owner, times = []);
        }

        for (int losses = 0; losses < ChatOptions.QuarantineLosses; losses++)
        {
            times.Enqueue(now);
        }
    }

    /// <summary>Forgets a user who has left.</summary>
    public void Forget(object owner) => _crashes.Remove(owner);

    private bool TryClear(ushort index, ReadOnlySpan<byte> arguments)
    {
        for (int i = 0; i < _suspects.Count; i++)
        {
            if (_suspects[i].Is(index, arguments))
            {
                _suspects.RemoveAt(i);
                return true;
            }
        }

        return false;
    }

    /// <summary>A call that has lost a worker.</summary>
    private sealed class Call(ushort index, byte[] arguments, long since)
    {
        public long Since => since;

        public bool Is(ushort otherIndex, ReadOnlySpan<byte> otherArguments) => otherIndex == index && otherArguments.SequenceEqual(arguments);
    }
}
