namespace AotChat.Chat;

/// <summary>Which time stands in front of a reader's lines.</summary>
internal enum LineClock
{
    /// <summary>The server's own.</summary>
    Local,

    /// <summary>That of a time zone.</summary>
    Zone,

    /// <summary>None.</summary>
    Off,
}
