using System.Globalization;
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
    internal static ValueTask History(CommandContext context, ReadOnlySpan<byte> room = default, ReadOnlySpan<byte> lines = default)
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
            return default;
        }

        return context.TryFindRoom(room, out Room? found) && context.MayIn(found, RoomRight.ReadHistory)
            ? ShowAsync(context, found, first, last)
            : default;
    }

    private static async ValueTask ShowAsync(CommandContext context, Room room, long first, long last)
    {
        // A number of lines is counted from the end, a range from the beginning.
        bool isRange = first > 0;
        int max = isRange ? ChatOptions.HistoryLinesShown : (int)Math.Min(last, ChatOptions.HistoryLinesShown);
        HistoryPage page = await HistoryReplay.ReadAsync(context, room, isRange ? first : 1, isRange ? last : long.MaxValue, max, isRange);
        if (!context.MayIn(room, RoomRight.ReadHistory))
        {
            return;
        }

        if (page.Last == 0)
        {
            context.Reply($"History of {room} is empty.");
            return;
        }

        HistoryPageLine[] shown = Fit(context, room, page.Lines, isRange);
        if (shown.Length == 0)
        {
            TellForgotten(context, room, page, first, last);
            return;
        }

        (long from, long to) = (shown[0].Number, shown[^1].Number);
        if (shown.Length == to - from + 1)
        {
            context.Reply($"History of {room}, lines {from}-{to} of {page.First}-{page.Last}:");
        }
        else
        {
            context.Reply($"History of {room}, lines {from}-{to} of {page.First}-{page.Last}, {shown.Length} of them kept:");
        }

        foreach (HistoryPageLine line in shown)
        {
            HistoryReplay.Show(context, room, line);
        }
    }

    private static void TellForgotten(CommandContext context, Room room, HistoryPage page, long first, long last)
    {
        if (first > page.First && last < page.Last)
        {
            context.Reply($"History of {room} no longer has lines {first}-{last}.");
        }
        else
        {
            context.Reply($"History of {room} has only lines {page.First}-{page.Last}.");
        }
    }

    // As many as may be shown in one answer: the first ones of a range, otherwise the last ones.
    private static HistoryPageLine[] Fit(CommandContext context, Room room, IReadOnlyList<HistoryPageLine> lines, bool isRange)
    {
        int bytes = 0;
        int count = 0;
        for (; count < lines.Count; count++)
        {
            bytes += HistoryReplay.LengthOf(context, room, lines[isRange ? count : lines.Count - count - 1]);
            if (bytes > ChatOptions.HistoryBytesShown && count > 0)
            {
                break;
            }
        }

        return [.. isRange ? lines.Take(count) : lines.Skip(lines.Count - count)];
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
