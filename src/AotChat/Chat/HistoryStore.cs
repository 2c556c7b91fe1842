namespace AotChat.Chat;

/// <summary>
/// What was said in all rooms: a limited number of lines of each, and of bytes of all together. The address block with
/// the most loses its oldest lines first, so that nobody washes away what others have said. Owned by the event loop.
/// </summary>
/// <remarks>
/// A line is a <see cref="HistoryEntry"/>, and its text lies in a <see cref="BlockStore"/>. Each block has a chain through
/// its entries in order of age, and one through those in each room. A full history allocates nothing.
/// </remarks>
/// <param name="maxLines">How many lines a room keeps.</param>
/// <param name="maxBytes">How many bytes all rooms keep together, entries and shares included.</param>
internal sealed partial class HistoryStore(int maxLines, long maxBytes)
{
    private const int None = HistoryShare.None;

    private int _maxLines = maxLines;
    private long _maxBytes = maxBytes;
    private readonly HistoryEntries _entries = new();
    private readonly BlockStore _texts = new();
    private readonly HistoryShares _shares = new();
    private long _lineBytes;
    private long _sequence;
    private byte[] _scratch = new byte[512];

    /// <summary>What an entry costs: itself, and its place in the room's index.</summary>
    internal static int EntryCost { get; } = HistoryEntries.Cost + HistoryIndex.LineCost;

    /// <summary>How many lines all rooms have.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes they take.</summary>
    public long Bytes => _lineBytes + _shares.Bytes;

    /// <summary>Called with a room whose last line was forgotten because others took its place.</summary>
    public Action<Room>? Emptied { get; set; }

    /// <summary>What each address block has; the first one has the most bytes, the others have no order.</summary>
    internal IReadOnlyList<HistoryShare> Holders => _shares.Wholes.All;

    /// <summary>What a line of this many bytes costs.</summary>
    internal static int CostOf(int length) => EntryCost + BlockStore.CostOf(length);

    /// <summary>Keeps a line and returns its number; 0 where no history is kept.</summary>
    /// <param name="room">Where it was said.</param>
    /// <param name="block">Where its author sits; see <see cref="IUserSession.OriginBlock"/>.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="ticks">When, in ticks of UTC.</param>
    /// <param name="body"><c>NAME TEXT</c>, safe for a terminal.</param>
    /// <param name="nameLength">How many bytes of it are the name.</param>
    public long Add(Room room, UInt128 block, ChatEventKind kind, long ticks, ReadOnlySpan<byte> body, int nameLength)
    {
        int cost = CostOf(body.Length);
        if (_maxLines == 0 || cost + (2 * HistoryShares.Cost) > _maxBytes)
        {
            return 0;
        }

        HistoryShare share = _shares.Of(room, block);
        int place = _entries.Take();
        long number = room.History.Add(place);
        _entries[place] = new HistoryEntry
        {
            Share = share,
            Number = number,
            Ticks = ticks,
            Sequence = ++_sequence,
            Kind = kind,
            Length = body.Length,
            NameLength = (byte)nameLength,
            Text = _texts.Write(body),
        };
        Link(place, share);
        _shares.NoteAdded(share, cost);
        Count++;
        _lineBytes += cost;
        Evict(room, share);
        return number;
    }

    /// <summary>Puts another line in the place of one that is kept; number, time and author's share stay.</summary>
    public void Replace(Room room, long number, ChatEventKind kind, ReadOnlySpan<byte> body, int nameLength)
    {
        ref HistoryEntry entry = ref _entries[room.History[number]];
        int change = CostOf(body.Length) - CostOf(entry.Length);
        _texts.Free(entry.Text);
        entry.Text = _texts.Write(body);
        entry.Kind = kind;
        entry.Length = body.Length;
        entry.NameLength = (byte)nameLength;
        _lineBytes += change;
        _shares.NoteChanged(entry.Share, change);
    }

    /// <summary>Reads a line that is kept.</summary>
    public HistoryLine Read(Room room, long number)
    {
        ref HistoryEntry entry = ref _entries[room.History[number]];
        if (_scratch.Length < entry.Length)
        {
            _scratch = new byte[entry.Length];
        }

        Span<byte> body = _scratch.AsSpan(0, entry.Length);
        _texts.Read(entry.Text, body);
        return new HistoryLine(number, entry.Ticks, entry.Kind, body, entry.NameLength);
    }

    /// <summary>How many bytes a line that is kept has: <c>NAME TEXT</c>.</summary>
    public int LengthOf(Room room, long number) => _entries[room.History[number]].Length;

    /// <summary>The place of a line that is kept among those of all rooms: higher for later ones.</summary>
    public long SequenceOf(Room room, long number) => _entries[room.History[number]].Sequence;

    /// <summary>Forgets everything that was said in a room.</summary>
    public void Clear(Room room)
    {
        while (room.History.Count > 0)
        {
            Remove(_entries[room.History[room.History.First]].Share);
        }
    }

    // The line that was added last stays whatever it costs.
    private void Evict(Room room, HistoryShare adder)
    {
        if (room.History.Count > _maxLines)
        {
            Remove(room.History.Shares.LoserTo(adder));
        }

        // One line takes the place of a few; only where the limit was lowered there are more, which Trim removes.
        for (int i = 0; i < MostEvicted && Bytes > _maxBytes; i++)
        {
            RemoveOldest(_shares.Wholes.LoserTo(adder.Whole!));
        }
    }

    private void RemoveOldest(HistoryShare whole)
    {
        HistoryShare share = _entries[whole.Oldest].Share;
        Room room = share.Room!;
        Remove(share);
        if (room.History.Count == 0)
        {
            Emptied?.Invoke(room);
        }
    }

    // Adds an entry to the ends of both chains.
    private void Link(int place, HistoryShare share)
    {
        HistoryShare whole = share.Whole!;
        ref HistoryEntry entry = ref _entries[place];
        entry.Older = whole.Newest;
        entry.Newer = None;
        entry.NewerInRoom = None;
        if (share.Lines == 0)
        {
            (share.Oldest, share.OldestSequence) = (place, entry.Sequence);
        }
        else
        {
            _entries[share.Newest].NewerInRoom = place;
        }

        if (whole.Lines == 0)
        {
            (whole.Oldest, whole.OldestSequence) = (place, entry.Sequence);
        }
        else
        {
            _entries[whole.Newest].Newer = place;
        }

        (share.Newest, whole.Newest) = (place, place);
    }

    // The oldest line of a block in a room.
    private void Remove(HistoryShare share)
    {
        HistoryShare whole = share.Whole!;
        int place = share.Oldest;
        ref HistoryEntry entry = ref _entries[place];
        share.Room!.History.Remove(entry.Number);
        share.Oldest = entry.NewerInRoom;
        share.OldestSequence = SequenceAt(share.Oldest);
        if (entry.Older == None)
        {
            whole.Oldest = entry.Newer;
            whole.OldestSequence = SequenceAt(whole.Oldest);
        }
        else
        {
            _entries[entry.Older].Newer = entry.Newer;
        }

        if (entry.Newer == None)
        {
            whole.Newest = entry.Older;
        }
        else
        {
            _entries[entry.Newer].Older = entry.Older;
        }

        int cost = CostOf(entry.Length);
        Count--;
        _lineBytes -= cost;
        _texts.Free(entry.Text);
        _entries.Free(place);
        _shares.NoteRemoved(share, cost);
    }

    private long SequenceAt(int place) => place == None ? 0 : _entries[place].Sequence;
}
