using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>Whose lines are forgotten when the history is full.</summary>
public sealed class HistoryFairnessSpecs
{
    private readonly Room _lobby = NewRoom("lobby");
    private readonly Room _dev = NewRoom("dev");

    [Fact]
    public void A_user_who_fills_the_whole_history_removes_no_lines_of_others()
    {
        HistoryStore history = new(1_000, 100_000);
        for (int block = 1; block <= 10; block++)
        {
            Say(history, _lobby, block, $"from {block}");
        }

        for (int i = 0; i < 10_000; i++)
        {
            Say(history, i % 2 == 0 ? _lobby : _dev, 99, "flood");
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), _lobby.History.Newest(1_000).ToArray()[..10]);
        Assert.InRange(history.Count, 500, 700);
    }

    [Fact]
    public void A_full_history_loses_the_oldest_line_of_the_block_with_most_bytes()
    {
        HistoryStore history = new(1_000, BytesOf(lines: 4, shares: 4));
        Say(history, _lobby, 1, "old");
        Say(history, _dev, 2, "older of the two");
        Say(history, _dev, 2, "newer of the two");
        Say(history, _lobby, 1, "new");
        Say(history, _lobby, 1, "newest");

        Assert.Equal([2, 3], _lobby.History.Numbers.ToArray());
        Assert.Equal([1, 2], _dev.History.Numbers.ToArray());
        Say(history, _dev, 2, "and one more");
        Assert.Equal([2, 3], _dev.History.Numbers.ToArray());
    }

    [Fact]
    public void A_block_that_has_nothing_yet_takes_the_place_of_a_line_of_the_largest()
    {
        HistoryStore history = new(1_000, BytesOf(lines: 10, shares: 2));
        for (int i = 0; i < 10; i++)
        {
            Say(history, _lobby, 1, "many");
        }

        Assert.Equal(11, Say(history, _lobby, 2, "first"));
        Assert.True(_lobby.History.Holds(11));
        Assert.Equal([(UInt128)1, (UInt128)2], history.Holders.Select(holder => holder.Block).Order());
    }

    [Fact]
    public void An_added_line_stays_though_it_is_larger_than_all_lines_of_others()
    {
        HistoryStore history = new(1_000, BytesOf(lines: 20, shares: 4));
        for (int block = 1; block <= 3; block++)
        {
            Say(history, _lobby, block, "small");
        }

        long number = Say(history, _lobby, 4, new string('x', 1_800));

        Assert.Equal("a " + new string('x', 1_800), Encoding.ASCII.GetString(history.Read(_lobby, number).Body));
        Assert.InRange(history.Count, 2, 3);
    }

    [Fact]
    public void A_full_room_loses_the_oldest_line_of_the_block_that_has_most_lines_in_it()
    {
        HistoryStore history = new(5, 1_000_000);
        Say(history, _lobby, 1, "1");
        Array.ForEach([2, 2, 2, 3, 1], block => Say(history, _lobby, block, "x"));

        // What the second block has elsewhere does not count.
        Assert.Equal([1, 3, 4, 5, 6], _lobby.History.Numbers.ToArray());
        Array.ForEach([3, 3, 3, 3, 3], block => Say(history, _dev, block, "x"));
        Say(history, _lobby, 2, "its own goes first");
        Assert.Equal([1, 4, 5, 6, 7], _lobby.History.Numbers.ToArray());
    }

    [Fact]
    public void A_full_room_whose_blocks_are_equal_loses_a_line_of_the_author()
    {
        HistoryStore history = new(4, 1_000_000);
        Array.ForEach([1, 1, 2, 2], block => Say(history, _lobby, block, "x"));
        Say(history, _lobby, 2, "x");

        Assert.Equal([1, 2, 4, 5], _lobby.History.Numbers.ToArray());
    }

    [Fact]
    public void Numbers_go_on_when_all_lines_of_a_room_are_gone()
    {
        HistoryStore history = new(10, BytesOf(lines: 2, shares: 2));
        List<Room> emptied = [];
        history.Emptied = emptied.Add;
        Say(history, _lobby, 1, "one");
        Say(history, _dev, 1, "two");
        Say(history, _dev, 1, "three");

        Assert.Equal([_lobby], emptied);
        Assert.Equal((2, 1, 0), (_lobby.History.First, _lobby.History.Last, _lobby.History.Count));
        Assert.Equal(2, Say(history, _lobby, 1, "four"));
    }

    [Fact]
    public void A_block_without_lines_is_forgotten()
    {
        HistoryStore history = new(10, 1_000_000);
        Say(history, _lobby, 1, "one");
        Say(history, _dev, 2, "two");
        history.Clear(_lobby);

        Assert.Equal([(UInt128)2], history.Holders.Select(holder => holder.Block));
        Assert.Equal(BytesOf(lines: 1, shares: 2), history.Bytes);
        Assert.Empty(_lobby.History.Shares.All);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_history_of_many_blocks_follows_the_rules_at_every_step(int seed)
    {
        Random random = new(seed);
        int maxLines = random.Next(5, 60);
        int maxBytes = random.Next(6_000, 20_000);
        HistoryStore history = new(maxLines, maxBytes);
        HistoryModel model = new(maxLines, maxBytes);
        Room[] rooms = [.. "abcdef".Select(name => NewRoom(name.ToString()))];
        List<Room> emptied = [];
        history.Emptied = emptied.Add;
        for (int step = 0; step < 6_000; step++)
        {
            // A few blocks say most; now and then all are others than before.
            Room room = rooms[Math.Min(random.Next(6), random.Next(6))];
            int block = Math.Min(random.Next(12), random.Next(12)) + (step / 1_000 * 6);
            if (random.Next(150) == 0)
            {
                history.Clear(room);
                model.Clear(room);
            }

            string text = "n " + new string((char)random.Next('a', 'z'), random.Next(1, random.Next(10) == 0 ? 900 : 60));
            emptied.Clear();
            Assert.Equal(model.Add(room, block, text, out List<Room> expected), history.Add(room, (UInt128)block, ChatEventKind.Said, step, Encoding.ASCII.GetBytes(text), 1));
            Assert.Equal(expected.OrderBy(other => other.ToString()), emptied.OrderBy(other => other.ToString()));
            if (step % 20 == 0)
            {
                model.Check(history, rooms);
            }
        }
    }

    [Fact]
    public void Blocks_that_come_and_go_allocate_nothing()
    {
        HistoryStore history = new(100, 60_000);
        byte[] body = Encoding.ASCII.GetBytes("a " + new string('x', 300));
        for (int i = 0; i < 5_000; i++)
        {
            Add(i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 5_000; i < 15_000; i++)
        {
            Add(i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Add(int i) => history.Add(i % 3 == 0 ? _lobby : _dev, (UInt128)(i % 2 == 0 ? i : i % 7), ChatEventKind.Said, i, body.AsSpan(0, 20 + (i % 280)), 1);
    }

    private static long Say(HistoryStore history, Room room, int block, string text) =>
        history.Add(room, (UInt128)block, ChatEventKind.Said, 0, Encoding.ASCII.GetBytes("a " + text), 1);

    // Of short lines.
    private static long BytesOf(int lines, int shares) => (lines * (long)HistoryStore.CostOf(3)) + (shares * HistoryShares.Cost);

    private static Room NewRoom(string name) => new(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(name)) { Id = 1 };
}
