using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>What of the history is kept.</summary>
public sealed class HistoryStoreSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    [InlineData(12_000)]
    public void A_line_of_any_length_comes_back_as_it_was(int length)
    {
        HistoryStore history = new(10, 1024 * 1024);
        Room room = NewRoom("a");
        string text = "bob " + new string('x', length);
        long number = history.Add(room, ChatEventKind.Acted, 42, Encoding.ASCII.GetBytes(text), 3);

        HistoryLine line = history.Read(room, number);

        Assert.Equal((1, 42, ChatEventKind.Acted, text), (line.Number, line.Ticks, line.Kind, Encoding.ASCII.GetString(line.Body)));
        Assert.Equal("bob", Encoding.ASCII.GetString(line.Name));
    }

    [Fact]
    public void A_room_keeps_its_last_lines()
    {
        HistoryStore history = new(3, 1024 * 1024);
        Room room = NewRoom("a");
        for (int i = 1; i <= 10; i++)
        {
            Assert.Equal(i, history.Add(room, ChatEventKind.Said, i, Encoding.ASCII.GetBytes($"a {i}"), 1));
        }

        Assert.Equal((8, 10, 3), (room.History.First, room.History.Last, room.History.Count));
        Assert.Equal("a 8", Encoding.ASCII.GetString(history.Read(room, 8).Body));
        Assert.Equal((3 * HistoryStore.CostOf(3)) + (2 * HistoryShares.Cost), history.Bytes);
    }

    [Fact]
    public void Without_history_nothing_is_kept()
    {
        HistoryStore history = new(0, 1024 * 1024);
        Room room = NewRoom("a");

        Assert.Equal(0, history.Add(room, ChatEventKind.Said, 0, "a b"u8, 1));
        Assert.Equal((0, 0, 0), (history.Count, history.Bytes, room.History.Count));
    }

    [Fact]
    public void The_oldest_lines_of_all_rooms_go_first()
    {
        // The model: all lines in order, the first ones dropped until the rest fits.
        Random random = new(7);
        const int MaxLines = 50;
        const int MaxBytes = 8_000;
        HistoryStore history = new(MaxLines, MaxBytes);
        Room[] rooms = [.. "abcde".Select(name => NewRoom(name.ToString()))];
        List<(Room Room, long Number, string Text)> model = [];
        List<Room> emptied = [];
        history.Emptied = emptied.Add;
        for (int step = 0; step < 20_000; step++)
        {
            Room room = rooms[Math.Min(random.Next(5), random.Next(5))];
            string text = "n " + new string((char)random.Next('a', 'z'), random.Next(1, random.Next(10) == 0 ? 600 : 60));
            emptied.Clear();
            long number = history.Add(room, ChatEventKind.Said, step, Encoding.ASCII.GetBytes(text), 1);
            Room[] before = [.. model.Select(line => line.Room).Distinct()];
            model.Add((room, number, text));
            DropFromModel(model, room, MaxLines, MaxBytes);

            Assert.Equal(model.Count, history.Count);
            Assert.Equal(BytesOf(model), history.Bytes);
            Assert.InRange(history.Bytes, 0, MaxBytes);
            Assert.Equal(before.Except(model.Select(line => line.Room)), emptied);
            if (step % 50 == 0)
            {
                CheckAll(history, rooms, model);
            }
        }
    }

    [Fact]
    public void A_full_history_allocates_nothing()
    {
        HistoryStore history = new(1_000, 300 * 1024);
        Room room = NewRoom("a");
        Room other = NewRoom("b");
        byte[] body = Encoding.ASCII.GetBytes("a " + new string('x', 300));
        for (int i = 0; i < 2_000; i++)
        {
            history.Add(i % 3 == 0 ? room : other, ChatEventKind.Said, i, body.AsSpan(0, 20 + (i % 280)), 1);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            history.Add(i % 3 == 0 ? room : other, ChatEventKind.Said, i, body.AsSpan(0, 20 + (i % 280)), 1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_room_can_be_forgotten()
    {
        HistoryStore history = new(10, 1024 * 1024);
        Room room = NewRoom("a");
        Room other = NewRoom("b");
        history.Add(room, ChatEventKind.Said, 0, "a 1"u8, 1);
        history.Add(other, ChatEventKind.Said, 0, "a 2"u8, 1);
        history.Add(room, ChatEventKind.Said, 0, "a 3"u8, 1);
        history.Clear(room);

        Assert.Equal((1, 0, 1), (history.Count, room.History.Count, other.History.Count));
        Assert.Equal(3, history.Add(room, ChatEventKind.Said, 0, "a 4"u8, 1));
    }

    // A share for each room, and one for the block that all authors are in.
    private static long BytesOf(List<(Room Room, long Number, string Text)> model) =>
        model.Sum(line => (long)HistoryStore.CostOf(line.Text.Length))
        + (model.Count == 0 ? 0 : (model.Select(line => line.Room).Distinct().Count() + 1) * HistoryShares.Cost);

    private static void DropFromModel(List<(Room Room, long Number, string Text)> model, Room room, int maxLines, int maxBytes)
    {
        if (model.Count(line => line.Room == room) > maxLines)
        {
            model.RemoveAt(model.FindIndex(line => line.Room == room));
        }

        while (BytesOf(model) > maxBytes)
        {
            model.RemoveAt(0);
        }
    }

    private static void CheckAll(HistoryStore history, Room[] rooms, List<(Room Room, long Number, string Text)> model)
    {
        foreach (Room room in rooms)
        {
            List<(Room, long, string)> kept = [];
            for (long number = room.History.First; number <= room.History.Last; number++)
            {
                kept.Add((room, number, Encoding.ASCII.GetString(history.Read(room, number).Body)));
            }

            Assert.Equal(model.Where(line => line.Room == room), kept);
        }
    }

    private static Room NewRoom(string name) => new(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(name)) { Id = 1 };
}
