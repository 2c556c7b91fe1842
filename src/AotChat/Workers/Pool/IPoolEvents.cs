namespace AotChat.Workers.Pool;

/// <summary>What happens to workers, for the owner of their jobs. Everything on the event loop.</summary>
internal interface IPoolEvents
{
    /// <summary>A worker is ready: jobs that wait can have it.</summary>
    void OnReady();

    /// <summary>A worker is alive.</summary>
    void OnHeartbeat();

    /// <summary>A job has run to its end; the worker that ran it is free.</summary>
    /// <param name="job">The job; it may have had its end for its user already.</param>
    /// <param name="frame">The worker's answer, valid during the call.</param>
    /// <param name="failure">Why there is no result, for the user; null where there is one.</param>
    void OnFinished(Job job, Frame frame, string? failure);

    /// <summary>A worker is gone, or is waited for no more.</summary>
    /// <param name="lost">The job that it was running; null for none.</param>
    /// <param name="wasTimedOut">Whether it was ended because that job took too long.</param>
    void OnExited(Job? lost, bool wasTimedOut);

    /// <summary>A group can't start any worker for now.</summary>
    void OnDegraded();
}
