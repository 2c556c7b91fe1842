namespace AotChat.Protocols.Terminal;

/// <summary>How far a session's life has come; it only goes forward.</summary>
internal enum SessionState
{
    /// <summary>Lines are read and run.</summary>
    Open,

    /// <summary>It reads no more; what waits goes out and commands under way answer.</summary>
    Leaving,

    /// <summary>It holds nothing any more.</summary>
    Closed,
}
