namespace AotChat.Commands;

/// <summary>
/// Makes a static method a chat command: its first parameter is the <see cref="CommandContext"/>, the others are the
/// command's grammar, and its XML summary is the help text. <see cref="RequiresAttribute"/> says who may call it.
/// </summary>
/// <param name="name">What a user types: one to 24 lower-case ASCII letters, digits or <c>-</c>, first a letter.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CommandAttribute(string name) : Attribute
{
    /// <summary>What a user types.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Other names that a user may type instead, each no other command's: as the name is, or <c>?</c>, or <c>:</c> and up
    /// to 23 such letters, digits or <c>-</c>.
    /// </summary>
    public string[] Aliases { get; set; } = [];

    /// <summary>
    /// How it is called; its words name the parameters, from left to right, in what is said of a call that does not fit.
    /// Default: from the signature, <c>fib USER N</c>.
    /// </summary>
    public string? Usage { get; set; }

    /// <summary>
    /// What it does; <c>help</c> lists the first sentence, <c>help NAME</c> shows all. Default: the method's XML summary.
    /// </summary>
    public string? Help { get; set; }

    /// <summary>Under which heading <c>help</c> lists it. Default: <c>General</c>.</summary>
    public string? Category { get; set; }

    /// <summary>A call as somebody might type it, for <c>help NAME</c>. Default: none.</summary>
    public string? Example { get; set; }

    /// <summary>
    /// Whether its text is for one alone: a line that calls it, typed in a room without <c>/</c>, is not said there.
    /// Default: false.
    /// </summary>
    public bool IsPrivate { get; set; }

    /// <summary>
    /// The whole line that answers a call which does not fit the signature; a limit speaks for itself all the same.
    /// Default: what is wrong, <c>Invalid NAME parameters: USER is missing. Usage: USAGE</c>.
    /// </summary>
    public string? Invalid { get; set; }
}
