namespace AotChat.Chat;

/// <summary>What a user may do; each level may do what those before it may.</summary>
internal enum UserLevel
{
    /// <summary>Anybody who has connected.</summary>
    Everyone,

    /// <summary>A user who has proved to own the name.</summary>
    Registered,

    /// <summary>A user who looks after the chat.</summary>
    Operator,
}
