using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Store;

/// <summary>
/// What the event loop wants written, on its way to the thread that writes, in groups of one transaction each. Bounded: what
/// finds no room is refused. The lock guards everything here, and is held for some nanoseconds.
/// </summary>
/// <param name="maxBytes">How many bytes may wait.</param>
internal sealed class StoreQueue(long maxBytes)
{
    private const int MaxSpare = 4;

    private readonly object _gate = new();
    private readonly Queue<StoreBatch> _full = new();
    private readonly Stack<StoreBatch> _spare = new();
    private StoreBatch _filling = new();
    private long _fullBytes;
    private long _takenBytes;
    private bool _isUrgent;
    private bool _isWriting;
    private bool _isClosed;

    // Whether the thread that writes waits, so that nobody wakes it for nothing.
    private bool _isAwaited;

    /// <summary>How many bytes wait.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _fullBytes + _filling.Bytes + _takenBytes;
            }
        }
    }

    /// <summary>Whether everything is written: nothing waits, and no group is taken that is not given back.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return HasNothing && !_isWriting;
            }
        }
    }

    private bool HasNothing => _full.Count == 0 && _filling.Count == 0;

    private bool IsDue => _isClosed || _isUrgent || _full.Count > 0;

    /// <summary>Adds a line; false where there is no room.</summary>
    public bool TryAdd(in SaidLine line)
    {
        lock (_gate)
        {
            if (!HasRoomFor(maxBytes))
            {
                return false;
            }

            _filling.Add(line);
            NoteAdded();
            return true;
        }
    }

    /// <summary>Adds other work; false where there is no room.</summary>
    public bool TryAdd(StoreWork work)
    {
        lock (_gate)
        {
            // Changes that belong to lines must find room behind the last of these.
            if (!HasRoomFor(maxBytes + ChatOptions.StoreWorkReserve))
            {
                return false;
            }

            _isUrgent |= work.IsUrgent;
            _filling.Add(work);
            NoteAdded();
            return true;
        }
    }

    /// <summary>
    /// Takes the next group: at once where it is full or where somebody waits for it, and otherwise once its first entry has
    /// waited for <see cref="ChatOptions.StoreGroupTime"/> for others to go with it.
    /// </summary>
    /// <param name="idle">How long to wait for a first entry.</param>
    /// <param name="batch">What waits; null where nothing came within the time.</param>
    /// <returns>False where the queue is closed and empty.</returns>
    public bool TryTake(TimeSpan idle, out StoreBatch? batch)
    {
        lock (_gate)
        {
            batch = null;
            if (HasNothing && !_isClosed)
            {
                Wait(idle);
            }

            if (_filling.Count > 0 && !IsDue)
            {
                Wait(ChatOptions.StoreGroupTime);
            }

            if (_full.TryDequeue(out batch))
            {
                _fullBytes -= batch.Bytes;
            }
            else if (_filling.Count > 0)
            {
                (batch, _filling, _isUrgent) = (_filling, Spare(), false);
            }

            _isWriting = batch is not null;
            _takenBytes = batch?.Bytes ?? 0;
            return batch is not null || !_isClosed;
        }
    }

    /// <summary>Takes a group back that is written, to be filled again.</summary>
    public void Return(StoreBatch batch)
    {
        batch.Clear();
        lock (_gate)
        {
            _isWriting = false;
            _takenBytes = 0;
            if (_spare.Count < MaxSpare)
            {
                _spare.Push(batch);
            }
        }
    }

    /// <summary>Takes out what somebody waits for: the disk does not take it. What nobody waits for stays.</summary>
    public void TakePromises(Action<StoreWork> take)
    {
        lock (_gate)
        {
            foreach (StoreBatch batch in _full)
            {
                batch.TakePromises(take);
            }

            _filling.TakePromises(take);
            _isUrgent = false;
        }
    }

    /// <summary>Takes nothing more; what waits is still to be written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool HasRoomFor(long limit) => !_isClosed && _fullBytes + _filling.Bytes <= limit;

    private StoreBatch Spare() => _spare.TryPop(out StoreBatch? spare) ? spare : new StoreBatch();

    // The first entry ends the wait for one; a full group, or an urgent one, the wait for more.
    private void NoteAdded()
    {
        bool isFirst = _filling.Count == 1;
        if (_filling.IsFull)
        {
            _full.Enqueue(_filling);
            _fullBytes += _filling.Bytes;
            _filling = Spare();
        }

        if (_isAwaited && (isFirst || IsDue))
        {
            _isAwaited = false;
            Monitor.Pulse(_gate);
        }
    }

    private void Wait(TimeSpan limit)
    {
        _isAwaited = true;
        Monitor.Wait(_gate, limit);
        _isAwaited = false;
    }
}
