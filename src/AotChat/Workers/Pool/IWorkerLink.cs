namespace AotChat.Workers.Pool;

/// <summary>A worker process as the pool sees it: something that takes frames and can be ended. On the event loop.</summary>
internal interface IWorkerLink
{
    /// <summary>What the operating system calls it; 0 before it is known.</summary>
    int ProcessId { get; }

    /// <summary>Whether a worker that is alive answers <see cref="SendControl"/> with a heartbeat at once, whatever its job does.</summary>
    bool AnswersControl { get; }

    /// <summary>
    /// Sends one frame. Never blocks, given that the worker has taken all frames before. False where it can't have it,
    /// since it is about to be gone: <see cref="IWorkerEvents.OnExited"/> follows. True promises nothing.
    /// </summary>
    bool TrySend(ReadOnlySpan<byte> frame);

    /// <summary>Sends one frame past those that wait to be taken, where the system offers a way to; the worker's other thread takes it at once.</summary>
    void SendControl(ReadOnlySpan<byte> frame);

    /// <summary>Asks it to end: no more frames will come.</summary>
    void Close();

    /// <summary>Ends it at once.</summary>
    void Kill();
}
