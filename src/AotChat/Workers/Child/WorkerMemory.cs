using System.Globalization;
using AotChat.Configuration;
using AotChat.Native;

namespace AotChat.Workers.Child;

/// <summary>
/// How much memory a worker may take: the limit on data, setrlimit(2), which counts what can be written to, unlike the one
/// on address space, which counts what the runtime only reserves. The collector has a limit of its own, DOTNET_GCHeapHardLimit;
/// this one holds for what is allocated past it too. Linux only.
/// </summary>
internal static class WorkerMemory
{
    private const long MiB = 1024 * 1024;

    // In /proc/self/statm: the size of data and stack, in pages.
    private const int DataField = 5;

    private static ulong _hard = ulong.MaxValue;

    /// <summary>Limits this process for good; 0 for no limit. A worker that crashes leaves no core behind either: they would fill a disk.</summary>
    public static void Limit(int mebibytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        ResourceLimit none = default;
        _ = LimitCalls.Set(LimitCalls.Core, in none);
        if (mebibytes > 0)
        {
            _hard = (ulong)(Used() + ((mebibytes + ChatOptions.WorkerSlackMiB) * MiB));
            Set(_hard);
        }
    }

    /// <summary>Lets the running job take this much more than there is now.</summary>
    public static void LimitJob(int mebibytes)
    {
        if (OperatingSystem.IsLinux())
        {
            GC.Collect();
            Set(Math.Min(_hard, (ulong)(Used() + (mebibytes * MiB))));
        }
    }

    /// <summary>Goes back to what holds for the process.</summary>
    public static void EndLimitOfJob()
    {
        if (OperatingSystem.IsLinux())
        {
            Set(_hard);
        }
    }

    private static void Set(ulong soft)
    {
        ResourceLimit limit = new() { Soft = soft, Hard = _hard };
        _ = LimitCalls.Set(LimitCalls.Data, in limit);
    }

    private static long Used() =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[DataField], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}
