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
    private const int Interrupt = 2;
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

        // Ctrl-C reaches the whole process group; it is the server that decides when a worker ends.
        _ = Signal(Interrupt, Ignore);
        if (!OperatingSystem.IsLinux())
        {
            return GetParentProcessId() == serverProcessId;
        }

        _ = ProcessControl(SetParentDeathSignal, Kill, 0, 0, 0);
        Name("aotchat-worker\0"u8);

        // It may have died before the signal was asked for.
        return GetParentProcessId() == serverProcessId;
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

        SafeFileHandle frames = new(Duplicate(StandardOutput), ownsHandle: true);
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

    /// <summary>dup(2).</summary>
    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    /// <summary>dup2(2).</summary>
    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int DuplicateTo(int descriptor, int other);
}
