using System.Buffers;
using AotChat.Workers;

namespace AotChat.Tests.Simulation;

/// <summary>A pool whose jobs end when the test says so.</summary>
internal sealed class ManualJobs : IJobPool
{
    private readonly List<(JobRequest Request, TaskCompletionSource<ReadOnlyMemory<byte>> End)> _running = [];

    /// <summary>How many jobs wait for their end.</summary>
    public int Count => _running.Count;

    /// <summary>What was asked for and has not ended, the oldest first.</summary>
    public IReadOnlyList<JobRequest> Requests => [.. _running.Select(job => job.Request)];

    /// <summary>By what each job that was ever asked for can be cancelled, the oldest first.</summary>
    public List<CancellationToken> Tokens { get; } = [];

    public IEnumerable<WorkerStatus> Workers { get; set; } = [];

    public IEnumerable<(JobLanes Lanes, string Reason)> Troubles { get; set; } = [];

    public async ValueTask<ReadOnlyMemory<byte>> RunAsync(JobRequest request, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ReadOnlyMemory<byte>> end = new();
        _running.Add((request, end));
        Tokens.Add(cancellationToken);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => End(end));
        return await end.Task;
    }

    public IEnumerable<JobStatus> JobsOf(object owner) =>
        _running.Where(job => job.Request.Owner == owner).Select((job, i) => new JobStatus((uint)i + 1, job.Request.Call, i, TimeSpan.FromSeconds(i)));

    public bool TryCancel(object owner, uint jobId)
    {
        TaskCompletionSource<ReadOnlyMemory<byte>>? end =
            _running.Where(job => job.Request.Owner == owner).Skip((int)jobId - 1).Select(job => job.End).FirstOrDefault();
        return end is not null && End(end);
    }

    /// <summary>Whether the next user who leaves meets a bug here.</summary>
    public bool FailsToLeave { get; set; }

    public void CancelJobsFor(object user)
    {
        if (FailsToLeave)
        {
            FailsToLeave = false;
            throw new InvalidOperationException("a bug");
        }

        EndJobsFor(user);
    }

    private void EndJobsFor(object user) => EndAll(request => request.Recipient == user && request.Owner != user);

    public void CancelJobsOf(object user) => EndAll(request => request.Owner == user);

    /// <summary>Really runs the oldest job, here and now, and ends it with its result.</summary>
    public void RunNext()
    {
        (JobRequest request, TaskCompletionSource<ReadOnlyMemory<byte>> end) = _running[0];
        _running.RemoveAt(0);
        ArrayBufferWriter<byte> result = new();
        JobTable.RunAsync(request.Index, request.Arguments, result, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        end.SetResult(result.WrittenMemory);
    }

    /// <summary>Ends the oldest job without a result.</summary>
    public void FailNext(Exception exception)
    {
        TaskCompletionSource<ReadOnlyMemory<byte>> end = _running[0].End;
        _running.RemoveAt(0);
        end.SetException(exception);
    }

    private void EndAll(Func<JobRequest, bool> isConcerned)
    {
        foreach ((_, TaskCompletionSource<ReadOnlyMemory<byte>> end) in _running.Where(job => isConcerned(job.Request)).ToArray())
        {
            End(end);
        }
    }

    private bool End(TaskCompletionSource<ReadOnlyMemory<byte>> end)
    {
        _running.RemoveAll(job => job.End == end);
        return end.TrySetException(new JobFailedException("cancelled"));
    }
}
