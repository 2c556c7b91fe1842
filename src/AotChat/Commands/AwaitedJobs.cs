using AotChat.Workers;

namespace AotChat.Commands;

/// <summary>A pool as the commands of one session see it: it knows how many jobs they wait for. Owned by the event loop.</summary>
internal sealed class AwaitedJobs(IJobPool pool) : IJobPool
{
    /// <summary>How many jobs have not ended.</summary>
    public int Count { get; private set; }

    public IEnumerable<WorkerStatus> Workers => pool.Workers;

    public IEnumerable<(JobLanes Lanes, string Reason)> Troubles => pool.Troubles;

    public async ValueTask<ReadOnlyMemory<byte>> RunAsync(JobRequest request, CancellationToken cancellationToken)
    {
        Count++;
        try
        {
            return await pool.RunAsync(request, cancellationToken);
        }
        finally
        {
            // The command that waits for this job resumes within this call, and writes its answer before the turn ends.
            Count--;
        }
    }

    public IEnumerable<JobStatus> JobsOf(object owner) => pool.JobsOf(owner);

    public bool TryCancel(object owner, uint jobId) => pool.TryCancel(owner, jobId);

    public void CancelJobsFor(object user) => pool.CancelJobsFor(user);

    public void CancelJobsOf(object user) => pool.CancelJobsOf(user);
}
