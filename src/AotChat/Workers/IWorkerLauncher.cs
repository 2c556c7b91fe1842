namespace AotChat.Workers;

/// <summary>Starts worker processes.</summary>
internal interface IWorkerLauncher
{
    /// <summary>Begins to start one, without waiting; what becomes of it is reported to <paramref name="events"/>.</summary>
    IWorkerLink Start(int workerId, IWorkerEvents events);
}
