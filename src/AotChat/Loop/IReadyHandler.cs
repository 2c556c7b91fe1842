namespace AotChat.Loop;

/// <summary>Something that is registered with the event loop: a listener, a session.</summary>
internal interface IReadyHandler
{
    /// <summary>
    /// Handles what was waited for. Must not block, must not throw, and does a bounded amount of work; called on the
    /// loop's thread. It may be called once too often, after the token has gone over to a newer handler.
    /// </summary>
    void OnReady(Readiness readiness);
}
