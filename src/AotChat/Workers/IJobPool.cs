namespace AotChat.Workers;

/// <summary>Where jobs run, as the server sees it. Everything on the event loop.</summary>
internal interface IJobPool
{
    /// <summary>All worker processes, in order of their numbers.</summary>
    IEnumerable<WorkerStatus> Workers { get; }

    /// <summary>The lanes that have no workers, and why none can be started: one clause.</summary>
    IEnumerable<(JobLanes Lanes, string Reason)> Troubles { get; }

    /// <summary>Runs one job and completes, on the event loop, with the encoded result.</summary>
    /// <exception cref="JobFailedException">The job was refused, failed, was lost or cancelled; the message is for the user.</exception>
    ValueTask<ReadOnlyMemory<byte>> RunAsync(JobRequest request, CancellationToken cancellationToken);

    /// <summary>The jobs of one user that have not ended, the oldest first.</summary>
    IEnumerable<JobStatus> JobsOf(object owner);

    /// <summary>Ends a job of this user without a result; false where the user has none of that number.</summary>
    bool TryCancel(object owner, uint jobId);

    /// <summary>
    /// Ends all jobs that others have submitted for a user who has left. The user's own go on until
    /// <see cref="CancelJobsOf"/>: a user who has only ended the input still reads.
    /// </summary>
    void CancelJobsFor(object user);

    /// <summary>Ends all jobs that a user who has left has submitted.</summary>
    void CancelJobsOf(object user);
}
