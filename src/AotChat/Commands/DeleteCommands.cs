using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Removes what was said.</summary>
internal static class DeleteCommands
{
    /// <summary>Removes line N of your room, or of ROOM. History shows who did it instead, and search does not find it.</summary>
    [Command("delete", Category = CommandCategory.History, Example = "delete 12 lobby")]
    internal static ValueTask Delete(CommandContext context, long n, Room? room = null) =>
        context.TryChooseRoom(room, out Room? found) && context.MayIn(found, RoomRight.Rule) ? DeleteAsync(context, found, n) : default;

    private static async ValueTask DeleteAsync(CommandContext context, Room room, long number)
    {
        bool isInMemory = room.History.Holds(number);
        if (!isInMemory)
        {
            StoredPage? page = await context.Chat.Store.ReadLinesAsync(room.Id, number, number, 1, fromStart: true);
            if (page is null)
            {
                context.TellNotKept();
                return;
            }

            if (page.Lines is not [var line, ..])
            {
                context.Reply($"History of {room} has no line {number}.");
                return;
            }

            if (line.RemovedBy.Length > 0)
            {
                TellRemoved(context, room, number);
                return;
            }
        }
        else if (context.Chat.History.Read(room, number).Kind == ChatEventKind.Removed)
        {
            TellRemoved(context, room, number);
            return;
        }

        if (await context.TryActAsync(new Act("delete", $"line {number}", room), new StoreChange.RemoveLine(room.Id, number, context.User.ToString()))
            && context.IsStillThere(room))
        {
            context.Chat.Talk.RemoveLine(context.Session, room, number);
            context.Reply($"Line {number} of {room} is removed.");
        }
    }

    private static void TellRemoved(CommandContext context, Room room, long number) => context.Reply($"Line {number} of {room} was removed before.");
}
