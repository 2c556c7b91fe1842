using System.Runtime.InteropServices;
using AotChat.Native;

namespace AotChat.Workers.Pool;

/// <summary>
/// The four pipes of a worker: its standard streams, and control, on which it is told things while a job keeps it from
/// reading its input. All are closed in whatever else this process starts.
/// </summary>
internal sealed class WorkerPipes : IDisposable
{
    /// <summary>The descriptor of the control pipe in the worker.</summary>
    public const int ControlInWorker = 3;

    // Input, output, error and control.
    private const int PerWorker = 4;

    // Descriptors that are duplicated onto 0 to 3 in the child must not be among those themselves.
    private const int FirstFree = ControlInWorker + 1;
    private const int Read = 0;
    private const int Write = 1;

    private readonly int[][] _pipes = [[-1, -1], [-1, -1], [-1, -1], [-1, -1]];

    /// <exception cref="IOException">There are no more descriptors.</exception>
    public WorkerPipes()
    {
        try
        {
            foreach (int[] pipe in _pipes)
            {
                Open(pipe);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// The most descriptors that a pool of this many workers ever holds. Each worker has four, and as many more for its
    /// successor: there are never more than twice as many processes as workers (<see cref="WorkerPool.MayStart"/>). One
    /// process at a time is being started, and has the other four ends of its pipes meanwhile. A worker that is waited for
    /// after its end has one for its process in place of those that are closed.
    /// </summary>
    /// <param name="workers">The option <c>workers</c>; the largest it has had, where it was made smaller.</param>
    public static int DescriptorsFor(int workers) => (2 * PerWorker * workers) + PerWorker;

    /// <summary>What the worker inherits, in the order of its descriptors 0 to 3.</summary>
    public int[] WorkersEnds => [_pipes[0][Read], _pipes[1][Write], _pipes[2][Write], _pipes[3][Read]];

    /// <summary>Takes the server's ends over, in the same order, without blocking; the worker's are closed.</summary>
    public int[] TakeServersEnds()
    {
        int[] ends = [_pipes[0][Write], _pipes[1][Read], _pipes[2][Read], _pipes[3][Write]];
        foreach (int end in ends)
        {
            _ = FileCalls.Control(end, FileCalls.SetFlags, FileCalls.NonBlocking);
        }

        _pipes[0][Write] = _pipes[1][Read] = _pipes[2][Read] = _pipes[3][Write] = -1;
        Dispose();
        return ends;
    }

    /// <summary>Closes what was not taken over.</summary>
    public void Dispose()
    {
        foreach (int[] pipe in _pipes)
        {
            Close(ref pipe[Read]);
            Close(ref pipe[Write]);
        }
    }

    private static void Open(int[] pipe)
    {
        if (FileCalls.Pipe(pipe, FileCalls.CloseOnExec) < 0)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }

        for (int end = 0; end < pipe.Length; end++)
        {
            if (pipe[end] < FirstFree)
            {
                int low = pipe[end];
                pipe[end] = FileCalls.Control(low, FileCalls.DuplicateCloseOnExec, FirstFree);
                _ = FileCalls.Close(low);
                if (pipe[end] < 0)
                {
                    throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
                }
            }
        }
    }

    private static void Close(ref int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = FileCalls.Close(descriptor);
            descriptor = -1;
        }
    }
}
