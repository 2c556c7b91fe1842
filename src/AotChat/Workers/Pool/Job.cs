namespace AotChat.Workers.Pool;

/// <summary>One call of a job, from its submission to its one end. Owned by the event loop.</summary>
/// <remarks>Waiting → Running → Ended; once more Waiting where its worker ended under it. An end is final.</remarks>
internal sealed class Job(uint id, JobRequest request, JobInfo info, long now)
{
    // Continuations run where the job ends: on the loop, at once.
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _end = new();

    /// <summary>Its number, unique while it lives.</summary>
    public uint Id { get; } = id;

    /// <summary>What is to be run, and for whom.</summary>
    public JobRequest Request { get; } = request;

    /// <summary>What the job's method says of itself.</summary>
    public JobInfo Info { get; } = info;

    /// <summary>Which workers may run it.</summary>
    public JobLanes Lane => Info.Lane == JobLane.Io ? JobLanes.Io : JobLanes.Cpu;

    /// <summary>Since when it waits or runs, as a timestamp.</summary>
    public long Since { get; set; } = now;

    /// <summary>Whether it waits for a worker in a <see cref="JobQueue"/>, whose affair this is.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>The worker that runs it.</summary>
    public JobWorker? Worker { get; set; }

    /// <summary>How many workers have ended while they ran it.</summary>
    public int Losses { get; set; }

    /// <summary>Whether it has had its end.</summary>
    public bool HasEnded => _end.Task.IsCompleted;

    /// <summary>Completes with the encoded result, or with a <see cref="JobFailedException"/>.</summary>
    public Task<ReadOnlyMemory<byte>> End => _end.Task;

    /// <summary>What a token of the caller's holds on to; disposed of at the end.</summary>
    public CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>Ends it with a result. An ended job ignores it.</summary>
    public void Complete(ReadOnlyMemory<byte> result)
    {
        Cancellation.Dispose();
        _end.TrySetResult(result);
    }

    /// <summary>Ends it without one; the reason is for the user. An ended job ignores it.</summary>
    public void Fail(string reason)
    {
        Cancellation.Dispose();
        _end.TrySetException(new JobFailedException(reason));
    }
}
