namespace AotChat.Protocols.Terminal;

/// <summary>A question whose answer, the next line of a session, is a secret. Owned by the event loop.</summary>
internal sealed class SecretQuestion
{
    // The waiting code resumes in a turn of its own: the answer may come in the middle of a session's end.
    private readonly TaskCompletionSource<byte[]?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The line; null where there is none.</summary>
    public Task<byte[]?> Answer => _answer.Task;

    /// <summary>The line has come; an empty one is none.</summary>
    public void End(ReadOnlySpan<byte> line) => _answer.TrySetResult(line.IsEmpty ? null : line.ToArray());
}
