using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AotChat.Configuration;
using AotChat.Limits;
using AotChat.Native;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// Starts worker processes on Linux, all from one thread that lives as long as the server: the kernel ties the signal
/// that a worker gets when its server dies to the thread that started it (PR_SET_PDEATHSIG, prctl(2)), and waiting until
/// the new process runs its own program must not hold the event loop.
/// </summary>
internal sealed class WorkerSpawner : IWorkerLauncher
{
    // The running image itself: the file on disk may have been replaced by a newer build meanwhile.
    private const string Image = "/proc/self/exe";

    private readonly BlockingCollection<Request> _requests = [];
    private readonly ChildTable _children = new(Environment.ProcessId == 1);
    private readonly RateBudget _logBudget;
    private readonly IPoolLoop _loop;
    private readonly ILogger _logger;

    /// <param name="loop">The event loop.</param>
    /// <param name="logger">Hears what workers write to standard error.</param>
    /// <exception cref="IOException">The system gives no more threads.</exception>
    public WorkerSpawner(IPoolLoop loop, ILogger logger)
    {
        _loop = loop;
        _logger = logger;
        _logBudget = new RateBudget(loop.Time, ChatOptions.WorkerLogBurst, ChatOptions.WorkerLogRate);

        // A write to a worker that has just ended is an error, and not the end of this process.
        _ = SignalCalls.SetAction(SignalCalls.BrokenPipe, SignalCalls.Ignore);

        // A worker runs as the same user where that is not root; what everybody says to each other is in this memory.
        ProcessRights.ForbidInspection();
        LauncherThread.Start(StartAll);
    }

    /// <inheritdoc/>
    public IWorkerLink Start(int workerId, WorkerSettings settings, IWorkerEvents events)
    {
        SpawnedWorker worker = new(workerId, events, _loop, _children, _logBudget, _logger);
        _requests.Add(new Request(worker, settings));
        return worker;
    }

    /// <inheritdoc/>
    public void ReapOrphans() => _children.ReapOrphans();

    private void StartAll()
    {
        ProcessRights.ClearAmbient();
        foreach (Request request in _requests.GetConsumingEnumerable())
        {
            StartOne(request.Worker, request.Settings);
        }
    }

    // Whatever happens, the event loop hears of this worker, and the thread goes on.
    private void StartOne(SpawnedWorker worker, WorkerSettings settings)
    {
        int processId = 0;
        int[] ends = [];
        WorkerExit? failure = null;
        try
        {
            using WorkerPipes pipes = new();
            processId = _children.Start(() => Spawn(pipes, settings));
            ends = pipes.TakeServersEnds();
        }
        catch (WorkerImageException exception)
        {
            failure = WorkerExit.NotStarted(exception.Message, isLasting: true);
        }
        catch (Exception exception)
        {
            failure = WorkerExit.NotStarted(exception.Message);
            if (processId > 0)
            {
                // Its pipes are closed again, and nobody would hear it.
                _ = ProcessCalls.Kill(processId, SignalCalls.Kill);
                _ = ProcessCalls.Wait(processId, out _, 0);
                processId = 0;
            }
        }

        bool isPosted = false;
        while (!isPosted)
        {
            try
            {
                _loop.Post(processId > 0 ? _ => worker.OnStarted(processId, ends) : _ => worker.OnNotStarted(failure!), null);
                isPosted = true;
            }
            catch (OutOfMemoryException)
            {
                Thread.Sleep(ChatOptions.StartMemoryPause);
            }
        }
    }

    private static unsafe int Spawn(WorkerPipes pipes, WorkerSettings settings)
    {
        KeepDescriptors();
        byte* fileActions = stackalloc byte[ProcessCalls.OpaqueBytes];
        Check(ProcessCalls.InitializeFileActions(fileActions));
        try
        {
            int[] ends = pipes.WorkersEnds;
            for (int target = 0; target < ends.Length; target++)
            {
                Check(ProcessCalls.AddDuplicate(fileActions, ends[target], target));
            }

            using NullTerminatedStrings arguments = new(["aotchat", WorkerContract.Flag, .. settings.Title.Split(' ')]);
            string control = WorkerSettings.ControlVariable + "=" + WorkerPipes.ControlInWorker.ToString(CultureInfo.InvariantCulture);
            using NullTerminatedStrings environment = new(settings.Environment().Append(control));
            int error = ProcessCalls.Spawn(out int processId, Image, fileActions, null, arguments.Pointer, environment.Pointer);
            if (error == FileCalls.NotFound)
            {
                throw new WorkerImageException(
                    File.Exists("/proc/self/stat") ? $"{Image}, the server's own program, cannot be found" : "/proc is not mounted, through which the server finds its own program");
            }

            Check(error);
            return processId;
        }
        finally
        {
            _ = ProcessCalls.DestroyFileActions(fileActions);
        }
    }

    // Everything this server opens is closed in a worker. What it was given at its start, or a library has opened, may not be.
    private static void KeepDescriptors()
    {
        if (ProcessCalls.CloseAllOnExec(WorkerPipes.ControlInWorker))
        {
            return;
        }

        foreach (string entry in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor) && descriptor >= WorkerPipes.ControlInWorker)
            {
                _ = FileCalls.Control(descriptor, FileCalls.SetDescriptorFlags, FileCalls.DescriptorCloseOnExec);
            }
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    /// <summary>A worker that is to be started.</summary>
    private sealed record Request(SpawnedWorker Worker, WorkerSettings Settings);

    /// <summary>The program that workers run can't be found, now or later.</summary>
    private sealed class WorkerImageException(string message) : IOException(message);

    /// <summary>An array of C strings with a null pointer at its end, in memory that does not move.</summary>
    private sealed unsafe class NullTerminatedStrings : IDisposable
    {
        private readonly int _count;

        public NullTerminatedStrings(IEnumerable<string> strings)
        {
            byte[][] all = [.. strings.Select(text => Encoding.UTF8.GetBytes(text + '\0'))];
            _count = all.Length;
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
            for (int i = 0; i < _count; i++)
            {
                Pointer[i] = (byte*)NativeMemory.Alloc((nuint)all[i].Length);
                all[i].CopyTo(new Span<byte>(Pointer[i], all[i].Length));
            }
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            for (int i = 0; i < _count; i++)
            {
                NativeMemory.Free(Pointer[i]);
            }

            NativeMemory.Free(Pointer);
        }
    }
}
