using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AotChat.Workers;

/// <summary>What a worker asks of the operating system: to die with its server, and to have its pipes for itself.</summary>
internal static partial class WorkerHost
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private const int SetParentDeathSignal = 1;
    private const int SetName = 15;
    private const int Kill = 9;
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const int ThisProcess = 0;
    private const int DuplicateCloseOnExec = 1030;
    private const nint Ignore = 1;

    /// <summary>
    /// Makes this process end with the server, also while it is stopped or busy and does not see the end of its input
    /// (Linux; elsewhere the end of input alone must do). False where the server is gone already.
    /// </summary>
    public static bool TieTo(int serverProcessId)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        // Ctrl-C, a terminal that closes and a service manager reach all processes of the server; it is the server that
        // decides when a worker ends.
        foreach (int signal in (ReadOnlySpan<int>)[Interrupt, HangUp, Terminate])
        {
            _ = Signal(signal, Ignore);
        }

        if (!OperatingSystem.IsLinux())
        {
            return GetParentProcessId() == serverProcessId;
        }

        _ = ProcessControl(SetParentDeathSignal, Kill, 0, 0, 0);
        Name("aotchat-worker\0"u8);

        // It may have died before the signal was asked for.
        return GetParentProcessId() == serverProcessId;
    }

    /// <summary>Lets the server, and whatever else has more of a hurry, go first on a busy machine (nice(2)).</summary>
    public static void StandBack(int nice)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetPriority(ThisProcess, 0, nice);
        }
    }

    /// <summary>Standard input, without a buffer in between.</summary>
    public static Stream TakeInput() => OperatingSystem.IsWindows()
        ? Console.OpenStandardInput()
        : new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    /// <summary>
    /// Standard output for frames alone: from now on whatever a job prints goes to standard error, and so to the
    /// server's log.
    /// </summary>
    public static Stream TakeOutput()
    {
        if (OperatingSystem.IsWindows())
        {
            Stream output = Console.OpenStandardOutput();
            Console.SetOut(Console.Error);
            return output;
        }

        // Not for whatever a job may start: the server takes the end of this pipe for the end of the worker.
        SafeFileHandle frames = new(OperatingSystem.IsLinux()
            ? Control(StandardOutput, DuplicateCloseOnExec, 0)
            : Duplicate(StandardOutput), ownsHandle: true);
        _ = DuplicateTo(StandardError, StandardOutput);
        return new FileStream(frames, FileAccess.Write, bufferSize: 0);
    }

    // PR_SET_NAME: what top and ps show, which would be "exe" otherwise.
    private static unsafe void Name(ReadOnlySpan<byte> name)
    {
        fixed (byte* pointer = name)
        {
            _ = ProcessControl(SetName, (nuint)pointer, 0, 0, 0);
        }
    }

    /// <summary>prctl(2).</summary>
    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int operation, nuint a, nuint b, nuint c, nuint d);

    /// <summary>signal(2).</summary>
    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    /// <summary>getppid(2).</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentProcessId();

    /// <summary>setpriority(2).</summary>
    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int nice);

    /// <summary>fcntl(2).</summary>
    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int operation, nint argument);

    /// <summary>dup(2).</summary>
    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    /// <summary>dup2(2).</summary>
    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int DuplicateTo(int descriptor, int other);
}
