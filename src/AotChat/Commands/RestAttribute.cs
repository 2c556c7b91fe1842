namespace AotChat.Commands;

/// <summary>
/// Makes the last parameter of a command the rest of the line, spaces and all, instead of one word: everything after
/// the one space behind the previous word.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class RestAttribute : Attribute;
