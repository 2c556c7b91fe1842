namespace AotChat.Workers.Pool;

/// <summary>
/// The thread that starts workers. It is there before the server listens: when it can't be created, the start fails with a
/// reason, and nobody waits for workers that never come.
/// </summary>
internal static class LauncherThread
{
    // It only starts processes; the default of 8 MiB would be address space for nothing.
    private const int StackBytes = 256 * 1024;

    /// <summary>Starts it.</summary>
    /// <exception cref="IOException">The system gives no more threads, or no memory for one.</exception>
    public static void Start(ThreadStart run)
    {
        try
        {
            new Thread(run, StackBytes) { IsBackground = true, Name = "worker launcher" }.Start();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            throw new IOException("the thread that starts workers cannot be created; the limit on processes or memory is too low", exception);
        }
    }
}
