using System.Runtime.CompilerServices;

namespace AotChat.Chat;

/// <summary>
/// What was said in all rooms: of each the last lines, of all together no more than so many bytes; the oldest go first,
/// whichever room they are of. Owned by the event loop.
/// </summary>
/// <remarks>
/// A line is an entry here, and its text in a <see cref="BlockStore"/>. Entries lie in slabs that are never given back
/// and used again and again, so that a full history allocates nothing and gives the garbage collector little to walk
/// through. A chain through all entries in order of age finds the oldest.
/// </remarks>
/// <param name="maxLines">How many lines a room keeps.</param>
/// <param name="maxBytes">How many bytes all rooms keep together, entries included.</param>
internal sealed class HistoryStore(int maxLines, long maxBytes)
{
    private const int SlabBits = 10;
    private const int SlabSize = 1 << SlabBits;
    private const int None = -1;

    private readonly List<Entry[]> _entries = [];
    private readonly BlockStore _texts = new();
    private int _freeEntry = None;
    private int _oldest = None;
    private int _newest = None;
    private long _sequence;
    private byte[] _scratch = new byte[512];

    /// <summary>What an entry costs: itself, and its place in the room's index, which may be half empty.</summary>
    internal static int EntryCost { get; } = Unsafe.SizeOf<Entry>() + (2 * sizeof(int));

    /// <summary>How many lines all rooms have.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Called with a room whose last line was forgotten because others took its place.</summary>
    public Action<Room>? Emptied { get; set; }

    /// <summary>What a line with so many bytes costs.</summary>
    internal static int CostOf(int length) => EntryCost + BlockStore.CostOf(length);

    /// <summary>Keeps a line and returns its number; 0 where no history is kept.</summary>
    /// <param name="room">Where it was said.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="ticks">When, in ticks of UTC.</param>
    /// <param name="body"><c>NAME TEXT</c>, safe for a terminal.</param>
    /// <param name="nameLength">How many bytes of it are the name.</param>
    public long Add(Room room, HistoryKind kind, long ticks, ReadOnlySpan<byte> body, int nameLength)
    {
        int cost = CostOf(body.Length);
        if (maxLines == 0 || cost > maxBytes)
        {
            return 0;
        }

        if (room.History.Count == maxLines)
        {
            Remove(room);
        }

        while (Bytes + cost > maxBytes)
        {
            Room other = EntryAt(_oldest).Room;
            Remove(other);
            if (other.History.Count == 0 && other != room)
            {
                Emptied?.Invoke(other);
            }
        }

        int place = TakeEntry();
        ref Entry entry = ref EntryAt(place);
        entry = new Entry
        {
            Room = room,
            Ticks = ticks,
            Sequence = ++_sequence,
            Kind = kind,
            Length = body.Length,
            NameLength = (byte)nameLength,
            Text = _texts.Write(body),
            Older = _newest,
            Newer = None,
        };
        if (_newest == None)
        {
            _oldest = place;
        }
        else
        {
            EntryAt(_newest).Newer = place;
        }

        _newest = place;
        Count++;
        Bytes += cost;
        return room.History.Add(place);
    }

    /// <summary>Reads a line that is there.</summary>
    public HistoryLine Read(Room room, long number)
    {
        ref Entry entry = ref EntryAt(room.History[number]);
        if (_scratch.Length < entry.Length)
        {
            _scratch = new byte[entry.Length];
        }

        Span<byte> body = _scratch.AsSpan(0, entry.Length);
        _texts.Read(entry.Text, body);
        return new HistoryLine(number, entry.Ticks, entry.Kind, body, entry.NameLength);
    }

    /// <summary>How many bytes a line that is there has: <c>NAME TEXT</c>.</summary>
    public int LengthOf(Room room, long number) => EntryAt(room.History[number]).Length;

    /// <summary>The place of a line that is there among those of all rooms: higher for later ones.</summary>
    public long SequenceOf(Room room, long number) => EntryAt(room.History[number]).Sequence;

    /// <summary>Forgets everything that was said in a room.</summary>
    public void Clear(Room room)
    {
        while (room.History.Count > 0)
        {
            Remove(room);
        }
    }

    // The oldest line of a room.
    private void Remove(Room room)
    {
        int place = room.History.RemoveFirst();
        ref Entry entry = ref EntryAt(place);
        if (entry.Older == None)
        {
            _oldest = entry.Newer;
        }
        else
        {
            EntryAt(entry.Older).Newer = entry.Newer;
        }

        if (entry.Newer == None)
        {
            _newest = entry.Older;
        }
        else
        {
            EntryAt(entry.Newer).Older = entry.Older;
        }

        Count--;
        Bytes -= CostOf(entry.Length);
        _texts.Free(entry.Text);
        entry = new Entry { Newer = _freeEntry };
        _freeEntry = place;
    }

    private int TakeEntry()
    {
        if (_freeEntry == None)
        {
            int start = _entries.Count << SlabBits;
            _entries.Add(new Entry[SlabSize]);
            for (int place = start + SlabSize - 1; place >= start; place--)
            {
                EntryAt(place).Newer = _freeEntry;
                _freeEntry = place;
            }
        }

        int taken = _freeEntry;
        _freeEntry = EntryAt(taken).Newer;
        return taken;
    }

    private ref Entry EntryAt(int place) => ref _entries[place >> SlabBits][place & (SlabSize - 1)];

    private struct Entry
    {
        public Room Room;
        public long Ticks;
        public long Sequence;
        public int Length;
        public int Text;

        // The neighbours in order of age; of a free entry, Newer is the next free one.
        public int Older;
        public int Newer;
        public byte NameLength;
        public HistoryKind Kind;
    }
}
