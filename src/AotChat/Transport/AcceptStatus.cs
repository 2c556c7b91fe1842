namespace AotChat.Transport;

/// <summary>How an attempt to accept ended: the tiers of accept(2)'s errors.</summary>
internal enum AcceptStatus
{
    /// <summary>There is a new connection.</summary>
    Accepted,

    /// <summary>Nobody waits.</summary>
    Nobody,

    /// <summary>Somebody was gone before; the next one may be there.</summary>
    Gone,

    /// <summary>Descriptors or memory are used up; better after a pause.</summary>
    Exhausted,

    /// <summary>The listening socket itself is no longer usable.</summary>
    Dead,
}
