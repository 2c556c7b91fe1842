using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>The history as one would write it down: a list of lines in order of age, counted anew for every question.</summary>
internal sealed class HistoryModel(int maxLines, int maxBytes)
{
    private readonly List<Kept> _lines = [];
    private readonly Dictionary<Room, long> _lastNumbers = [];

    public long Add(Room room, int block, string text, out List<Room> emptied)
    {
        long number = _lastNumbers[room] = _lastNumbers.GetValueOrDefault(room) + 1;
        Kept added = new(room, block, number, text);
        Room[] before = [.. _lines.Select(line => line.Room).Distinct()];
        _lines.Add(added);
        if (_lines.Count(line => line.Room == room) > maxLines)
        {
            RemoveOldest(_lines.Where(line => line.Room == room), added, lines => lines.Count());
        }

        while (Bytes > maxBytes)
        {
            RemoveOldest(_lines, added, BytesOf);
        }

        emptied = [.. before.Except(_lines.Select(line => line.Room))];
        return number;
    }

    public void Clear(Room room) => _lines.RemoveAll(line => line.Room == room);

    /// <summary>Compares everything that can be seen of the history.</summary>
    public void Check(HistoryStore history, Room[] rooms)
    {
        Assert.Equal(_lines.Count, history.Count);
        Assert.Equal(Bytes, history.Bytes);
        Assert.InRange(history.Bytes, 0, maxBytes);
        Assert.Equal(
            _lines.GroupBy(line => line.Block).Select(lines => (lines.Key, lines.Count(), BytesOf(lines))).Order(),
            history.Holders.Select(holder => ((int)holder.Block, holder.Lines, holder.Amount)).Order());
        CheckHeap(history.Holders);
        foreach (Room room in rooms)
        {
            Check(history, room);
        }
    }

    private long Bytes => _lines.GroupBy(line => line.Block).Sum(BytesOf);

    // The lines of one block: each with what it costs, a share for each of its rooms, and one for the block.
    private static long BytesOf(IEnumerable<Kept> lines) =>
        lines.Sum(line => (long)HistoryStore.CostOf(line.Text.Length)) + ((lines.Select(line => line.Room).Distinct().Count() + 1) * HistoryShares.Cost);

    // The oldest line of the block that has most; of those that have as much, the author's block, then the one with the
    // oldest line. The line that was added is never taken.
    private void RemoveOldest(IEnumerable<Kept> lines, Kept added, Func<IEnumerable<Kept>, long> amountOf) =>
        _lines.Remove(lines
            .GroupBy(line => line.Block)
            .Where(block => block.First() != added)
            .OrderByDescending(block => amountOf(block))
            .ThenByDescending(block => block.Key == added.Block)
            .ThenBy(block => _lines.IndexOf(block.First()))
            .First()
            .First());

    private void Check(HistoryStore history, Room room)
    {
        Kept[] expected = [.. _lines.Where(line => line.Room == room)];
        long[] numbers = room.History.Numbers.ToArray();
        Assert.Equal(expected.Select(line => line.Number), numbers);
        Assert.Equal(
            expected.Select(line => line.Text), numbers.Select(number => Encoding.ASCII.GetString(history.Read(room, number).Body)));
        long last = _lastNumbers.GetValueOrDefault(room);
        Assert.Equal(
            (expected.Length, expected.Length > 0 ? numbers[0] : last + 1, expected.Length > 0 ? numbers[^1] : last),
            (room.History.Count, room.History.First, room.History.Last));
        Assert.All(Enumerable.Range(0, (int)last + 2), number => Assert.Equal(numbers.Contains(number), room.History.Holds(number)));
        Assert.Equal(numbers.Where(number => number >= last / 3 && number <= last / 2), room.History.Between(last / 3, last / 2).ToArray());
        Assert.Equal(numbers.TakeLast(3), room.History.Newest(3).ToArray());
        Assert.Equal(
            expected.GroupBy(line => line.Block).Select(lines => (lines.Key, (long)lines.Count())).Order(),
            room.History.Shares.All.Select(share => ((int)share.Block, share.Amount)).Order());
        CheckHeap(room.History.Shares.All);
    }

    private static void CheckHeap(IReadOnlyList<HistoryShare> shares) =>
        Assert.All(Enumerable.Range(0, shares.Count), i => Assert.False(shares[i].Position != i || shares[i].GoesBefore(shares[(i - 1) / 2])));

    private sealed record Kept(Room Room, int Block, long Number, string Text);
}
