using AotChat.Loop;

namespace AotChat.Protocols.Terminal;

/// <summary>Waits for a sign of life from a session, or until its time is up. Owned by the event loop.</summary>
internal sealed class PresenceProbe
{
    // The waiting code resumes in a turn of its own: the sign may come in the middle of a session's end.
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LoopTimer _limit;

    public PresenceProbe(EventLoop loop, TimeSpan limit) => _limit = loop.Schedule(limit, () => _answer.TrySetResult(false));

    /// <summary>False where the time was up first.</summary>
    public Task<bool> Answer => _answer.Task;

    /// <summary>There was a sign, or nobody waits for one any more; does nothing where the time was up before.</summary>
    public void End()
    {
        _limit.Cancel();
        _answer.TrySetResult(true);
    }
}
