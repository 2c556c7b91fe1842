using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>
/// Says who may call a command; a caller who may not is told so before anything is parsed. Without it everyone may.
/// </summary>
/// <param name="level">The least level that a caller needs.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresAttribute(UserLevel level) : Attribute
{
    /// <summary>The least level that a caller needs.</summary>
    public UserLevel Level { get; } = level;
}
