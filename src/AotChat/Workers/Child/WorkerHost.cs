using AotChat.Native;
using Microsoft.Win32.SafeHandles;

namespace AotChat.Workers.Child;

/// <summary>What a worker asks of the operating system: to die with its server, and to have its pipes for itself.</summary>
internal static class WorkerHost
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private const int SetParentDeathSignal = 1;
    private const int SetName = 15;

    /// <summary>
    /// Makes this process end with the server, also while it is stopped or busy and does not see the end of its input
    /// (Linux; elsewhere the end of input alone must do). False where the server is gone already.
    /// </summary>
    public static bool DieWithParent(int serverProcessId)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        // Ctrl-C, a terminal that closes and a service manager reach all processes of the server; it is the server that
        // decides when a worker ends.
        foreach (int signal in (ReadOnlySpan<int>)[SignalCalls.Interrupt, SignalCalls.HangUp, SignalCalls.Terminate])
        {
            _ = SignalCalls.SetAction(signal, SignalCalls.Ignore);
        }

        if (!OperatingSystem.IsLinux())
        {
            return ProcessCalls.GetParent() == serverProcessId;
        }

        _ = ProcessCalls.Control(SetParentDeathSignal, SignalCalls.Kill);
        Name("aotchat-worker\0"u8);

        // It may have died before the signal was asked for.
        return ProcessCalls.GetParent() == serverProcessId;
    }

    /// <summary>Lets the server, and whatever else has more of a hurry, go first on a busy machine (nice(2)).</summary>
    public static void SetNice(int nice)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = LimitCalls.SetNice(nice);
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
            ? FileCalls.Control(StandardOutput, FileCalls.DuplicateCloseOnExec)
            : FileCalls.Duplicate(StandardOutput), ownsHandle: true);
        _ = FileCalls.DuplicateTo(StandardError, StandardOutput);
        return new FileStream(frames, FileAccess.Write, bufferSize: 0);
    }

    // PR_SET_NAME: what top and ps show, which would be "exe" otherwise.
    private static unsafe void Name(ReadOnlySpan<byte> name)
    {
        fixed (byte* pointer = name)
        {
            _ = ProcessCalls.Control(SetName, (nuint)pointer);
        }
    }
}
