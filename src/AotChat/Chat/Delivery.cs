namespace AotChat.Chat;

/// <summary>What a line is to its recipient; this decides what happens when the recipient does not read.</summary>
internal enum Delivery
{
    /// <summary>The server's answer to what this user did. Always kept; input waits while too many are unread.</summary>
    Answer,

    /// <summary>To this user alone. Refused while too much is unread, so that its sender knows.</summary>
    Direct,

    /// <summary>To many. Left out and counted while too much is unread; the reader is told how many were missed.</summary>
    Shared,
}
