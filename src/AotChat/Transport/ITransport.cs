using AotChat.Loop;

namespace AotChat.Transport;

/// <summary>
/// The way to one peer, without blocking: a socket on the loop, or a simulated peer. Used on the loop's thread only.
/// </summary>
internal interface ITransport
{
    /// <summary>Begins to report readiness to the loop under this token; called again, goes on under another one.</summary>
    void Attach(LoopToken token, Readiness interest);

    /// <summary>Changes what is reported.</summary>
    void Watch(Readiness interest);

    /// <summary>
    /// Reports nothing, not even a hang-up, until the next <see cref="Watch"/>: a hang-up is reported at every turn, and
    /// would keep the loop awake while the session pauses.
    /// </summary>
    void Unwatch();

    /// <summary>Takes what has arrived, at most as much as fits.</summary>
    TransportStatus Receive(Span<byte> buffer, out int count);

    /// <summary>Looks at what has arrived, at most as much as fits, and leaves it there.</summary>
    TransportStatus Peek(Span<byte> buffer, out int count);

    /// <summary>Hands over bytes; fewer than all of them may be taken.</summary>
    TransportStatus Send(ReadOnlySpan<byte> bytes, out int count);

    /// <summary>
    /// Ends the connection in an orderly way: what was sent before still arrives, unless the peer goes on sending.
    /// Does nothing the second time.
    /// </summary>
    void Close();
}
