using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AotChat.Configuration;
using AotChat.Logging;

namespace AotChat.Workers.Child;

/// <summary>
/// What a worker does all day: takes a job, runs it, says what came of it. <see cref="Run"/> belongs to one thread; the
/// others may only cancel and beat.
/// </summary>
internal sealed class WorkerLoop(Stream input, Stream output) : IDisposable
{
    private ArrayBufferWriter<byte> _result = new();
    private readonly FrameReader _reader = new(input, FrameCodec.MaxRequestBytes);

    // Guards the output: a heartbeat must not come in the middle of a result.
    private readonly Lock _outputLock = new();
    private readonly ArrayBufferWriter<byte> _frame = new();

    // Guards which job runs, and which was cancelled before it was read: the two pipes are not in step.
    private readonly Lock _jobLock = new();
    private uint _running;
    private uint _cancelled;
    private CancellationTokenSource _cancellation = new();

    /// <summary>Says that jobs may come, of which build this is, and what it can't do.</summary>
    public void SayReady(WorkerLimits limits)
    {
        byte[] payload = new byte[sizeof(ulong) + 1 + WorkerContract.Build.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, JobTable.Signature);
        payload[sizeof(ulong)] = (byte)limits;
        WorkerContract.Build.CopyTo(payload.AsSpan(sizeof(ulong) + 1));
        Send(FrameKind.Ready, 0, payload);
    }

    /// <summary>Runs jobs until the input ends; false where there is no memory to go on with.</summary>
    /// <exception cref="IOException">The server is gone.</exception>
    public bool Run()
    {
        while (_reader.TryRead(out Frame request))
        {
            try
            {
                RunJob(request);
            }
            catch (OutOfMemoryException)
            {
                _result = new ArrayBufferWriter<byte>();
                SendFailure(request.JobId, JobFailure.OutOfMemory, "");
                return false;
            }
        }

        return true;
    }

    /// <summary>Tells a job to stop. Any thread.</summary>
    public void Cancel(uint jobId)
    {
        CancellationTokenSource cancellation;
        lock (_jobLock)
        {
            _cancelled = jobId;
            if (_running != jobId)
            {
                return;
            }

            // Taken from the jobs that follow: this one may end, and the next begin, before the line below has run.
            cancellation = _cancellation;
            _cancellation = new CancellationTokenSource();
        }

        // Not under the lock: what is called back is the job's own.
        cancellation.Cancel();
    }

    /// <summary>Says that this process is alive, whatever its job does. Any thread.</summary>
    /// <exception cref="IOException">The server is gone.</exception>
    public void SendHeartbeat()
    {
        Span<byte> resident = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(resident, Environment.WorkingSet);
        Send(FrameKind.Heartbeat, 0, resident);
    }

    /// <summary>Lets go of what the next job would have been cancelled by.</summary>
    public void Dispose() => _cancellation.Dispose();

    private void RunJob(Frame request)
    {
        _result.ResetWrittenCount();
        JobFailure? failure;
        string reason;
        CancellationToken cancellation = Begin(request.JobId);
        try
        {
            failure = TryExecute(request, cancellation, out reason);
        }
        finally
        {
            End();
        }

        if (failure is { } how)
        {
            SendFailure(request.JobId, how, reason);
        }
        else if (_result.WrittenCount > ChatOptions.ResultBytes)
        {
            // Not cleared: what it has grown to is given back.
            _result = new ArrayBufferWriter<byte>();
            SendFailure(request.JobId, JobFailure.Said, "the result is too long");
        }
        else
        {
            Send(FrameKind.Result, request.JobId, _result.WrittenSpan);
        }
    }

    private JobFailure? TryExecute(Frame request, CancellationToken cancellation, out string reason)
    {
        reason = "";
        try
        {
            Execute(request, cancellation);
            return null;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return JobFailure.Cancelled;
        }
        catch (JobException exception)
        {
            reason = exception.Message;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A bug: the stack is for the log, the message for the user.
            StandardStreams.WriteErrorLine(exception.ToString());
            reason = exception.Message;
        }

        return JobFailure.Said;
    }

    private void Execute(Frame request, CancellationToken cancellation)
    {
        ushort job = BinaryPrimitives.ReadUInt16LittleEndian(request.Payload.Span);
        int limit = job < JobTable.Count ? JobTable.InfoOf(job).MemoryLimitMiB : 0;
        if (limit > 0)
        {
            WorkerMemory.LimitJob(limit);
        }

        try
        {
            JobTable.RunAsync(job, request.Payload[sizeof(ushort)..], _result, cancellation).AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            if (limit > 0)
            {
                WorkerMemory.EndLimitOfJob();
            }
        }
    }

    private CancellationToken Begin(uint jobId)
    {
        lock (_jobLock)
        {
            _running = jobId;
            if (!_cancellation.TryReset())
            {
                _cancellation.Dispose();
                _cancellation = new CancellationTokenSource();
            }

            if (_cancelled == jobId)
            {
                _cancellation.Cancel();
            }

            return _cancellation.Token;
        }
    }

    private void End()
    {
        lock (_jobLock)
        {
            _running = 0;
        }
    }

    private void SendFailure(uint jobId, JobFailure failure, string reason)
    {
        byte[] payload = new byte[1 + Encoding.UTF8.GetByteCount(reason)];
        payload[0] = (byte)failure;
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(1));
        Send(FrameKind.Failure, jobId, payload.AsSpan(0, Math.Min(payload.Length, ChatOptions.ResultBytes)));
    }

    private void Send(FrameKind kind, uint jobId, ReadOnlySpan<byte> payload)
    {
        lock (_outputLock)
        {
            _frame.ResetWrittenCount();
            FrameCodec.Write(_frame, kind, jobId, payload);
            output.Write(_frame.WrittenSpan);
            output.Flush();
        }
    }
}
