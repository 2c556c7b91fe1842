using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// When the workers of one group that are due may get successors. After a successor that could not be started the next one
/// is tried after a pause, which grows: the worker that is due goes on meanwhile. Owned by the event loop.
/// </summary>
internal sealed class Recycling(TimeProvider time, ILogger logger)
{
    private readonly GrowingPause _pause = new(ChatOptions.RecycleFirstPause, ChatOptions.RecycleLongestPause);
    private long _failedAt;
    private TimeSpan _wait;
    private int _failures;

    /// <summary>Whether a successor may be started now.</summary>
    public bool IsOpen => _failures == 0 || time.GetElapsedTime(_failedAt) >= _wait;

    /// <summary>A successor was never ready.</summary>
    public void OnFailed(JobWorker due, WorkerExit exit)
    {
        _failedAt = time.GetTimestamp();
        _wait = _pause.Next();

        // One line for each time that a worker is due, however often it is tried.
        if (++_failures == 1)
        {
            WorkerLog.NotRecycled(logger, due.Id, due.JobsDone, due.ResidentBytes / 1024 / 1024, exit);
        }
    }

    /// <summary>A successor is ready.</summary>
    public void OnDone(JobWorker due, JobWorker successor)
    {
        WorkerLog.Recycled(logger, due.Id, due.JobsDone, due.ResidentBytes / 1024 / 1024, successor.Id);
        if (_failures > 1)
        {
            WorkerLog.RecycledAtLast(logger, successor.Id, _failures - 1);
        }

        _failures = 0;
        _pause.Reset();
    }
}
