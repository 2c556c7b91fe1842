namespace AotChat.Transport;

/// <summary>How a call on a transport ended.</summary>
internal enum TransportStatus
{
    /// <summary>Some bytes went over, at least one.</summary>
    Done,

    /// <summary>Nothing can go over now; wait for readiness.</summary>
    WouldBlock,

    /// <summary>The peer sends no more; it may still read.</summary>
    EndOfInput,

    /// <summary>
    /// The peer has closed both directions and left output of ours unread. Nothing that it sent before is missing: a reset
    /// counts only at the end of what has arrived (RFC 5961, 3.2).
    /// </summary>
    Reset,

    /// <summary>The connection is gone, in both directions.</summary>
    Broken,
}
