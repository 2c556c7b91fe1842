namespace AotChat.Workers;

/// <summary>One call of a job, from its submission to its one end. Owned by the event loop.</summary>
internal sealed class Job(uint id, ushort index, ReadOnlyMemory<byte> arguments)
{
    // Continuations run where the job ends: on the loop, at once.
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _end = new();

    /// <summary>Its number, unique while it lives.</summary>
    public uint Id { get; } = id;

    /// <summary>Which job of the table.</summary>
    public ushort Index { get; } = index;

    /// <summary>The encoded arguments.</summary>
    public ReadOnlyMemory<byte> Arguments { get; } = arguments;

    /// <summary>How many workers have been given it.</summary>
    public int Attempts { get; set; }

    /// <summary>Completes with the encoded result, or with a <see cref="JobFailedException"/>.</summary>
    public Task<ReadOnlyMemory<byte>> End => _end.Task;

    /// <summary>Ends it with a result. An ended job ignores it.</summary>
    public void Complete(ReadOnlyMemory<byte> result) => _end.TrySetResult(result);

    /// <summary>Ends it without one; the reason is for the user. An ended job ignores it.</summary>
    public void Fail(string reason) => _end.TrySetException(new JobFailedException(reason));
}
