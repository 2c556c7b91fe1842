using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary>
/// Processes: posix_spawn(3), waitpid(2), kill(2), getppid(2), prctl(2), pidfd_open(2), close_range(2). Linux only but for
/// getppid; the numbers are those of its generic ABI.
/// </summary>
internal static unsafe partial class ProcessCalls
{
    /// <summary>WNOHANG.</summary>
    public const int NoHang = 1;

    // The same on all architectures.
    private const int OpenProcessCall = 434;
    private const int CloseRangeCall = 436;

    // CLOSE_RANGE_CLOEXEC; P_ALL, WEXITED and WNOWAIT.
    private const int CloseRangeOnExec = 4;
    private const int AnyChild = 0;
    private const int Exited = 4;
    private const int LeaveWaitable = 0x1000000;

    /// <summary>Far more than posix_spawn_file_actions_t and posix_spawnattr_t take in any C library (80 and 336 bytes in glibc).</summary>
    public const int OpaqueBytes = 1_024;

    /// <summary>A descriptor that can be read from when the process has ended (pidfd_open(2), since Linux 5.3); below 0 where there is none.</summary>
    public static int OpenProcess(int processId) => (int)Call(OpenProcessCall, processId, 0, 0);

    /// <summary>
    /// Makes sure that no program which this process starts inherits a descriptor from this one on, but those that it is
    /// given (close_range(2), since Linux 5.11). False where the kernel can't.
    /// </summary>
    public static bool CloseAllOnExec(int first) => Call(CloseRangeCall, first, unchecked((nint)uint.MaxValue), CloseRangeOnExec) == 0;

    /// <summary>The next child that has ended, without taking its exit status; 0 where there is none.</summary>
    public static int PeekEnded()
    {
        // siginfo_t; the process stands behind three numbers and a gap.
        Span<int> information = stackalloc int[32];
        information.Clear();
        return WaitForAny(AnyChild, 0, information, Exited | NoHang | LeaveWaitable) == 0 ? information[4] : 0;
    }

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int Wait(int processId, out int status, int options);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int processId, int signal);

    /// <summary>Returns an error number, and does not set errno.</summary>
    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(out int processId, string path, byte* fileActions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitializeFileActions(byte* fileActions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(byte* fileActions, int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyFileActions(byte* fileActions);

    /// <summary>prctl(2).</summary>
    public static int Control(int operation, nuint argument) => Control(operation, argument, 0, 0, 0);

    /// <summary>getppid(2).</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int GetParent();

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int operation, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitForAny(int idType, int id, Span<int> information, int options);

    /// <summary>syscall(2), for calls that the C library has no name for; the kernel ignores arguments that a call does not take.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint Call(nint number, nint a, nint b, nint c, nint d = 0);
}
