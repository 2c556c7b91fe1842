using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <content>What the caller may do in rooms, and how rooms are changed.</content>
internal sealed partial class CommandContext
{
    /// <summary>Whether the caller may do something in a room; where not, the caller is told.</summary>
    public bool MayIn(Room room, RoomRight right)
    {
        RoomRefusal refusal = Permissions.Check(Chat, User, room, right);
        if (refusal == RoomRefusal.None)
        {
            return true;
        }

        TellRefused(room, refusal);
        return false;
    }

    /// <summary>
    /// Changes what a room is, once the change and its entry in the audit are on disk; where they can't be, the caller is
    /// told.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="act">What is done, for the audit.</param>
    /// <param name="change">Makes the new settings of the old ones; run more than once, since others may change them meanwhile.</param>
    /// <returns>Whether it is changed, and the room still there.</returns>
    public async ValueTask<bool> TryChangeAsync(Room room, Act act, Func<RoomSettings, RoomSettings> change)
    {
        if (room.IsClosing)
        {
            RoomNotFound(room.Name);
            return false;
        }

        StoreChange save = new StoreChange.SaveRoom(RoomDirectory.BeginChange(room, change));
        bool isKept = false;
        try
        {
            isKept = await TryActAsync(act, save);
        }
        finally
        {
            Chat.Rooms.EndChange(room, change, isKept);
        }

        return isKept && IsStillThere(room);
    }

    /// <summary>Whether a room has not ended while the caller waited for the store; where it has, the caller is told.</summary>
    public bool IsStillThere(Room room)
    {
        if (Chat.Rooms.Holds(room))
        {
            return true;
        }

        RoomNotFound(room.Name);
        return false;
    }

    /// <summary>Tells a user, in all sessions, that the caller has put the user out of a room, and where the user talks now.</summary>
    /// <param name="user">The user, who is no longer in the room.</param>
    /// <param name="room">The room.</param>
    /// <param name="what">What was done: <c>kicked</c>, <c>banned</c>.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="until">When the user may come again, in ticks of UTC; <see cref="StoredBan.Forever"/> for nothing to say.</param>
    public void TellPutOut(User user, Room room, string what, string reason, long until = StoredBan.Forever)
    {
        NoticeComposer line = BeginLine();
        line.AppendLiteral("You were "u8);
        line.AppendLiteral(what);
        line.AppendLiteral(" from #"u8);
        line.AppendLiteral(room.Name);
        line.AppendLiteral(" by "u8);
        line.AppendName(User.Name);
        AppendUntil(line, until);
        AppendReason(line, reason);
        line.AppendLiteral("."u8);
        if (user.CurrentRoom is { } current)
        {
            line.AppendLiteral(" You now talk in #"u8);
            line.AppendLiteral(current.Name);
            line.AppendLiteral("."u8);
        }

        // The server's line: also for those who ignore the caller.
        user.TryTake(line.End(), Delivery.Direct);
    }

    /// <summary>Calls the hooks for a user whom the caller is about to put out of a room.</summary>
    public void TellLeaving(User user, Room room)
    {
        if (user.SessionAt(0) is { } session)
        {
            new CommandContext(session, Chat, _pool, Counters).TellLeaving(room);
        }
    }

    /// <summary>Adds when something ends; nothing where it never does.</summary>
    internal static void AppendUntil(NoticeComposer line, long until)
    {
        if (until != StoredBan.Forever)
        {
            line.AppendLiteral(" until "u8);
            line.AppendTime(until);
        }
    }

    /// <summary>Adds why; nothing where nobody has said.</summary>
    internal static void AppendReason(NoticeComposer line, string reason)
    {
        if (reason.Length > 0)
        {
            line.AppendLiteral(": "u8);
            line.AppendText(reason);
        }
    }

    private void TellRefused(Room room, RoomRefusal refusal)
    {
        switch (refusal)
        {
            case RoomRefusal.Unseen:
                RoomNotFound(room.Name);
                break;

            case RoomRefusal.NotOwner:
                TellNotOwner(room);
                break;

            case RoomRefusal.Banned:
                TellBan(User, BanKind.Ban, room, Chat.Bans.Find(BanKind.Ban, room.Id, User, Chat.Events.Now));
                break;

            case RoomRefusal.Muted:
                TellBan(
                    User, BanKind.Mute, room,
                    Chat.Bans.Find(BanKind.Mute, BanList.Server, User, Chat.Events.Now) ?? Chat.Bans.Find(BanKind.Mute, room.Id, User, Chat.Events.Now));
                break;

            // Who owns a hidden room is for its members.
            case RoomRefusal.NotInvited:
                Reply($"Room {room} is invite-only. Ask {(Permissions.MayIn(User, room, RoomRight.Look) ? OwnerOf(room) : "its owner")} for an invitation.");
                break;

            case RoomRefusal.NoVoice:
                Reply($"Only people with a voice can talk in {room}, which is moderated. Ask {OwnerOf(room)} for one.");
                break;

            case RoomRefusal.TooSoon:
                long seconds = (long)Math.Ceiling(room.Pace.WaitOf(User, room.SlowPause, Chat.Events.Now).TotalSeconds);
                Reply($"Not sent: {room} is slow. You can talk there again in {seconds} s.");
                break;

            default:
                Reply($"Only people in {room} can do that. Join it: {Slash}join {room.Name}");
                break;
        }
    }

    private void TellNotOwner(Room room)
    {
        if (room.Owner == 0)
        {
            Reply($"Only operators can do that, since nobody owns {room}.");
        }
        else if (AccountNames.Of(this, room.Owner) is { } owner)
        {
            Reply($"Only {owner}, who owns {room}, can do that.");
        }
        else
        {
            Reply($"Only the owner of {room} can do that.");
        }
    }

    private string OwnerOf(Room room) => room.Owner == 0 ? "an operator"
        : AccountNames.Of(this, room.Owner) is { } owner ? $"{owner}, who owns it,"
        : "its owner";

    /// <summary>Tells a user of a ban or mute that holds; null where it has ended just now.</summary>
    internal void TellBan(User user, BanKind kind, Room room, StoredBan? ban)
    {
        NoticeComposer line = BeginLine();
        line.AppendLiteral(kind == BanKind.Ban ? "You are banned "u8 : "You are muted "u8);
        if (ban?.Room == BanList.Server)
        {
            line.AppendLiteral("on this server"u8);
        }
        else
        {
            line.AppendLiteral(kind == BanKind.Ban ? "from #"u8 : "in #"u8);
            line.AppendLiteral(room.Name);
        }

        if (ban is not null)
        {
            line.AppendLiteral(" by "u8);
            line.AppendName(Encoding.UTF8.GetBytes(ban.By));
            AppendUntil(line, ban.Until);
            AppendReason(line, ban.Reason);
        }

        line.AppendLiteral("."u8);
        if (user == User)
        {
            Reply(line);
        }
        else
        {
            user.TryTake(line.End(), Delivery.Direct);
        }
    }
}
