using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>
/// Who may do what. A whole command can ask for a level, with <see cref="RequiresAttribute"/>; what depends on whom or
/// what it is about stands here, and nowhere else.
/// </summary>
internal static class Permissions
{
    /// <summary>Whether a user may do something in a room: all may look, only those who are in it the rest.</summary>
    public static bool MayIn(User user, Room room, RoomRight right) => right switch
    {
        RoomRight.Look => true,
        _ => user.MembershipOf(room) is not null,
    };

    /// <summary>Whether a user may see where others connect from: that is for those who look after the chat.</summary>
    public static bool MaySeeOrigin(User user) => user.Level >= UserLevel.Operator;
}
