using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Shows lines of rooms again: those in memory, and those that only the store has.</summary>
internal static class HistoryReplay
{
    /// <summary>Shows the last lines of a room to a user who joins. What memory does not have is read from the store.</summary>
    public static ValueTask ShowLastAsync(CommandContext context, Room room)
    {
        ReadOnlySpan<long> last = room.History.Newest(context.Options.ReplayLines);
        if (last.Length < context.Options.ReplayLines && room.History.First > 1)
        {
            return ShowLastFromStoreAsync(context, room, room.History.Last);
        }

        foreach (long number in last)
        {
            context.Chat.Talk.Replay(context.Session, room, number);
        }

        return default;
    }

    /// <summary>
    /// The lines of a room from one number to another, in order: from the store, and from memory what the store does not have
    /// or can't tell.
    /// </summary>
    /// <param name="context">Of the caller.</param>
    /// <param name="room">The room.</param>
    /// <param name="first">The first number.</param>
    /// <param name="last">The last number.</param>
    /// <param name="max">How many lines at most.</param>
    /// <param name="fromStart">Whether the first of them are wanted where there are more; otherwise the last.</param>
    public static async ValueTask<HistoryPage> ReadAsync(CommandContext context, Room room, long first, long last, int max, bool fromStart)
    {
        StoredPage page = await context.Chat.Store.ReadLinesAsync(room.Id, first, last, max, fromStart) ?? new StoredPage(0, 0, []);
        HashSet<long> stored = [];
        List<HistoryPageLine> lines = [];
        foreach (StoredLine line in page.Lines)
        {
            stored.Add(line.Number);
            lines.Add(new HistoryPageLine(line.Number, line));
        }

        HistoryIndex index = room.History;
        foreach (long number in index.Between(first, last))
        {
            if (!stored.Contains(number))
            {
                lines.Add(new HistoryPageLine(number, null));
            }
        }

        lines.Sort((one, other) => one.Number.CompareTo(other.Number));

        return new HistoryPage(
            index.Count > 0 && page.First > 0 ? Math.Min(index.First, page.First) : Math.Max(page.First, index.Count > 0 ? index.First : 0),
            Math.Max(page.Last, index.Count > 0 ? index.Last : 0),
            lines.Count <= max ? lines : lines.GetRange(fromStart ? 0 : lines.Count - max, max));
    }

    /// <summary>How many bytes a line of a page has; 0 where memory has forgotten it since.</summary>
    public static int LengthOf(CommandContext context, Room room, HistoryPageLine line) => line.Stored is { } stored
        ? stored.Name.Length + 1 + stored.Text.Length
        : room.History.Holds(line.Number) ? context.Chat.History.LengthOf(room, line.Number) : 0;

    /// <summary>Shows a line of a page, unless memory has forgotten it since.</summary>
    public static void Show(CommandContext context, Room room, HistoryPageLine line)
    {
        if (line.Stored is { } stored)
        {
            context.Chat.Talk.Replay(context.Session, room, stored);
        }
        else if (room.History.Holds(line.Number))
        {
            context.Chat.Talk.Replay(context.Session, room, line.Number);
        }
    }

    private static async ValueTask ShowLastFromStoreAsync(CommandContext context, Room room, long last)
    {
        HistoryPage page = await ReadAsync(context, room, 1, last, context.Options.ReplayLines, fromStart: false);
        if (context.User.MembershipOf(room) is not null)
        {
            foreach (HistoryPageLine line in page.Lines)
            {
                Show(context, room, line);
            }
        }
    }
}

/// <summary>Lines of a room that are to be shown.</summary>
/// <param name="First">The number of the oldest line that is kept; 0 for none.</param>
/// <param name="Last">The number of the newest one; 0 for none.</param>
/// <param name="Lines">The lines, in order.</param>
internal sealed record HistoryPage(long First, long Last, IReadOnlyList<HistoryPageLine> Lines);

/// <summary>A line that is to be shown.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Stored">As the store has it; null for memory.</param>
internal sealed record HistoryPageLine(long Number, StoredLine? Stored);
