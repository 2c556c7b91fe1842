using System.Runtime.InteropServices;

namespace AotChat.Net;

/// <summary>The limit on open files, getrlimit(2): every connection takes one.</summary>
internal static partial class OpenFiles
{
    /// <summary>What the server itself needs beside its connections: standard streams, listener, epoll, pipes of workers.</summary>
    public const int Reserve = 64;

    // RLIMIT_NOFILE; 7 on Linux, 8 on macOS and the BSDs.
    private static readonly int Resource = OperatingSystem.IsLinux() ? 7 : 8;

    /// <summary>
    /// Raises the soft limit to the hard one, as the runtime does only with its JIT, and returns it; null where the
    /// system has no such limit or doesn't say.
    /// </summary>
    public static long? RaiseLimit()
    {
        if (OperatingSystem.IsWindows() || GetLimit(Resource, out Limit limit) != 0)
        {
            return null;
        }

        if (limit.Soft < limit.Hard)
        {
            ulong before = limit.Soft;
            limit.Soft = limit.Hard;
            if (SetLimit(Resource, in limit) != 0)
            {
                limit.Soft = before;
            }
        }

        return (long)Math.Min(limit.Soft, long.MaxValue);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    /// <summary><c>struct rlimit</c> on 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
