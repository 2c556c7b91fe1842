using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>Finding what was said.</summary>
internal static class SearchCommands
{
    /// <summary>
    /// Finds lines in your rooms. Shows the newest first. TEXT is words that all must be in a line, or "a phrase". from:alice,
    /// in:lobby, since:2d and before:2026-11-01 narrow it down. page:2 shows older ones.
    /// </summary>
    [Command("search", Usage = "search TEXT", Category = CommandCategory.History, Example = "search release from:alice since:2d")]
    internal static ValueTask Search(CommandContext context, [Rest] ReadOnlySpan<byte> text)
    {
        if (context.User.IsSearching)
        {
            context.Reply($"Cannot search: your last search is still running");
            return default;
        }

        TimeZoneInfo zone = context.Session.Preferences.Zone ?? context.Chat.Time.LocalTimeZone;
        if (SearchQuery.Parse(text, context.Chat.Events.Now, zone, out string problem) is not { } query)
        {
            context.Reply($"Cannot search: {problem}. Usage: {context.Slash}search TEXT");
            return default;
        }

        if (TryChooseRooms(context, query, out Room[] rooms))
        {
            return SearchAsync(context, query, rooms);
        }

        return default;
    }

    private static bool TryChooseRooms(CommandContext context, SearchQuery query, out Room[] rooms)
    {
        rooms = [];
        if (query.Room.Length > 0)
        {
            if (!context.TryFindRoom(System.Text.Encoding.UTF8.GetBytes(query.Room), out Room? found) || !context.MayIn(found, RoomRight.ReadHistory))
            {
                return false;
            }

            rooms = [found];
        }
        else if (context.TryChooseRoom(null, out _))
        {
            rooms = [.. context.User.Memberships.ToArray().Select(membership => membership.Room)
                .Where(room => Permissions.MayIn(context.User, room, RoomRight.ReadHistory))];
        }

        return rooms.Length > 0;
    }

    private static async ValueTask SearchAsync(CommandContext context, SearchQuery query, Room[] rooms)
    {
        User searcher = context.User;
        searcher.IsSearching = true;
        IReadOnlyList<StoredLine>? found;
        try
        {
            // One more than a page shows, to know whether there is another page.
            found = await context.Chat.Store.SearchAsync(new StoredSearch(
                query.Words, query.Author, [.. rooms.Select(room => room.Id)], query.Since, query.Before,
                (query.Page - 1) * ChatOptions.MatchesShown, ChatOptions.MatchesShown + 1));
        }
        finally
        {
            searcher.IsSearching = false;
        }

        if (found is null)
        {
            context.Reply($"Cannot search: it took too long, or the disk does not answer. More words, in:ROOM or since:1d make it faster.");
            return;
        }

        Show(context, query, rooms, found);
    }

    private static void Show(CommandContext context, SearchQuery query, Room[] rooms, IReadOnlyList<StoredLine> found)
    {
        // Rooms that the user has left meanwhile are left out.
        Dictionary<long, Room> readable = [];
        foreach (Room room in rooms)
        {
            if (Permissions.MayIn(context.User, room, RoomRight.ReadHistory))
            {
                readable[room.Id] = room;
            }
        }

        StoredLine[] shown = [.. found.Take(ChatOptions.MatchesShown).Where(line => readable.ContainsKey(line.Room))];
        if (shown.Length == 0)
        {
            context.Reply($"Nothing {(query.Page > 1 ? "more " : "")}found for {query.Text}");
            return;
        }

        context.Reply($"Lines found for {query.Text}, the newest first{(query.Page > 1 ? $", page {query.Page}" : "")}:");
        int bytes = 0;
        foreach (StoredLine line in shown)
        {
            bytes += line.Text.Length;
            if (bytes > ChatOptions.HistoryBytesShown)
            {
                context.Reply($"Lines not shown: the rest is too long to show at once.");
                return;
            }

            context.Chat.Talk.Replay(context.Session, readable[line.Room], line);
        }

        if (found.Count > ChatOptions.MatchesShown)
        {
            context.Reply($"Lines before these: {context.Slash}search {query.Text} page:{query.Page + 1}");
        }
    }
}
