namespace AotChat.Workers;

/// <summary>Which kinds of jobs a worker serves.</summary>
[Flags]
internal enum JobLanes
{
    /// <summary>Those that compute.</summary>
    Cpu = 1,

    /// <summary>Those that wait for others.</summary>
    Io = 2,

    /// <summary>All: the only worker of a pool.</summary>
    Both = Cpu | Io,
}
