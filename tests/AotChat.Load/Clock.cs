namespace AotChat.Load;

/// <summary>Times in nanoseconds.</summary>
internal static class Clock
{
    private const int Monotonic = 1;
    private const int ThisThread = 3;

    /// <summary>Now, on a clock that only goes forward.</summary>
    public static long Now => Native.ClockTime(Monotonic);

    /// <summary>The CPU time of this thread.</summary>
    public static long ThreadCpu => Native.ClockTime(ThisThread);

    /// <summary>
    /// The CPU time of a process, user and system, of all its threads, those that have ended included: the kernel's own
    /// account, exact where /proc/PID/stat counts in hundredths of a second.
    /// </summary>
    // The number of a process's CPU clock, as clock_getcpuclockid(3) makes it: the inverted id, and CPUCLOCK_SCHED.
    public static long ProcessCpu(int processId) => Native.ClockTime((~processId << 3) | 2);
}
