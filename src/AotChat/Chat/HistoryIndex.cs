using System.Numerics;

namespace AotChat.Chat;

/// <summary>
/// The lines of one room by number: 1 for the first that was ever said in it, without gaps. Only the last ones are still
/// there. Changed by <see cref="HistoryStore"/> alone.
/// </summary>
internal sealed class HistoryIndex
{
    private const int SmallestRing = 16;

    // A ring of places in the store; its size is a power of two.
    private int[] _ring = [];
    private int _head;

    /// <summary>How many lines are there.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the oldest line that is there; that of the next one where none is.</summary>
    public long First { get; private set; } = 1;

    /// <summary>The number of the newest line; one less than <see cref="First"/> where none is there.</summary>
    public long Last => First + Count - 1;

    /// <summary>The place of a line in the store.</summary>
    internal int this[long number] => _ring[(_head + (int)(number - First)) & (_ring.Length - 1)];

    /// <summary>Adds the newest line and returns its number.</summary>
    internal long Add(int place)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        _ring[(_head + Count) & (_ring.Length - 1)] = place;
        Count++;
        return Last;
    }

    /// <summary>Forgets the oldest line and returns its place.</summary>
    internal int RemoveFirst()
    {
        int place = _ring[_head];
        _head = (_head + 1) & (_ring.Length - 1);
        First++;
        Count--;
        return place;
    }

    private void Grow()
    {
        int[] larger = new int[Math.Max(SmallestRing, (int)BitOperations.RoundUpToPowerOf2((uint)Count + 1))];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        }

        _ring = larger;
        _head = 0;
    }
}
