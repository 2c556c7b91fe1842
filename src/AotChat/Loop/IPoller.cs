namespace AotChat.Loop;

/// <summary>Waits until something is ready; all that the event loop itself needs of the operating system.</summary>
internal interface IPoller : IDisposable
{
    /// <summary>Waits for events until a time limit or <see cref="Wake"/>. Called on the loop's thread only.</summary>
    /// <param name="events">Receives the events; what does not fit comes with the next call.</param>
    /// <param name="timeoutMilliseconds">0 looks without waiting, -1 waits without end.</param>
    /// <returns>How many events there are; 0 after a wake-up or when the time is over.</returns>
    int Wait(Span<PollEvent> events, int timeoutMilliseconds);

    /// <summary>Ends the current or the next wait at once. Any thread.</summary>
    void Wake();
}
