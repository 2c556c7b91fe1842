namespace AotChat.Commands;

/// <summary>What a newcomer is told once a session; <see cref="CommandContext.TryHint"/> remembers what was.</summary>
[Flags]
internal enum Hint : byte
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>How to get help, after a command that does not exist.</summary>
    UnknownCommand = 1,

    /// <summary>How to call a command in a room, after its mere name was said there.</summary>
    SaidCommand = 2,

    /// <summary>How to send UTF-8, after text in another encoding.</summary>
    NotUtf8 = 4,

    /// <summary>That others can read a password, before the first one over a connection that is not encrypted.</summary>
    PlainLogin = 8,
}
