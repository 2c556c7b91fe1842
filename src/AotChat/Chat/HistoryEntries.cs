using System.Runtime.CompilerServices;

namespace AotChat.Chat;

/// <summary>
/// The entries of a <see cref="HistoryStore"/>, by place. They lie in slabs that are reused and never given
/// back, so that the garbage collector has little to walk through. Owned by the event loop.
/// </summary>
internal sealed class HistoryEntries
{
    private const int SlabBits = 10;
    private const int SlabSize = 1 << SlabBits;

    private readonly List<HistoryEntry[]> _slabs = [];
    private int _free = HistoryShare.None;

    /// <summary>What an entry costs in bytes.</summary>
    public static int Cost { get; } = Unsafe.SizeOf<HistoryEntry>();

    /// <summary>The entry at a place.</summary>
    public ref HistoryEntry this[int place] => ref _slabs[place >> SlabBits][place & (SlabSize - 1)];

    /// <summary>Takes a free entry and returns its place.</summary>
    public int Take()
    {
        if (_free == HistoryShare.None)
        {
            int start = _slabs.Count << SlabBits;
            _slabs.Add(new HistoryEntry[SlabSize]);
            for (int place = start + SlabSize - 1; place >= start; place--)
            {
                Free(place);
            }
        }

        int taken = _free;
        _free = this[taken].Newer;
        return taken;
    }

    /// <summary>Forgets what is at a place.</summary>
    public void Free(int place)
    {
        this[place] = new HistoryEntry { Newer = _free };
        _free = place;
    }
}

/// <summary>A line of the history without its text.</summary>
internal struct HistoryEntry
{
    /// <summary>The share of its author's block in its room.</summary>
    public HistoryShare Share;

    /// <summary>Its number in its room.</summary>
    public long Number;

    /// <summary>When it was said, in ticks of UTC.</summary>
    public long Ticks;

    /// <summary>Its place among the lines of all rooms: higher for later ones.</summary>
    public long Sequence;

    /// <summary>How many bytes it has.</summary>
    public int Length;

    /// <summary>Where they are.</summary>
    public int Text;

    /// <summary>The place of the next older line of the same block.</summary>
    public int Older;

    /// <summary>The place of the next newer line of the same block; of a free entry, the next free one.</summary>
    public int Newer;

    /// <summary>The place of the next newer line of the same block in the same room.</summary>
    public int NewerInRoom;

    /// <summary>How many of the bytes are the author's name.</summary>
    public byte NameLength;

    /// <summary>The kind of its event.</summary>
    public ChatEventKind Kind;
}
