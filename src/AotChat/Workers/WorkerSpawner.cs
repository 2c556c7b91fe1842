using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers;

/// <summary>
/// Starts worker processes on Linux, all from one thread that lives as long as the server: the kernel ties the signal
/// that a worker gets when its server dies to the thread that started it (PR_SET_PDEATHSIG, prctl(2)), and waiting until
/// the new process runs its own program must not hold the event loop.
/// </summary>
internal sealed class WorkerSpawner : IWorkerLauncher
{
    // The running image itself: the file on disk may have been replaced by a newer build meanwhile.
    private const string Image = "/proc/self/exe";

    // It only spawns; the default of 8 MiB would be address space for nothing.
    private const int StackBytes = 256 * 1024;

    private readonly BlockingCollection<(SpawnedWorker Worker, WorkerSettings Settings)> _requests = [];
    private readonly IPoolLoop _loop;
    private readonly ILogger _logger;

    public WorkerSpawner(IPoolLoop loop, ILogger logger)
    {
        _loop = loop;
        _logger = logger;

        // A worker that has just ended is an error to whoever writes to it, and not the end of this process.
        _ = ProcessCalls.Signal(ProcessCalls.SignalPipe, ProcessCalls.Ignore);
        new Thread(StartAll, StackBytes) { IsBackground = true, Name = "worker launcher" }.Start();
    }

    /// <inheritdoc/>
    public IWorkerLink Start(int workerId, WorkerSettings settings, IWorkerEvents events)
    {
        SpawnedWorker worker = new(workerId, events, _loop, _logger);
        _requests.Add((worker, settings));
        return worker;
    }

    private void StartAll()
    {
        foreach ((SpawnedWorker worker, WorkerSettings settings) in _requests.GetConsumingEnumerable())
        {
            try
            {
                using WorkerPipes pipes = new();
                int processId = Spawn(pipes, settings);
                int[] ends = pipes.TakeServersEnds();
                _loop.Post(_ => worker.OnStarted(processId, ends), null);
            }
            catch (IOException exception)
            {
                _loop.Post(_ => worker.OnNotStarted(exception.Message), null);
            }
        }
    }

    private static unsafe int Spawn(WorkerPipes pipes, WorkerSettings settings)
    {
        byte* fileActions = stackalloc byte[ProcessCalls.OpaqueBytes];
        Check(ProcessCalls.InitializeFileActions(fileActions));
        try
        {
            int[] ends = pipes.WorkersEnds;
            for (int target = 0; target < ends.Length; target++)
            {
                Check(ProcessCalls.AddDuplicate(fileActions, ends[target], target));
            }

            using NullTerminatedStrings arguments = new(["aotchat", WorkerProgram.Flag]);
            using NullTerminatedStrings environment = new(
                settings.Environment()
                    .Append((WorkerSettings.ControlVariable, WorkerPipes.ControlInWorker.ToString(CultureInfo.InvariantCulture)))
                    .Select(variable => $"{variable.Item1}={variable.Item2}"));
            Check(ProcessCalls.Spawn(out int processId, Image, fileActions, null, arguments.Pointer, environment.Pointer));
            return processId;
        }
        finally
        {
            _ = ProcessCalls.DestroyFileActions(fileActions);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

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
