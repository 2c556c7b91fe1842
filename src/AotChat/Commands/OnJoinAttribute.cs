namespace AotChat.Commands;

/// <summary>
/// Has a static method called when somebody has joined: with <c>(CommandContext context)</c> the chat, with
/// <c>(CommandContext context, Room room)</c> a room. The context is that of the user who joined.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnJoinAttribute : Attribute;
