using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Gives a room to another owner.</summary>
internal static class RoomOwner
{
    // What an operator writes for an owner where there is to be none.
    private const string Nobody = "-";

    /// <summary>
    /// Gives a room away: an owner to a registered user who is in it, since it then counts for that user; an operator to
    /// anybody who is registered, or to nobody.
    /// </summary>
    internal static async ValueTask GiveAsync(CommandContext context, Room room, string name)
    {
        bool isOperator = Permissions.IsOperator(context.User);
        Account? account = null;
        if (name.Length == 0)
        {
            context.InvalidCall("Invalid room parameters: USER is missing"u8, "room [ROOM] owner USER"u8);
            return;
        }

        byte[] target = Encoding.UTF8.GetBytes(name);
        if (!(isOperator && name == Nobody) && !TryFind(context, room, target, isOperator, out account))
        {
            return;
        }

        long owner = account?.Id ?? 0;
        if (room.Owner == owner)
        {
            context.Reply($"Room {room} is {(account is null ? "nobody's" : "that user's")} already.");
            return;
        }

        if (account is not null && context.Chat.Rooms.OwnedBy(owner) >= context.Options.MaxRoomsPerAccount)
        {
            context.Reply($"Cannot give {room} away: {Encoding.UTF8.GetString(account.Name)} owns too many rooms (limit {context.Options.MaxRoomsPerAccount})");
            return;
        }

        string shown = account is null ? "nobody" : Encoding.UTF8.GetString(account.Name);
        string before = room.Owner == 0 ? Nobody : AccountNames.Of(context, room.Owner) ?? "";
        Act act = new("room", $"owner {shown}", room, Undo: before.Length > 0 ? $"room {room} owner {before}" : "");
        if (await context.TryChangeAsync(room, act, settings => settings with { Owner = owner }))
        {
            RoomSettingCommands.TellChanged(context, room, $"it is owned by {shown} now");
        }
    }

    private static bool TryFind(CommandContext context, Room room, byte[] name, bool isOperator, out Account? account)
    {
        if (!AccountNames.TryFind(context, name, out account))
        {
            if (context.TryFindUser(name, out User? guest))
            {
                context.Reply($"Only registered users can own a room, and {guest} is a guest.");
            }
            else
            {
                context.UserNotFound(name);
            }

            return false;
        }

        if (!isOperator && account.User?.MembershipOf(room) is null)
        {
            context.Reply($"Only somebody in {room} can be given it.");
            return false;
        }

        return true;
    }
}
