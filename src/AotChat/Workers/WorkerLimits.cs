namespace AotChat.Workers;

/// <summary>What keeps a worker from doing more than its jobs need, as it says when it is ready.</summary>
[Flags]
internal enum WorkerLimits : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The kernel limits its network.</summary>
    Network = 1,

    /// <summary>It has no capabilities, and is not root.</summary>
    Unprivileged = 2,

    /// <summary>All of it.</summary>
    All = Network | Unprivileged,
}
