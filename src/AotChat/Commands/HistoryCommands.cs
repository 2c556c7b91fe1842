using System.Globalization;
using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>What was said before.</summary>
internal static class HistoryCommands
{
    private const string HistoryUsage = "history [ROOM] [N or FROM-TO]";

    /// <summary>
    /// Shows the last N lines of a room. FROM-TO shows the lines with those numbers. Without ROOM, shows your current room.
    /// </summary>
    [Command("history", Usage = HistoryUsage, Category = CommandCategory.History, Example = "history lobby 50")]
    internal static void History(CommandContext context, ReadOnlySpan<byte> room = default, ReadOnlySpan<byte> lines = default)
    {
        // The name of a room begins with a letter, so a number alone is no room.
        if (lines.IsEmpty && room is [>= (byte)'0' and <= (byte)'9', ..])
        {
            lines = room;
            room = default;
        }

        if (!TryParseLines(lines, out long first, out long last))
        {
            context.Reply($"Invalid history parameters. Usage: {context.Slash}{HistoryUsage}");
            return;
        }

        if (context.TryFindRoom(room, out Room? found) && context.MayIn(found, RoomRight.ReadHistory))
        {
            Show(context, found, first, last);
        }
    }

    /// <summary>Finds lines with WORD in your rooms. With ROOM, only in ROOM. Shows the last 20.</summary>
    [Command("search", Category = CommandCategory.History, Example = "search release lobby")]
    internal static ValueTask Search(CommandContext context, ReadOnlySpan<byte> word, ReadOnlySpan<byte> room = default)
    {
        if (context.User.IsSearching)
        {
            context.Reply($"Cannot search: your last search is still running");
            return default;
        }

        Room[] rooms;
        if (!room.IsEmpty)
        {
            if (!context.TryFindRoom(room, out Room? found) || !context.MayIn(found, RoomRight.ReadHistory))
            {
                return default;
            }

            rooms = [found];
        }
        else if (context.TryChooseRoom(null, out _))
        {
            rooms = [.. context.User.Memberships.ToArray().Select(membership => membership.Room)];
        }
        else
        {
            return default;
        }

        return SearchAsync(context, new HistorySearch(context.Chat.History, rooms, word, ChatOptions.MatchesShown), word.ToArray());
    }

    private static async ValueTask SearchAsync(CommandContext context, HistorySearch search, byte[] word)
    {
        User searcher = context.User;
        searcher.IsSearching = true;
        try
        {
            // One at a time, and the rest of the chat between two slices.
            await context.Chat.SearchTurn.WaitAsync();
            try
            {
                while (searcher.IsOnline && search.SearchSlice())
                {
                    await Task.Yield();
                }
            }
            finally
            {
                context.Chat.SearchTurn.Release();
            }
        }
        finally
        {
            searcher.IsSearching = false;
        }

        ShowFound(context, search, word);
    }

    private static void ShowFound(CommandContext context, HistorySearch search, byte[] word)
    {
        // What was forgotten meanwhile, and rooms that the user has left, are left out.
        HistoryMatch[] found = [.. search.Found.Reverse().Where(match => IsThere(context, match))];
        if (found.Length == 0)
        {
            context.Reply($"Nothing found for \"{word}\".");
            return;
        }

        // Counted before those are left out: there may be older ones that were not looked at.
        if (search.Found.Count == ChatOptions.MatchesShown)
        {
            context.Reply($"Lines with \"{word}\", the last {found.Length}:");
        }
        else
        {
            context.Reply($"Lines with \"{word}\", {found.Length} in all:");
        }

        int bytes = 0;
        foreach (HistoryMatch match in found)
        {
            bytes += context.Chat.History.LengthOf(match.Room, match.Number);
            if (bytes > ChatOptions.HistoryBytesShown)
            {
                context.Reply($"Lines not shown: the rest is too long to show at once.");
                return;
            }

            context.Chat.Talk.Replay(context.Session, match.Room, match.Number);
        }
    }

    private static bool IsThere(CommandContext context, HistoryMatch match) =>
        match.Room.History.Holds(match.Number) && Permissions.MayIn(context.User, match.Room, RoomRight.ReadHistory);

    private static void Show(CommandContext context, Room room, long first, long last)
    {
        HistoryIndex index = room.History;
        if (index.Count == 0)
        {
            context.Reply($"History of {room} is empty.");
            return;
        }

        // A number of lines is counted from the end, a range from the beginning.
        bool isRange = first > 0;
        ReadOnlySpan<long> asked = isRange ? index.Between(first, last) : index.Newest(last);
        if (asked.IsEmpty)
        {
            TellForgotten(context, room, first, last);
            return;
        }

        ReadOnlySpan<long> shown = Fit(context, room, asked, isRange);
        (long from, long to) = (shown[0], shown[^1]);
        if (shown.Length == to - from + 1)
        {
            context.Reply($"History of {room}, lines {from}-{to} of {index.First}-{index.Last}:");
        }
        else
        {
            context.Reply($"History of {room}, lines {from}-{to} of {index.First}-{index.Last}, {shown.Length} of them kept:");
        }

        foreach (long number in shown)
        {
            context.Chat.Talk.Replay(context.Session, room, number);
        }
    }

    private static void TellForgotten(CommandContext context, Room room, long first, long last)
    {
        HistoryIndex index = room.History;
        if (first > index.First && last < index.Last)
        {
            context.Reply($"History of {room} no longer has lines {first}-{last}.");
        }
        else
        {
            context.Reply($"History of {room} has only lines {index.First}-{index.Last}.");
        }
    }

    // As many as may be shown in one answer: the first ones of a range, otherwise the last ones.
    private static ReadOnlySpan<long> Fit(CommandContext context, Room room, ReadOnlySpan<long> numbers, bool isRange)
    {
        int bytes = 0;
        int count = 0;
        for (; count < numbers.Length && count < ChatOptions.HistoryLinesShown; count++)
        {
            bytes += context.Chat.History.LengthOf(room, isRange ? numbers[count] : numbers[^(count + 1)]);
            if (bytes > ChatOptions.HistoryBytesShown && count > 0)
            {
                break;
            }
        }

        return isRange ? numbers[..count] : numbers[^count..];
    }

    // «N» gives no first line; «FROM-TO» does.
    private static bool TryParseLines(ReadOnlySpan<byte> text, out long first, out long last)
    {
        first = 0;
        last = ChatOptions.HistoryLinesUsual;
        if (text.IsEmpty)
        {
            return true;
        }

        int dash = text.IndexOf((byte)'-');
        return dash < 0
            ? TryParse(text, out last)
            : TryParse(text[..dash], out first) && TryParse(text[(dash + 1)..], out last) && first <= last;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
