namespace AotChat.Chat;

/// <summary>Does things later, on the event loop.</summary>
internal interface IScheduler
{
    /// <summary>Does something after so much time, never early. Disposing the result makes sure that it does not happen any more.</summary>
    IDisposable Schedule(TimeSpan delay, Action callback);
}
