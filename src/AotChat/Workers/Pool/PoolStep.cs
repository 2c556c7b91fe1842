using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>Runs a step of the pool's whose failure must not keep the steps after it from happening.</summary>
internal static class PoolStep
{
    /// <summary>Runs it; an exception is logged, and ends nothing but the step. False where there was one.</summary>
    public static bool TryRun<T>(ILogger logger, string name, T state, Action<T> step)
    {
        try
        {
            step(state);
            return true;
        }
        catch (Exception exception)
        {
            Report(logger, name, exception);
            return false;
        }
    }

    /// <summary>Says in the log that a step has failed.</summary>
    public static void Report(ILogger logger, string name, Exception exception)
    {
        try
        {
            WorkerLog.StepFailed(logger, exception, name);
        }
        catch (Exception failure) when (failure is OutOfMemoryException or IOException)
        {
            // There is no memory for the line, or no room for the log; the pool can go on without it.
        }
    }
}
