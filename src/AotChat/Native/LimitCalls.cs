using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary>What this process may take: getrlimit(2), setrlimit(2), setpriority(2). 64-bit systems.</summary>
internal static partial class LimitCalls
{
    /// <summary>RLIMIT_DATA, Linux.</summary>
    public const int Data = 2;

    /// <summary>RLIMIT_CORE.</summary>
    public const int Core = 4;

    // PRIO_PROCESS, and 0 for the calling process.
    private const int ThisProcess = 0;

    /// <summary>RLIMIT_NOFILE: 7 on Linux, 8 on macOS and the BSDs.</summary>
    public static int Files { get; } = OperatingSystem.IsLinux() ? 7 : 8;

    /// <summary>Reads a limit; 0 where that succeeds.</summary>
    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int Get(int resource, out ResourceLimit limit);

    /// <summary>Sets a limit; 0 where that succeeds.</summary>
    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int Set(int resource, in ResourceLimit limit);

    /// <summary>Sets the nice value of this process, -20 (first) to 19 (last); 0 where that succeeds.</summary>
    public static int SetNice(int nice) => SetPriority(ThisProcess, 0, nice);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int nice);
}

/// <summary><c>struct rlimit</c> on 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    /// <summary>What holds now.</summary>
    public ulong Soft;

    /// <summary>How far the process may raise it.</summary>
    public ulong Hard;
}
