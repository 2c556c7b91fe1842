using System.Runtime.InteropServices;
using AotChat.Configuration;
using AotChat.Limits;
using AotChat.Native;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// One worker process on Linux. Its pipes are watched by the event loop itself: no thread stands between a result and
/// the user who waits for it. Owned by the event loop.
/// </summary>
internal sealed class SpawnedWorker(int workerId, IWorkerEvents events, IPoolLoop loop, ChildTable children, RateBudget logBudget, ILogger logger) : IWorkerLink
{
    private readonly FrameBuffer _frames = new(ChatOptions.ResultBytes);
    private readonly WorkerLogLines _log = new(workerId, logBudget, logger);
    private int _input = -1;
    private int _output = -1;
    private int _error = -1;
    private int _control = -1;
    private IDisposable? _outputWatch;
    private IDisposable? _errorWatch;
    private ExitWatch? _exit;
    private bool _isClosed;
    private bool _isKilled;
    private string? _fault;

    /// <inheritdoc/>
    public int ProcessId { get; private set; }

    /// <inheritdoc/>
    public bool AnswersControl => true;

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        if (_input < 0)
        {
            // Its output has ended already, and it is waited for.
            return false;
        }

        if (TryWrite(_input, frame))
        {
            return true;
        }

        // It is ending, or it has closed its input or not taken what it was sent before, against all rules.
        _fault ??= "it does not read its input";
        Kill();
        return false;
    }

    /// <inheritdoc/>
    public void SendControl(ReadOnlySpan<byte> frame)
    {
        // A pipe that is full of such frames belongs to a worker that is stopped; its time limit ends it.
        if (_control >= 0)
        {
            _ = TryWrite(_control, frame);
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        _isClosed = true;
        CloseDescriptor(ref _input);
        CloseDescriptor(ref _control);
    }

    /// <inheritdoc/>
    public void Kill()
    {
        _isKilled = true;
        if (ProcessId > 0 && _exit?.HasExited != true)
        {
            // Its number can't be another process's: it is not waited for yet.
            _ = ProcessCalls.Kill(ProcessId, SignalCalls.Kill);
        }
    }

    /// <summary>The process is there.</summary>
    public void OnStarted(int processId, int[] ends)
    {
        ProcessId = processId;
        (_input, _output, _error, _control) = (ends[0], ends[1], ends[2], ends[3]);
        try
        {
            _outputWatch = loop.Watch(_output, OnOutput);
            _errorWatch = loop.Watch(_error, OnError);
        }
        catch (Exception exception)
        {
            // Nobody could hear it: it ends, and another one takes its place.
            Fail("its output cannot be watched: " + exception.Message);
            return;
        }

        if (_isClosed)
        {
            Close();
        }

        if (_isKilled)
        {
            Kill();
        }
    }

    /// <summary>There will be no process.</summary>
    public void OnNotStarted(WorkerExit reason) => events.OnExited(reason);

    private void OnOutput()
    {
        try
        {
            for (int reads = 0; reads < ChatOptions.WorkerReadsPerTurn; reads++)
            {
                Span<byte> space = _frames.Space.Span;
                int count = (int)FileCalls.Read(_output, space, space.Length);
                if (count < 0 && Marshal.GetLastPInvokeError() is FileCalls.WouldBlock or FileCalls.Interrupted)
                {
                    return;
                }

                if (count <= 0)
                {
                    OnOutputEnded();
                    return;
                }

                _frames.Advance(count);
                while (_frames.TryTake(out Frame frame))
                {
                    events.OnFrame(frame);
                }

                if (count < space.Length)
                {
                    return;
                }
            }
        }
        catch (InvalidDataException exception)
        {
            Fail(exception.Message);
        }
        catch (Exception exception)
        {
            // What it said could not be dealt with, for lack of memory perhaps. What follows could not be trusted to fit.
            PoolStep.Report(logger, "deal with what a worker has sent", exception);
            Fail("what it sent could not be dealt with");
        }
    }

    private void Fail(string fault)
    {
        _fault ??= fault;
        Kill();
        OnOutputEnded();
    }

    private void OnError()
    {
        Span<byte> buffer = stackalloc byte[4_096];
        int count = (int)FileCalls.Read(_error, buffer, buffer.Length);
        if (count > 0)
        {
            _log.Add(buffer[..count]);
        }
        else if (count == 0 || Marshal.GetLastPInvokeError() is not (FileCalls.WouldBlock or FileCalls.Interrupted))
        {
            StopWatching(ref _errorWatch, ref _error);
        }
    }

    // The pipe has been read to its end: what the process had to say is said. It is about to be gone.
    private void OnOutputEnded()
    {
        if (_output < 0)
        {
            return;
        }

        StopWatching(ref _outputWatch, ref _output);
        Close();
        ExitWatch exit = new(ProcessId, children, loop, OnProcessExited);
        _exit = exit;
        exit.Begin();
        if (exit.HasExited)
        {
            return;
        }

        loop.Schedule(ChatOptions.WorkerLeaveLimit, () =>
        {
            if (!exit.HasExited && !_isKilled)
            {
                _fault ??= "it closed its output but did not end";
                Kill();
            }
        });
    }

    private void OnProcessExited(WorkerExit exit)
    {
        try
        {
            for (int reads = 0; reads < ChatOptions.WorkerReadsPerTurn && _error >= 0; reads++)
            {
                OnError();
            }

            _log.End();
        }
        finally
        {
            StopWatching(ref _errorWatch, ref _error);
            events.OnExited(_fault is null ? exit : WorkerExit.Because($"{exit}: {_fault}"));
        }
    }

    private static bool TryWrite(int descriptor, ReadOnlySpan<byte> frame) =>
        FileCalls.Write(descriptor, frame, frame.Length) == frame.Length;

    private static void StopWatching(ref IDisposable? watch, ref int descriptor)
    {
        try
        {
            watch?.Dispose();
        }
        finally
        {
            watch = null;
            CloseDescriptor(ref descriptor);
        }
    }

    private static void CloseDescriptor(ref int descriptor)
    {
        if (descriptor >= 0)
        {
            int closing = descriptor;
            descriptor = -1;
            _ = FileCalls.Close(closing);
        }
    }
}
