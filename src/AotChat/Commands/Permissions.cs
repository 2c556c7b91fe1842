using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>
/// Decides who may do what. A whole command can ask for a level, with <see cref="RequiresAttribute"/>; rights that depend
/// on whom or what they are about stand here, and nowhere else.
/// </summary>
internal static class Permissions
{
    /// <summary>Whether a user may do something in a room: everybody may look, only its members may do the rest.</summary>
    public static bool MayIn(User user, Room room, RoomRight right) => right switch
    {
        RoomRight.Look => true,
        _ => user.MembershipOf(room) is not null,
    };

    /// <summary>Whether a user may see where others connect from: only users who look after the chat may.</summary>
    public static bool MaySeeOrigin(User user) => user.Level >= UserLevel.Operator;
}
