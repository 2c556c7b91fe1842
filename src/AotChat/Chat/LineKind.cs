namespace AotChat.Chat;

/// <summary>What a line is, as far as its looks depend on it.</summary>
internal enum LineKind : byte
{
    /// <summary>The server's own words.</summary>
    Server,

    /// <summary>What a user wrote to one reader alone.</summary>
    Direct,

    /// <summary>What a user wrote to everybody.</summary>
    Broadcast,

    /// <summary>What a user wrote to a room.</summary>
    Room,

    /// <summary>What a user wrote to a room earlier; the line has its own time.</summary>
    History,
}
