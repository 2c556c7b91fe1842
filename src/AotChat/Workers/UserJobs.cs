namespace AotChat.Workers;

/// <summary>
/// The jobs of one user. The generated methods on it, one for each <c>[Job]</c>, run a job in a worker process. Owned by
/// the event loop.
/// </summary>
/// <param name="pool">Where they run.</param>
/// <param name="owner">Whose limits hold.</param>
/// <param name="block">The block of addresses that the user connects from.</param>
/// <param name="call">How the user asked for them, for lists of jobs; null for the name of each.</param>
/// <param name="running">Counts those that have not ended.</param>
internal sealed class UserJobs(IJobPool pool, object owner, UInt128 block, string? call, RunningJobs running) : IJobRunner
{
    private object? _recipient;

    /// <summary>The same, for a job whose result is for somebody else: it ends when either of them is gone.</summary>
    public UserJobs For(object recipient) => new(pool, owner, block, call, running) { _recipient = recipient };

    /// <summary>Those that have not ended, the oldest first.</summary>
    public IEnumerable<JobStatus> Present => pool.JobsOf(owner);

    /// <summary>All worker processes.</summary>
    public IEnumerable<WorkerStatus> Workers => pool.Workers;

    /// <summary>The lanes that have no workers, and why none can be started: one clause.</summary>
    public IEnumerable<(JobLanes Lanes, string Reason)> Troubles => pool.Troubles;

    /// <summary>Ends one of them without a result; false where there is none of that number.</summary>
    public bool TryCancel(uint jobId) => pool.TryCancel(owner, jobId);

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> RunAsync(ushort job, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
    {
        running.Count++;
        try
        {
            return await pool.RunAsync(
                new JobRequest(job, arguments, owner, block, _recipient, call ?? JobTable.InfoOf(job).Name), cancellationToken);
        }
        finally
        {
            // The command that waits for this job goes on within this same call, and writes its answer before the turn ends.
            running.Count--;
        }
    }
}

/// <summary>How many jobs of one session have not ended. Owned by the event loop.</summary>
internal sealed class RunningJobs
{
    /// <summary>The number; only <see cref="UserJobs"/> writes it.</summary>
    public int Count { get; set; }
}
