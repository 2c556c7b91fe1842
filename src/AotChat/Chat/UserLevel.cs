namespace AotChat.Chat;

/// <summary>What a user may do; each level may do what those before it may.</summary>
internal enum UserLevel
{
    /// <summary>Whoever has connected.</summary>
    Everyone,

    /// <summary>Who has proved to own the name.</summary>
    Registered,

    /// <summary>Who looks after the chat.</summary>
    Operator,
}
