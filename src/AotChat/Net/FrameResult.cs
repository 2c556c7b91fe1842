namespace AotChat.Net;

/// <summary>What <see cref="LineFramer"/> found.</summary>
internal enum FrameResult
{
    /// <summary>A whole line; it may be empty.</summary>
    Line,

    /// <summary>A line over the limit, reported once; its bytes are skipped to its end.</summary>
    TooLong,

    /// <summary>No end of line yet.</summary>
    Incomplete,
}
