using AotChat.Configuration;
using AotChat.Native;
using AotChat.Workers.Pool;

namespace AotChat;

/// <summary>
/// The limit on open files, getrlimit(2), and how many of them are left for connections, which take one each. What workers
/// and their successors take is set aside, so that a crowd of connections can't keep a worker that died from being replaced.
/// </summary>
internal static class OpenFiles
{
    /// <summary>
    /// Raises the soft limit to the hard one, as the runtime does only with its JIT, and returns it; null where the
    /// system has no such limit or doesn't say.
    /// </summary>
    public static long? RaiseLimit()
    {
        if (OperatingSystem.IsWindows() || LimitCalls.Get(LimitCalls.Files, out ResourceLimit limit) != 0)
        {
            return null;
        }

        if (limit.Soft < limit.Hard)
        {
            ulong before = limit.Soft;
            limit.Soft = limit.Hard;
            if (LimitCalls.Set(LimitCalls.Files, in limit) != 0)
            {
                limit.Soft = before;
            }
        }

        return (long)Math.Min(limit.Soft, long.MaxValue);
    }

    /// <summary>How many descriptors are open now: the server's own before its first connection, and what its starter has left open.</summary>
    public static int CountOpen(long limit) => FileCalls.CountOpen((int)Math.Min(limit, ChatOptions.DescriptorsCounted));

    /// <summary>For how many connections there are descriptors; below 0 where there are not even enough for the workers.</summary>
    /// <param name="limit">How many files this process may open.</param>
    /// <param name="open">How many it has open before the first connection, without those for workers.</param>
    /// <param name="workers">How many workers it runs.</param>
    public static long RoomForConnections(long limit, int open, int workers) => limit - Needed(open, workers, connections: 0);

    /// <summary>How many descriptors it takes to serve this many connections.</summary>
    public static long Needed(int open, int workers, int connections) =>
        open + WorkerPipes.DescriptorsFor(workers) + ChatOptions.SpareDescriptors + ChatOptions.ConsoleConnections + connections;
}
