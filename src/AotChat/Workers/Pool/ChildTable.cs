using AotChat.Native;

namespace AotChat.Workers.Pool;

/// <summary>
/// Tells the workers among the children of this process from those that came to it because their parents ended, which is so
/// for process 1, as in a container: somebody has to wait for them. The launcher's thread adds, the event loop waits.
/// </summary>
/// <param name="isInit">Whether this process is process 1; elsewhere there are no other children, and nothing is kept.</param>
internal sealed class ChildTable(bool isInit)
{
    // Guards the set of workers, and keeps orphans from being waited for while a worker is between its start and the set.
    private readonly Lock _lock = new();
    private readonly HashSet<int> _workers = [];

    /// <summary>Starts a worker and notes its process. On the launcher's thread.</summary>
    public int Start(Func<int> spawn)
    {
        if (!isInit)
        {
            return spawn();
        }

        lock (_lock)
        {
            int processId = spawn();
            _workers.Add(processId);
            return processId;
        }
    }

    /// <summary>Takes the exit status of a worker: its process, 0 where it has not ended, below 0 where that fails.</summary>
    public int Wait(int processId, out int status)
    {
        if (!isInit)
        {
            return ProcessCalls.Wait(processId, out status, ProcessCalls.NoHang);
        }

        lock (_lock)
        {
            // Its number may be another worker's as soon as it is waited for.
            int waited = ProcessCalls.Wait(processId, out status, ProcessCalls.NoHang);
            if (waited > 0)
            {
                _workers.Remove(processId);
            }

            return waited;
        }
    }

    /// <summary>Waits for all orphans that have ended. On the event loop.</summary>
    public void ReapOrphans()
    {
        // While a worker is being started there may be an ended one that is not in the set yet; the next look is soon.
        if (!isInit || !_lock.TryEnter())
        {
            return;
        }

        try
        {
            while (ProcessCalls.PeekEnded() is > 0 and int processId && !_workers.Contains(processId))
            {
                _ = ProcessCalls.Wait(processId, out _, ProcessCalls.NoHang);
            }
        }
        finally
        {
            _lock.Exit();
        }
    }
}
