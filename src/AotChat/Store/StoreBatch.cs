using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Store;

/// <summary>A line that waits to be written; its text lies in the batch.</summary>
internal struct QueuedLine
{
    public long Room;
    public long Number;
    public long Ticks;
    public long Account;
    public int Start;
    public int Length;
    public byte NameLength;
    public ChatEventKind Kind;
}

/// <summary>
/// What is written in one transaction, in order: lines, and work of other kinds. One thread fills it, then another one
/// writes it.
/// </summary>
internal sealed class StoreBatch
{
    // Where this is not null the entry is no line.
    private readonly StoreWork?[] _works = new StoreWork?[ChatOptions.StoreGroupEntries];
    private readonly QueuedLine[] _lines = new QueuedLine[ChatOptions.StoreGroupEntries];
    private byte[] _bytes = new byte[ChatOptions.StoreBytesKept];
    private int _length;

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it takes no more.</summary>
    public bool IsFull => Count == _lines.Length;

    /// <summary>Whether somebody is promised that it is on the disk.</summary>
    public bool IsSynced { get; private set; }

    /// <summary>About how many bytes of memory what waits takes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The work that an entry is; null for a line, and for work that was given up.</summary>
    public StoreWork? WorkAt(int index) => _works[index];

    /// <summary>The line that an entry is; its length is 0 where it is none.</summary>
    public ref readonly QueuedLine LineAt(int index) => ref _lines[index];

    /// <summary>The text of a line.</summary>
    public ReadOnlySpan<byte> TextOf(in QueuedLine line) => _bytes.AsSpan(line.Start, line.Length);

    public void Add(in SaidLine line)
    {
        if (_length + line.Body.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + line.Body.Length));
        }

        line.Body.CopyTo(_bytes.AsSpan(_length));
        ref QueuedLine added = ref Next(null);
        added.Room = line.Room;
        added.Number = line.Number;
        added.Ticks = line.Ticks;
        added.Account = line.Account;
        added.Kind = line.Kind;
        added.NameLength = (byte)line.NameLength;
        (added.Start, added.Length) = (_length, line.Body.Length);
        _length += line.Body.Length;
        Bytes += line.Body.Length + ChatOptions.StoreEntryBytes;
    }

    public void Add(StoreWork work)
    {
        Next(work).Length = 0;
        IsSynced |= work.IsSynced;
        Bytes += ChatOptions.StoreWorkBytes;
    }

    /// <summary>Takes out what somebody waits for.</summary>
    public void TakePromises(Action<StoreWork> take)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_works[i] is { IsUrgent: true } work)
            {
                take(work);
                _works[i] = null;
            }
        }

        IsSynced = false;
    }

    /// <summary>Forgets everything. What was needed at an unusual time is given back.</summary>
    public void Clear()
    {
        Array.Clear(_works, 0, Count);
        Count = 0;
        _length = 0;
        Bytes = 0;
        IsSynced = false;
        if (_bytes.Length > ChatOptions.StoreBytesKept)
        {
            _bytes = new byte[ChatOptions.StoreBytesKept];
        }
    }

    private ref QueuedLine Next(StoreWork? work)
    {
        _works[Count] = work;
        return ref _lines[Count++];
    }
}
