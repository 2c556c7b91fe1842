namespace AotChat.Commands;

#pragma warning disable CS0612 // The generator marks what calls an obsolete hook as obsolete too.

/// <summary>
/// Tells the methods with <see cref="OnJoinAttribute"/>, <see cref="OnLeaveAttribute"/> and <see cref="OnSaidAttribute"/>
/// what happens. The generator writes those of the partial methods for which there are hooks; the compiler leaves out the
/// calls of the others.
/// </summary>
internal static partial class CommandHooks
{
    /// <summary>A user has joined the chat.</summary>
    public static void Joined(CommandContext context) => OnJoin(context);

    /// <summary>Somebody has joined a room.</summary>
    public static void Joined(CommandContext context, Chat.Room room) => OnJoin(context, room);

    /// <summary>A user is about to leave the chat.</summary>
    public static void Leaving(CommandContext context) => OnLeave(context);

    /// <summary>Somebody is about to leave a room.</summary>
    public static void Leaving(CommandContext context, Chat.Room room) => OnLeave(context, room);

    /// <summary>Somebody has said something in a room.</summary>
    public static void Said(CommandContext context, Chat.Room room, ReadOnlySpan<byte> text) => OnSaid(context, room, text);

    static partial void OnJoin(CommandContext context);

    static partial void OnJoin(CommandContext context, Chat.Room room);

    static partial void OnLeave(CommandContext context);

    static partial void OnLeave(CommandContext context, Chat.Room room);

    static partial void OnSaid(CommandContext context, Chat.Room room, ReadOnlySpan<byte> text);
}
