using System.Globalization;
using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>What owners of rooms and operators do against those who disturb others.</summary>
internal static class ModerationCommands
{
    /// <summary>
    /// Puts USER out of your current room. With #ROOM, out of that room; an operator who is in no room ends USER's
    /// connection. USER can come again.
    /// </summary>
    [Command("kick", Usage = "kick USER [#ROOM] [REASON]", Category = CommandCategory.Rooms, Example = "kick troll be kind")]
    internal static ValueTask Kick(CommandContext context, User user, [Rest] ReadOnlySpan<byte> reason = default)
    {
        if (!ModerationWords.TryReadScope(context, ref reason, out Room? room) || !ModerationWords.TryReadReason(context, reason, out string? why))
        {
            return default;
        }

        return room is null ? ServerModeration.KickAsync(context, user, why) : KickAsync(context, room, user, why);
    }

    /// <summary>
    /// Keeps USER out of your current room. USER is somebody who is or was here, an account, or an address; a guest's address
    /// counts too. Without DURATION, for ever. With #ROOM, out of that room.
    /// </summary>
    [Command("ban", Usage = "ban USER [#ROOM] [DURATION] [REASON]", Category = CommandCategory.Rooms, Example = "ban troll 2d be kind")]
    internal static ValueTask Ban(CommandContext context, ReadOnlySpan<byte> user, [Rest] ReadOnlySpan<byte> rest = default) =>
        Forbid(context, BanKind.Ban, user, rest);

    /// <summary>Keeps USER from talking in your room. Otherwise like ban.</summary>
    [Command("mute", Usage = "mute USER [#ROOM] [DURATION] [REASON]", Category = CommandCategory.Rooms, Example = "mute troll 10m")]
    internal static ValueTask Mute(CommandContext context, ReadOnlySpan<byte> user, [Rest] ReadOnlySpan<byte> rest = default) =>
        Forbid(context, BanKind.Mute, user, rest);

    /// <summary>Ends a ban. TARGET is its number, or the name or address that it is for.</summary>
    [Command("unban", Usage = "unban TARGET [#ROOM]", Category = CommandCategory.Rooms, Example = "unban 12")]
    internal static ValueTask Unban(CommandContext context, ReadOnlySpan<byte> target, [Rest] ReadOnlySpan<byte> room = default) =>
        Allow(context, BanKind.Ban, target, room);

    /// <summary>Ends a mute. TARGET is its number, or the name or address that it is for.</summary>
    [Command("unmute", Usage = "unmute TARGET [#ROOM]", Category = CommandCategory.Rooms, Example = "unmute troll")]
    internal static ValueTask Unmute(CommandContext context, ReadOnlySpan<byte> target, [Rest] ReadOnlySpan<byte> room = default) =>
        Allow(context, BanKind.Mute, target, room);

    /// <summary>Lists the bans and mutes of your room. With #ROOM, of that room.</summary>
    [Command("bans", Usage = "bans [#ROOM]", Category = CommandCategory.Rooms, Example = "bans")]
    internal static void List(CommandContext context, [Rest] ReadOnlySpan<byte> room = default)
    {
        if (!TryReadScopeAlone(context, "bans [#ROOM]"u8, room, out Room? found))
        {
            return;
        }

        if (found is null)
        {
            ServerModeration.List(context);
        }
        else
        {
            RoomBans.List(context, found);
        }
    }

    private static async ValueTask KickAsync(CommandContext context, Room room, User user, string reason)
    {
        if (!RoomBans.MayActOn(context, user, room))
        {
            return;
        }

        if (user.MembershipOf(room) is null)
        {
            context.Reply($"User {user} is not in {room}.");
            return;
        }

        if (await context.TryActAsync(new Act("kick", user.ToString(), room, reason)))
        {
            RoomBans.PutOut(context, user, room, "kicked", reason, StoredBan.Forever);
            context.Reply($"User {user} was put out of {room}.");
        }
    }

    private static ValueTask Forbid(CommandContext context, BanKind kind, ReadOnlySpan<byte> user, ReadOnlySpan<byte> rest)
    {
        if (!ModerationWords.TryReadScope(context, ref rest, out Room? room) || !BanRequest.TryRead(context, kind, user, rest, out BanRequest? request))
        {
            return default;
        }

        return room is null ? ServerModeration.BanAsync(context, request) : RoomBans.AddAsync(context, room, request);
    }

    // A number is enough to find it from everywhere, so that an act can be undone outside of the room.
    private static ValueTask Allow(CommandContext context, BanKind kind, ReadOnlySpan<byte> target, ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty && long.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
        {
            return AllowNumbered(context, kind, target, id);
        }

        ReadOnlySpan<byte> usage = kind == BanKind.Ban ? "unban TARGET [#ROOM]"u8 : "unmute TARGET [#ROOM]"u8;
        if (!TryReadScopeAlone(context, usage, rest, out Room? room))
        {
            return default;
        }

        if (room is null)
        {
            return ServerModeration.UnbanAsync(context, kind, Encoding.UTF8.GetString(target));
        }

        StoredBan[] meant = context.Chat.Bans.Meant(kind, room.Id, target, context.Chat.Events.Now);
        if (meant.Length == 0)
        {
            context.Reply($"No {Word(kind)} of {target} in {room}. To see all: {context.Slash}bans");
            return default;
        }

        return RoomBans.RemoveAsync(context, room, meant);
    }

    private static ValueTask AllowNumbered(CommandContext context, BanKind kind, ReadOnlySpan<byte> target, long id)
    {
        if (context.Chat.Bans.TryFind(id, out StoredBan? ban) && ban.Kind == kind)
        {
            if (ban.Room == BanList.Server && Permissions.IsOperator(context.User))
            {
                return ServerModeration.UnbanAsync(context, kind, Encoding.UTF8.GetString(target));
            }

            if (context.Chat.Rooms.All.FirstOrDefault(room => room.Id == ban.Room) is { } found && Permissions.Rules(context.User, found))
            {
                return RoomBans.RemoveAsync(context, found, [ban]);
            }
        }

        // Others' bans are nobody's business.
        context.Reply($"No {Word(kind)} of yours has the number {target}. To see all: {context.Slash}bans");
        return default;
    }

    private static string Word(BanKind kind) => kind == BanKind.Ban ? "ban" : "mute";

    private static bool TryReadScopeAlone(CommandContext context, ReadOnlySpan<byte> usage, ReadOnlySpan<byte> text, out Room? room)
    {
        if (!ModerationWords.TryReadScope(context, ref text, out room))
        {
            return false;
        }

        if (!ArgumentReader.IsAtEnd(text, 0))
        {
            context.InvalidCall("Invalid parameters: a room begins with # here"u8, usage);
            return false;
        }

        return true;
    }
}
