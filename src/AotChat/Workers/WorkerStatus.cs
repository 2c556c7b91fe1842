namespace AotChat.Workers;

/// <summary>What is told of a worker.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Lanes">What it serves.</param>
/// <param name="ProcessId">What the operating system calls it; 0 before it is known.</param>
/// <param name="State">Where its life stands.</param>
/// <param name="JobId">The job that it runs; 0 where none.</param>
/// <param name="Age">How long its process has lived.</param>
/// <param name="JobsDone">How many jobs it has ended.</param>
/// <param name="ResidentBytes">Its resident memory when it was last heard of; 0 before.</param>
/// <param name="Restarts">How many processes had this place in the pool before it.</param>
internal sealed record WorkerStatus(
    int Id, JobLanes Lanes, int ProcessId, JobWorkerState State, uint JobId, TimeSpan Age, long JobsDone, long ResidentBytes, int Restarts);
