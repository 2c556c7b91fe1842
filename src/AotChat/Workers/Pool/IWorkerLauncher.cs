namespace AotChat.Workers.Pool;

/// <summary>Starts worker processes.</summary>
internal interface IWorkerLauncher
{
    /// <summary>Begins to start one, without waiting; what becomes of it is reported to <paramref name="events"/>.</summary>
    /// <param name="workerId">Its number, for the log.</param>
    /// <param name="settings">What it may do.</param>
    /// <param name="events">Hears of it, on the event loop, and not before this call has returned.</param>
    IWorkerLink Start(int workerId, WorkerSettings settings, IWorkerEvents events);

    /// <summary>
    /// Waits for processes that have become children of this one because their parents ended, as all do of process 1: their
    /// entries would stay in the system's table for good. Never takes a worker's exit status.
    /// </summary>
    void ReapOrphans();
}
