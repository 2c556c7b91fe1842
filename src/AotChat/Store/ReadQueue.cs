using System.Diagnostics.CodeAnalysis;

namespace AotChat.Store;

/// <summary>Questions on their way to the thread that reads. Bounded; the lock guards everything here.</summary>
/// <param name="max">How many may wait.</param>
internal sealed class ReadQueue(int max)
{
    private readonly object _gate = new();
    private readonly Queue<(Action Read, Action Refuse)> _waiting = new();
    private bool _isClosed;

    /// <summary>Adds one; false where too many wait.</summary>
    /// <param name="read">Answers it.</param>
    /// <param name="refuse">Answers it with nothing, where the queue is closed before; called by who closes it.</param>
    public bool TryAdd(Action read, Action refuse)
    {
        lock (_gate)
        {
            if (_isClosed || _waiting.Count >= max)
            {
                return false;
            }

            _waiting.Enqueue((read, refuse));
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Takes the next one; false where none came within the time, or the queue is closed.</summary>
    public bool TryTake(TimeSpan limit, [NotNullWhen(true)] out Action? read)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isClosed)
            {
                if (!Monitor.Wait(_gate, limit))
                {
                    break;
                }
            }

            read = _waiting.TryDequeue(out (Action Read, Action Refuse) next) ? next.Read : null;
            return read is not null;
        }
    }

    /// <summary>Takes nothing more, and refuses what waits.</summary>
    public void Close()
    {
        (Action Read, Action Refuse)[] refused;
        lock (_gate)
        {
            _isClosed = true;
            refused = [.. _waiting];
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }

        foreach ((_, Action refuse) in refused)
        {
            refuse();
        }
    }
}
