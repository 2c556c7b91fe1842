namespace AotChat.Commands;

/// <summary>
/// Has a static method called when somebody has said something in a room: <c>(CommandContext context, Room room, string
/// text)</c>, the text also as <c>ReadOnlySpan&lt;byte&gt;</c>. What a hook says calls no hook.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnSaidAttribute : Attribute;
