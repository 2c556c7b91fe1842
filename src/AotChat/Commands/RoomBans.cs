using System.Text;
using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>The bans and mutes of one room. Its callers have checked the right to rule it.</summary>
internal static class RoomBans
{
    /// <summary>Whether the caller may put somebody out of a room, or mute somebody; where not, the caller is told.</summary>
    public static bool MayActOn(CommandContext context, User user, Room room)
    {
        if (Permissions.MayActOn(context.User, user, room))
        {
            return true;
        }

        if (user == context.User)
        {
            context.Reply($"You cannot do that to yourself. To leave: {context.Slash}leave {room.Name}");
        }
        else
        {
            context.Reply($"Only operators can do that to {user}, who {(Permissions.Owns(user, room) ? $"owns #{Encoding.UTF8.GetString(room.Name)}" : "is an operator")}.");
        }

        return false;
    }

    /// <summary>Takes somebody out of a room, where the user still is there, and tells the room and the user.</summary>
    public static void PutOut(CommandContext context, User user, Room room, string what, string reason, long until)
    {
        if (user.MembershipOf(room) is not null)
        {
            context.TellLeaving(user, room);
        }

        // A hook may have taken the user out.
        if (user.MembershipOf(room) is { } membership)
        {
            context.Chat.Talk.Kick(context.Session, membership, Encoding.UTF8.GetBytes(reason));
            context.Chat.Keeper.Note(user);
            context.TellPutOut(user, room, what, reason, until);
        }
    }

    /// <summary>Lists those of a room, the last ones where there are many.</summary>
    public static void List(CommandContext context, Room room)
    {
        StoredBan[] bans = [.. context.Chat.Bans.In(room.Id, context.Chat.Events.Now)];
        if (bans.Length == 0)
        {
            context.Reply($"Nobody is banned from {room} or muted there.");
            return;
        }

        if (bans.Length > ChatOptions.BansShown)
        {
            context.Reply($"Bans not shown, which are older: {bans.Length - ChatOptions.BansShown}");
        }

        foreach (StoredBan ban in bans[Math.Max(0, bans.Length - ChatOptions.BansShown)..])
        {
            ModerationWords.Show(context, ban);
        }
    }

    /// <summary>Bans or mutes somebody in a room.</summary>
    public static async ValueTask AddAsync(CommandContext context, Room room, BanRequest request)
    {
        if (request.User is { } user && !MayActOn(context, user, room))
        {
            return;
        }

        if (room.Owner != 0 && request.Account == room.Owner && !Permissions.IsOperator(context.User))
        {
            context.Reply($"Only operators can do that to {request.Target}, who owns {room}.");
            return;
        }

        ChatState chat = context.Chat;
        chat.ForgetEndedBans(room.Id);
        long now = chat.Events.Now;
        StoredBan? same = chat.Bans.In(room.Id, now).FirstOrDefault(
            ban => ban.Kind == request.Kind && ban.Account == request.Account && ban.Name == request.Name && ban.Address == request.Address);
        if (same is null && chat.Bans.CountOf(request.Kind, room.Id) >= ChatOptions.RoomBans)
        {
            context.Reply($"Too many {(request.Kind == BanKind.Ban ? "bans" : "mutes")} in {room} (limit {ChatOptions.RoomBans}). To see them: {context.Slash}bans #{room.Name}");
            return;
        }

        StoredBan ban = request.ToBan(same?.Id ?? chat.Store.Ids.NextBan(), room.Id, context.User, now);
        string action = request.Kind == BanKind.Ban ? "ban" : "mute";
        Act act = new(action, request.Target, room, request.Reason, Undo: $"un{action} {ban.Id}");
        if (!await context.TryActAsync(act, new StoreChange.SaveBan(ban)))
        {
            return;
        }

        if (!context.IsStillThere(room))
        {
            chat.Store.Write(new StoreChange.RemoveBan(ban.Id));
            return;
        }

        chat.Bans.Add(ban);
        Enforce(context, room, ban);
        ModerationWords.Show(context, ban);
    }

    /// <summary>Takes bans or mutes of a room away.</summary>
    public static async ValueTask RemoveAsync(CommandContext context, Room room, StoredBan[] bans)
    {
        foreach (StoredBan ban in bans)
        {
            string action = ban.Kind == BanKind.Ban ? "unban" : "unmute";
            string target = ban.Name.Length > 0 ? ban.Name : ban.Address;
            Act act = new(action, target, room, Undo: ModerationWords.CallFor(ban, room.ToString(), context.Chat.Events.Now));
            if (!await context.TryActAsync(act, new StoreChange.RemoveBan(ban.Id)))
            {
                return;
            }

            context.Chat.Bans.Remove(ban.Id, out _);
            if (ban.Kind == BanKind.Ban)
            {
                context.Reply($"No longer banned from {room}: {target}");
            }
            else
            {
                context.Reply($"No longer muted in {room}: {target}");
            }
        }
    }

    /// <summary>
    /// Puts the caller out of each room that the caller is banned from; to be called when the caller has another name or
    /// account.
    /// </summary>
    public static void Enforce(CommandContext context)
    {
        User user = context.User;
        foreach (Membership membership in user.Memberships.ToArray())
        {
            Room room = membership.Room;
            if (!Permissions.Rules(user, room) && context.Chat.Bans.Find(BanKind.Ban, room.Id, user, context.Chat.Events.Now) is { } ban)
            {
                PutOut(context, user, room, "banned", ban.Reason, ban.Until);
            }
        }
    }

    // It takes effect on those who are there.
    private static void Enforce(CommandContext context, Room room, StoredBan ban)
    {
        foreach (User member in room.Members.ToArray())
        {
            if (context.Chat.Bans.Find(ban.Kind, room.Id, member, context.Chat.Events.Now)?.Id != ban.Id || Permissions.Rules(member, room))
            {
                continue;
            }

            if (ban.Kind == BanKind.Ban)
            {
                PutOut(context, member, room, "banned", ban.Reason, ban.Until);
            }
            else
            {
                context.TellBan(member, BanKind.Mute, room, ban);
            }
        }
    }
}
