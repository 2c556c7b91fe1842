using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>
/// Decides who may do what. A whole command can ask for a level, with <see cref="RequiresAttribute"/>; rights that depend
/// on whom or what they are about stand here, and nowhere else.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>in a room</term><description>may</description></listheader>
/// <item><term>look: topic, names</term><description>everybody; in a hidden one members, the owner and operators</description></item>
/// <item><term>join</term><description>who is not banned; an invite-only one those invited, the owner and operators</description></item>
/// <item><term>read its history</term><description>members</description></item>
/// <item><term>talk</term><description>members who are not muted; in a moderated one those with a voice, the owner and operators</description></item>
/// <item><term>set the topic</term><description>who may talk; with the topic locked, the owner and operators</description></item>
/// <item><term>rule it</term><description>the owner and operators</description></item>
/// </list>
/// For somebody who may not look a room is not there: it is not found by its name.
/// </remarks>
internal static class Permissions
{
    /// <summary>Whether a user may look at a room, or read its history; see <see cref="Check"/> for the rest.</summary>
    public static bool MayIn(User user, Room room, RoomRight right) => right switch
    {
        RoomRight.Look => !room.Settings.Has(RoomModes.Hidden) || user.MembershipOf(room) is not null || Rules(user, room),
        RoomRight.Rule => Rules(user, room),
        _ => user.MembershipOf(room) is not null,
    };

    /// <summary>What a user lacks to do something in a room.</summary>
    public static RoomRefusal Check(ChatState chat, User user, Room room, RoomRight right)
    {
        switch (right)
        {
            case RoomRight.Look:
                return MayIn(user, room, right) ? RoomRefusal.None : RoomRefusal.Unseen;

            case RoomRight.Rule:
                return Rules(user, room) ? RoomRefusal.None : RoomRefusal.NotOwner;

            case RoomRight.Join:
                return CheckJoin(chat, user, room);
        }

        if (user.MembershipOf(room) is null)
        {
            return RoomRefusal.NotMember;
        }

        if (right == RoomRight.ReadHistory)
        {
            return RoomRefusal.None;
        }

        if (right == RoomRight.SetTopic && room.Settings.Has(RoomModes.TopicLock) && !Rules(user, room))
        {
            return RoomRefusal.NotOwner;
        }

        // This is all that a line costs in a room without modes.
        return room.IsRestricted || chat.Bans.HasMutes ? CheckTalk(chat, user, room) : RoomRefusal.None;
    }

    /// <summary>Whether a user may change what a room is, and put others out of it: its owner may, and operators.</summary>
    public static bool Rules(User user, Room room) => IsOperator(user) || Owns(user, room);

    /// <summary>Whether a room is a user's.</summary>
    public static bool Owns(User user, Room room) => room.Owner != 0 && user.Account?.Id == room.Owner;

    /// <summary>Whether a user looks after the chat: no ban or mute holds for an operator.</summary>
    public static bool IsOperator(User user) => user.Level >= UserLevel.Operator;

    /// <summary>Whether a user may put another out of a room, or mute the other: owners and operators only operators can.</summary>
    public static bool MayActOn(User user, User target, Room room) => user != target && (IsOperator(user) || !Rules(target, room));

    /// <summary>Whether the rooms of a user who leaves the chat are told the last words: not where the user may not talk in one of them.</summary>
    public static bool MayHaveLastWords(ChatState chat, User user)
    {
        foreach (Membership membership in user.Memberships)
        {
            if (Check(chat, user, membership.Room, RoomRight.Talk) is RoomRefusal.Muted or RoomRefusal.NoVoice)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a user may see where others connect from: only users who look after the chat may.</summary>
    public static bool MaySeeOrigin(User user) => IsOperator(user);

    private static RoomRefusal CheckJoin(ChatState chat, User user, Room room)
    {
        if (Rules(user, room))
        {
            return RoomRefusal.None;
        }

        if (chat.Bans.Find(BanKind.Ban, room.Id, user, chat.Events.Now) is not null)
        {
            return RoomRefusal.Banned;
        }

        bool isInvited = !room.Settings.Has(RoomModes.InviteOnly)
            || (user.Account is { } account && room.Settings.Invited.Contains(account.Id))
            || room.InvitedGuests.Contains(user);
        return isInvited ? RoomRefusal.None : RoomRefusal.NotInvited;
    }

    // Of a member.
    private static RoomRefusal CheckTalk(ChatState chat, User user, Room room)
    {
        if (IsOperator(user))
        {
            return RoomRefusal.None;
        }

        long now = chat.Events.Now;
        if (chat.Bans.Find(BanKind.Mute, BanList.Server, user, now) is not null)
        {
            return RoomRefusal.Muted;
        }

        if (Owns(user, room))
        {
            return RoomRefusal.None;
        }

        if (chat.Bans.Find(BanKind.Mute, room.Id, user, now) is not null)
        {
            return RoomRefusal.Muted;
        }

        if (room.Settings.Has(RoomModes.Moderated) && !(user.Account is { } account && room.Settings.Voices.Contains(account.Id)))
        {
            return RoomRefusal.NoVoice;
        }

        return room.Settings.SlowSeconds > 0 && room.Pace.WaitOf(user, room.SlowPause, now) > TimeSpan.Zero ? RoomRefusal.TooSoon : RoomRefusal.None;
    }
}
