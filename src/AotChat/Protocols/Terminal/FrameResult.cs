namespace AotChat.Protocols.Terminal;

/// <summary>What <see cref="LineFramer"/> found.</summary>
internal enum FrameResult
{
    /// <summary>A whole line; it may be empty.</summary>
    Line,

    /// <summary>A line over the limit, reported once; its bytes are skipped to its end.</summary>
    TooLong,

    /// <summary>No end of line yet.</summary>
    Incomplete,

    /// <summary>More of a line over the limit, whose end has not come yet.</summary>
    Skipped,
}
