namespace AotChat.Commands;

/// <summary>
/// Has a static method called when somebody is about to leave and still there: with <c>(CommandContext context)</c> the
/// chat, with <c>(CommandContext context, Room room)</c> a room, also where the user leaves the chat.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnLeaveAttribute : Attribute;
