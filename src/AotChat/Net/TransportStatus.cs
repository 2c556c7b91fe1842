namespace AotChat.Net;

/// <summary>How a call on a transport ended.</summary>
internal enum TransportStatus
{
    /// <summary>Some bytes went over, at least one.</summary>
    Done,

    /// <summary>Nothing can go over now; wait for readiness.</summary>
    WouldBlock,

    /// <summary>The peer sends no more; it may still read.</summary>
    EndOfInput,

    /// <summary>The connection is gone, in both directions.</summary>
    Broken,
}
