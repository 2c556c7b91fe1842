using System.ComponentModel;
using System.Diagnostics;
using AotChat.Configuration;
using AotChat.Limits;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// One worker process where the system is not Linux: starts it, reads its frames and its log on a thread each, and tells the pool on the event loop.
/// </summary>
/// <remarks>
/// Blocking reads on an own thread: a pipe round trip takes 5 to 6 µs that way and 12 to 18 µs asynchronously. The
/// event loop sends and kills; the launcher's thread starts; the reader's thread sees the end. They share the process,
/// under a lock, and its input, which is written once before the loop hears of the worker.
/// </remarks>
internal sealed class WorkerProcess(int workerId, IWorkerEvents events, IPoolLoop loop, ILogger logger) : IWorkerLink
{
    // These threads read and log; the default of 8 MiB each would be address space for nothing.
    private const int StackBytes = 256 * 1024;

    // Guards the process against being started, signalled and disposed of at the same time.
    private readonly Lock _processLock = new();
    private Process? _process;
    private Stream? _input;
    private bool _ended;

    /// <inheritdoc/>
    public int ProcessId { get; private set; }

    /// <inheritdoc/>
    public bool AnswersControl => false;

    /// <summary>Starts the process. On the launcher's thread.</summary>
    public void Start(ProcessStartInfo command)
    {
        Process process;
        lock (_processLock)
        {
            if (_ended)
            {
                ReportExit(WorkerExit.NotStarted("it was told to end first"));
                return;
            }

            try
            {
                process = Process.Start(command)!;
            }
            catch (Exception exception)
            {
                ReportExit(WorkerExit.NotStarted(exception.Message));
                return;
            }

            _process = process;
            _input = process.StandardInput.BaseStream;
            ProcessId = process.Id;
        }

        try
        {
            string name = $"worker {workerId}";
            Stream log = process.StandardError.BaseStream;
            new Thread(() => ReadLog(log), StackBytes) { IsBackground = true, Name = name + " log" }.Start();
            new Thread(() => ReadFrames(process), StackBytes) { IsBackground = true, Name = name }.Start();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // The system gives no more threads; without its readers the process is of no use.
            Kill();
            ReportExit(WorkerExit.NotStarted("its output cannot be read: " + exception.Message));
        }
    }

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        try
        {
            _input!.Write(frame);
            return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It has just ended: its reader sees the end of the pipe and reports it.
            return false;
        }
    }

    /// <inheritdoc/>
    public void SendControl(ReadOnlySpan<byte> frame)
    {
        // There is no other way to it than its input, which it does not read while it runs a job: the time limit ends it.
    }

    /// <inheritdoc/>
    public void Close()
    {
        lock (_processLock)
        {
            _ended = true;
            try
            {
                _input?.Dispose();
            }
            catch (IOException)
            {
                // It has just ended.
            }
        }
    }

    /// <inheritdoc/>
    public void Kill()
    {
        lock (_processLock)
        {
            _ended = true;
            try
            {
                _process?.Kill();
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
            {
                // It has just ended.
            }
        }
    }

    private void ReadFrames(Process process)
    {
        string? fault = null;
        try
        {
            FrameReader reader = new(process.StandardOutput.BaseStream, ChatOptions.ResultBytes);
            while (reader.TryRead(out Frame frame))
            {
                Frame kept = frame with { Payload = frame.Payload.ToArray() };
                loop.Post(_ => events.OnFrame(kept), null);
            }
        }
        catch (Exception exception)
        {
            // Whatever it is, memory that is missing included, it is the end of this worker and not of the server.
            fault = exception.Message;
        }

        if (fault is not null || !process.WaitForExit(ChatOptions.WorkerLeaveLimit))
        {
            Kill();
        }

        process.WaitForExit();
        WorkerExit exit = HowItEnded(process.ExitCode);
        ReportExit(fault is null ? exit : WorkerExit.Because($"{exit}: {fault}"));
        lock (_processLock)
        {
            _ended = true;
            _process = null;
        }

        // Streams that were asked for are not the process's own to close any more; the log is closed by its reader.
        _input?.Dispose();
        process.StandardOutput.Dispose();
        process.Dispose();
    }

    private void ReadLog(Stream log)
    {
        WorkerLogLines lines = new(workerId, new RateBudget(loop.Time, ChatOptions.WorkerLogBurst, ChatOptions.WorkerLogRate), logger);
        byte[] buffer = new byte[4_096];
        try
        {
            while (log.Read(buffer) is > 0 and int count)
            {
                lines.Add(buffer.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process is gone, and its log with it.
        }

        lines.End();
        log.Dispose();
    }

    private void ReportExit(WorkerExit exit) => loop.Post(_ => events.OnExited(exit), null);

    // The runtime reports death by signal as 128 + the signal's number, as shells do.
    private static WorkerExit HowItEnded(int exitCode) => exitCode > 128 ? WorkerExit.BySignal(exitCode - 128) : WorkerExit.WithCode(exitCode);
}
