namespace AotChat.Loop;

/// <summary>Brings the continuations of asynchronous commands back to the event loop.</summary>
internal sealed class LoopSynchronizationContext(EventLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(d, state);

    /// <exception cref="NotSupportedException">Always: waiting for the loop is what the loop exists to avoid.</exception>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nobody waits for the event loop; post to it.");

    public override SynchronizationContext CreateCopy() => this;
}
