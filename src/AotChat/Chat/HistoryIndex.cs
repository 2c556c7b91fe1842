namespace AotChat.Chat;

/// <summary>
/// The lines of one room that are kept, by number. The first line that was ever said in the room has number 1; a number
/// never changes and never repeats, so the numbers of forgotten lines are missing. Changed by <see cref="HistoryStore"/>
/// alone.
/// </summary>
/// <remarks>
/// Numbers and places lie in order in two arrays, so that a number is found by halving. Removing a line moves
/// its neighbours on the shorter side: none for the oldest line, less than 1 µs in the middle of 1,000.
/// </remarks>
internal sealed class HistoryIndex
{
    private const int SmallestRoom = 16;

    private long[] _numbers = [];

    // Places in the store.
    private int[] _places = [];
    private int _start;
    private long _lastGiven;

    /// <summary>What a line costs here, in bytes: its number and its place, in arrays that may be half empty.</summary>
    internal const int LineCost = 2 * (sizeof(long) + sizeof(int));

    /// <summary>How many lines are kept.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the oldest kept line; that of the next line where none is kept.</summary>
    public long First => Count > 0 ? _numbers[_start] : _lastGiven + 1;

    /// <summary>The number of the newest kept line; one less than <see cref="First"/> where none is kept.</summary>
    public long Last => Count > 0 ? _numbers[_start + Count - 1] : _lastGiven;

    /// <summary>The number of the last line that was ever said; 0 where none was.</summary>
    public long LastGiven => _lastGiven;

    /// <summary>The numbers of all lines that are kept, in order. Valid until a line is added or removed.</summary>
    public ReadOnlySpan<long> Numbers => _numbers.AsSpan(_start, Count);

    /// <summary>How many of these lines each address block has.</summary>
    internal HistoryShareHeap Shares { get; } = new();

    /// <summary>The place of a line in the store; the line is kept.</summary>
    internal int this[long number] => _places[_start + PositionOf(number)];

    /// <summary>Whether a line is kept.</summary>
    public bool Holds(long number) => Numbers.BinarySearch(number) >= 0;

    /// <summary>The numbers of the last lines: as many as asked for, or as are kept.</summary>
    public ReadOnlySpan<long> Newest(long max) => Numbers[(int)(Count - Math.Min(Math.Max(max, 0), Count))..];

    /// <summary>The numbers of the lines that are kept from one number to another, both included.</summary>
    public ReadOnlySpan<long> Between(long first, long last)
    {
        ReadOnlySpan<long> from = Numbers[PositionOf(first)..];
        int end = from.BinarySearch(last);
        return from[..(end < 0 ? ~end : end + 1)];
    }

    /// <summary>Lets the numbers go on from those of an earlier process; before any line is added.</summary>
    internal void StartAfter(long number) => _lastGiven = number;

    /// <summary>Adds the newest line and returns its number.</summary>
    internal long Add(int place)
    {
        int end = _start + Count;
        if (end == _numbers.Length)
        {
            // Lines removed at the front have left room for new ones, or there are more lines than before.
            Resize(_start > _numbers.Length / 4 ? _numbers.Length : RoomFor(Count));
            end = Count;
        }

        _numbers[end] = ++_lastGiven;
        _places[end] = place;
        Count++;
        return _lastGiven;
    }

    /// <summary>Forgets a line that is kept.</summary>
    internal void Remove(long number)
    {
        int before = PositionOf(number);
        int after = Count - before - 1;
        if (before < after)
        {
            Move(_start, before, _start + 1);
            _start++;
        }
        else
        {
            Move(_start + before + 1, after, _start + before);
        }

        Count--;
        if (_numbers.Length > 2 * (Count + SmallestRoom))
        {
            Resize(RoomFor(Count));
        }
    }

    private static int RoomFor(int count) => count + (count / 2) + SmallestRoom;

    // Where a number is or, if it is missing, the next higher one.
    private int PositionOf(long number)
    {
        int position = Numbers.BinarySearch(number);
        return position < 0 ? ~position : position;
    }

    private void Move(int from, int count, int to)
    {
        _numbers.AsSpan(from, count).CopyTo(_numbers.AsSpan(to));
        _places.AsSpan(from, count).CopyTo(_places.AsSpan(to));
    }

    // Also moves all lines to the front.
    private void Resize(int length)
    {
        (long[] numbers, int[] places) = length == _numbers.Length ? (_numbers, _places) : (new long[length], new int[length]);
        _numbers.AsSpan(_start, Count).CopyTo(numbers);
        _places.AsSpan(_start, Count).CopyTo(places);
        (_numbers, _places, _start) = (numbers, places, 0);
    }
}
