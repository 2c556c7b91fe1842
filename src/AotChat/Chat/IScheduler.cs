namespace AotChat.Chat;

/// <summary>Runs callbacks later, on the event loop.</summary>
internal interface IScheduler
{
    /// <summary>Runs a callback after a delay, never early. Disposing the result cancels it.</summary>
    IDisposable Schedule(TimeSpan delay, Action callback);
}
