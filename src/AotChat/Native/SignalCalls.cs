using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary>
/// The runtime's own signal handling, one layer below <see cref="PosixSignalRegistration"/>: a thread of its own that reads
/// signals from a pipe and calls back. The registration starts one more thread for each SIGTERM, and ends the process where
/// the system gives no more threads. The entry points are those that it uses itself (pal_signal.h of dotnet/runtime).
/// </summary>
internal static unsafe partial class SignalCalls
{
    /// <summary>SIGHUP of signal(7).</summary>
    public const int HangUp = 1;

    /// <summary>SIGINT.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGPIPE.</summary>
    public const int BrokenPipe = 13;

    /// <summary>SIG_IGN.</summary>
    public const nint Ignore = 1;

    /// <summary>SIGALRM.</summary>
    public const int Alarm = 14;

    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;

    /// <summary>Starts the thread that signals are handled on; 0 where that fails.</summary>
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_InitializeTerminalAndSignalHandling", SetLastError = true)]
    public static partial int Initialize();

    /// <summary>Sets what is called, on that thread, with the number of a signal that is enabled; it returns 1 for «handled».</summary>
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_SetPosixSignalHandler")]
    public static partial void SetHandler(delegate* unmanaged<int, int, int> handler);

    /// <summary>Catches a signal from now on, unless this process was started with the signal ignored (nohup(1)); 0 where that fails.</summary>
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_EnablePosixSignalHandling", SetLastError = true)]
    public static partial int Enable(int signal);

    /// <summary>signal(2).</summary>
    [LibraryImport("libc", EntryPoint = "signal")]
    public static partial nint SetAction(int signal, nint handler);

    /// <summary>alarm(2): SIGALRM after this many seconds.</summary>
    [LibraryImport("libc", EntryPoint = "alarm")]
    public static partial uint SetAlarm(uint seconds);

    /// <summary>_exit(2): ends the process here and now, and runs nothing more of it.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);
}
