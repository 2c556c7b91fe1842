using System.ComponentModel;
using System.Runtime.InteropServices;
using AotChat.Configuration;
using AotChat.Native;

namespace AotChat.Workers.Pool;

/// <summary>
/// Waits for a worker process that is about to be gone, and takes its exit status. The kernel announces the end on a
/// descriptor of the process (pidfd_open(2)); where there is none, it is looked for. Owned by the event loop.
/// </summary>
/// <param name="processId">The process.</param>
/// <param name="children">Takes the status.</param>
/// <param name="loop">The event loop.</param>
/// <param name="onExited">Hears, once, how it ended.</param>
internal sealed class ExitWatch(int processId, ChildTable children, IPoolLoop loop, Action<WorkerExit> onExited)
{
    private int _descriptor = -1;
    private IDisposable? _watch;

    /// <summary>Whether it is gone.</summary>
    public bool HasExited { get; private set; }

    /// <summary>Begins to wait.</summary>
    public void Begin()
    {
        Look();
        if (HasExited)
        {
            return;
        }

        _descriptor = ProcessCalls.OpenProcess(processId);
        try
        {
            _watch = _descriptor < 0 ? null : loop.Watch(_descriptor, Look);
        }
        catch (Exception exception) when (exception is Win32Exception or OutOfMemoryException)
        {
            Release();
        }

        if (_watch is null)
        {
            LookAgain();
        }
    }

    private void LookAgain()
    {
        try
        {
            Look();
        }
        finally
        {
            if (!HasExited)
            {
                loop.Schedule(ChatOptions.WorkerExitInterval, LookAgain);
            }
        }
    }

    private void Look()
    {
        if (HasExited)
        {
            return;
        }

        int waited = children.Wait(processId, out int status);
        if (waited == 0 || (waited < 0 && Marshal.GetLastPInvokeError() == FileCalls.Interrupted))
        {
            return;
        }

        HasExited = true;
        try
        {
            Release();
        }
        finally
        {
            onExited(waited < 0 ? WorkerExit.Because("something else has taken its exit status") : ExitOf(status));
        }
    }

    private void Release()
    {
        try
        {
            _watch?.Dispose();
        }
        finally
        {
            _watch = null;
            if (_descriptor >= 0)
            {
                _ = FileCalls.Close(_descriptor);
                _descriptor = -1;
            }
        }
    }

    // The macros of wait(2): the low seven bits are the signal, the next byte is the code.
    private static WorkerExit ExitOf(int status) =>
        (status & 0x7F) == 0 ? WorkerExit.WithCode((status >> 8) & 0xFF) : WorkerExit.BySignal(status & 0x7F);
}
