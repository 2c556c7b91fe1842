namespace AotChat.Commands;

/// <summary>
/// Makes a static method a chat command: its first parameter is the <see cref="CommandContext"/>, the others are the
/// command's grammar, and its XML summary is the help text.
/// </summary>
/// <param name="name">What a user types: one to 24 lower-case ASCII letters, digits or <c>-</c>, first a letter.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CommandAttribute(string name) : Attribute
{
    /// <summary>What a user types.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The whole line that answers a call which does not fit the signature.
    /// Default: <c>Invalid NAME parameters. Usage: USAGE</c>.
    /// </summary>
    public string? Invalid { get; set; }
}
