namespace AotChat.Commands;

/// <summary>The hints that a session gives once: <see cref="CommandContext.TryHint"/>.</summary>
[Flags]
internal enum Hint : byte
{
    /// <summary>How to get help, after the first unknown command.</summary>
    UnknownCommand = 1,

    /// <summary>How to run a command in a room, after its bare name was said there.</summary>
    SaidCommand = 2,

    /// <summary>What the terminal's character set should be, after text that is not UTF-8.</summary>
    NotUtf8 = 4,
}
