namespace AotChat.Workers.Pool;

/// <summary>What the pool needs of the event loop on which it lives.</summary>
internal interface IPoolLoop
{
    /// <summary>The loop's clock.</summary>
    TimeProvider Time { get; }

    /// <summary>Runs a callback on the loop, in order of posting. Any thread.</summary>
    void Post(SendOrPostCallback callback, object? state);

    /// <summary>Runs a callback on the loop after a delay. On the loop.</summary>
    void Schedule(TimeSpan delay, Action callback);

    /// <summary>Calls back whenever a descriptor can be read from, or is at its end, until the watch is disposed of. On the loop; Linux only.</summary>
    IDisposable Watch(int descriptor, Action onReadable);
}
