namespace AotChat.Workers.Pool;

/// <summary>What a worker process tells the pool; called on the event loop, in the order in which it happened.</summary>
internal interface IWorkerEvents
{
    /// <summary>It sent a frame; the payload is valid until the call returns.</summary>
    void OnFrame(Frame frame);

    /// <summary>It is gone, and everything it sent has been reported. Comes exactly once, also where it never started.</summary>
    /// <param name="exit">How it ended, for the log.</param>
    void OnExited(WorkerExit exit);
}
