namespace AotChat.Workers;

/// <summary>Where a worker's life stands.</summary>
internal enum JobWorkerState
{
    /// <summary>Its process was asked for and has not said that it is ready.</summary>
    Starting,

    /// <summary>It waits for a job.</summary>
    Idle,

    /// <summary>It runs a job.</summary>
    Busy,

    /// <summary>It was killed for what it sent, or is out of memory, and nothing that it says counts any more.</summary>
    Condemned,

    /// <summary>Its process is gone.</summary>
    Exited,
}
