using System.Buffers;
using AotChat.Workers;

namespace AotChat.Tests.Simulation;

/// <summary>A job runner whose jobs end when the test says so, or when they are cancelled.</summary>
internal sealed class ManualJobs : IJobRunner
{
    private readonly Queue<(ushort Job, byte[] Arguments, TaskCompletionSource<ReadOnlyMemory<byte>> End)> _running = [];

    /// <summary>How many jobs were begun and not taken up by the test.</summary>
    public int Count => _running.Count;

    /// <summary>Whether the oldest of them has ended already: it was cancelled.</summary>
    public bool IsNextCancelled => _running.Peek().End.Task.IsFaulted;

    public async ValueTask<ReadOnlyMemory<byte>> RunAsync(ushort job, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            throw new JobFailedException("cancelled");
        }

        TaskCompletionSource<ReadOnlyMemory<byte>> end = new();
        _running.Enqueue((job, arguments.ToArray(), end));
        using CancellationTokenRegistration registration =
            cancellationToken.Register(() => end.TrySetException(new JobFailedException("cancelled")));
        return await end.Task;
    }

    /// <summary>Really runs the oldest job, here and now, and ends it with its result.</summary>
    public void RunNext()
    {
        (ushort job, byte[] arguments, TaskCompletionSource<ReadOnlyMemory<byte>> end) = _running.Dequeue();
        ArrayBufferWriter<byte> result = new();
        JobTable.RunAsync(job, arguments, result, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        end.TrySetResult(result.WrittenMemory);
    }

    /// <summary>Ends the oldest job without a result.</summary>
    public void FailNext(Exception exception) => _running.Dequeue().End.TrySetException(exception);
}
