namespace AotChat.Loop;

/// <summary>What the loop waits for on a connection, or what it is ready for. A broken connection is ready for all that is waited for.</summary>
[Flags]
internal enum Readiness
{
    /// <summary>Nothing; also: still registered, but not waited for.</summary>
    None = 0,

    /// <summary>There are bytes, an end of input, an error or, on a listener, a newcomer.</summary>
    Readable = 1,

    /// <summary>The kernel takes bytes again.</summary>
    Writable = 2,

    /// <summary>The connection is gone in both directions. Some pollers report it whatever is waited for, others never.</summary>
    Broken = 4,
}
