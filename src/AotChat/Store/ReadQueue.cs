using System.Diagnostics.CodeAnalysis;

namespace AotChat.Store;

/// <summary>Questions on their way to the thread that reads. Bounded; the lock guards everything here.</summary>
/// <param name="max">How many may wait.</param>
internal sealed class ReadQueue(int max)
{
    private readonly object _gate = new();
    private readonly Queue<Action> _waiting = new();
    private bool _isClosed;

    /// <summary>Adds one; false where too many wait.</summary>
    public bool TryAdd(Action read)
    {
        lock (_gate)
        {
            if (_isClosed || _waiting.Count >= max)
            {
                return false;
            }

            _waiting.Enqueue(read);
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

            return _waiting.TryDequeue(out read);
        }
    }

    /// <summary>Takes nothing more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }
    }
}
