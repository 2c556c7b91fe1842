using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AotChat.Configuration;

namespace AotChat.Workers;

/// <summary>The server's side of one worker process: its state, and the one job that it runs. Owned by the event loop.</summary>
/// <remarks>A worker process that ends is never started again: its place in the pool gets a new one.</remarks>
internal sealed class JobWorker(int id, WorkerGroup group, JobWorker? replaces, int restarts, long now) : IWorkerEvents
{
    /// <summary>How long a process may take to be ready; it takes milliseconds.</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <summary>After how much silence a process counts as hung: three heartbeats.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(15);

    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly ArrayBufferWriter<byte> _frame = new();
    private IWorkerLink? _link;
    private bool _wasReady;
    private bool _isTimedOut;
    private long? _stopAsked;
    private string? _killedFor;
    private long _lastHeard = now;

    /// <summary>Its number, unique while the server lives.</summary>
    public int Id { get; } = id;

    /// <summary>When its process was asked for, as a timestamp of the pool's clock.</summary>
    public long StartedAt { get; } = now;

    /// <summary>Where its life stands.</summary>
    public JobWorkerState State { get; private set; }

    /// <summary>The job that it runs, while it is busy. It may have had its end already, and only be asked to stop.</summary>
    public Job? Current { get; private set; }

    /// <summary>The worker whose place it takes once it is ready; null where the place is free.</summary>
    public JobWorker? Replaces { get; private set; } = replaces;

    /// <summary>How many processes had its place before.</summary>
    public int Restarts { get; } = restarts;

    /// <summary>How many jobs it has ended.</summary>
    public long JobsDone { get; private set; }

    /// <summary>Its resident memory in bytes, as it last said.</summary>
    public long ResidentBytes { get; private set; }

    /// <summary>Whether it gets no more jobs and ends after the one it has.</summary>
    public bool IsRetiring { get; private set; }

    /// <summary>What the operating system calls its process.</summary>
    public int ProcessId => _link?.ProcessId ?? 0;

    /// <summary>What it is for the one who asks.</summary>
    public WorkerStatus Status(TimeProvider time) =>
        new(Id, group.Lanes, ProcessId, State, Current?.Id ?? 0, time.GetElapsedTime(StartedAt), JobsDone, ResidentBytes, Restarts);

    /// <summary>Asks for its process.</summary>
    public void Start(IWorkerLauncher launcher, WorkerSettings settings) => _link = launcher.Start(Id, settings, this);

    /// <summary>Gives it a job; it must be idle. False where it is about to be gone and can't have it.</summary>
    public bool TryRun(Job job, long now)
    {
        _payload.ResetWrittenCount();
        BinaryPrimitives.WriteUInt16LittleEndian(_payload.GetSpan(sizeof(ushort)), job.Request.Index);
        _payload.Advance(sizeof(ushort));
        _payload.Write(job.Request.Arguments.Span);
        _frame.ResetWrittenCount();
        FrameCodec.Write(_frame, FrameKind.Run, job.Id, _payload.WrittenSpan);
        if (!_link!.TrySend(_frame.WrittenSpan))
        {
            State = JobWorkerState.Condemned;
            return false;
        }

        State = JobWorkerState.Busy;
        Current = job;
        job.Worker = this;
        job.Since = now;
        return true;
    }

    /// <summary>Tells its job to stop; a job that does not within the time of grace is ended with its worker.</summary>
    public void StopJob(long now)
    {
        if (Current is null || _stopAsked is not null)
        {
            return;
        }

        _stopAsked = now;
        _frame.ResetWrittenCount();
        FrameCodec.Write(_frame, FrameKind.Cancel, Current.Id, default);
        _link!.SendControl(_frame.WrittenSpan);
    }

    /// <summary>Gives it no more jobs, and ends it when it has none.</summary>
    public void Retire()
    {
        IsRetiring = true;
        if (State is JobWorkerState.Idle or JobWorkerState.Starting)
        {
            _link?.Close();
        }
    }

    /// <summary>Ends it at once; the reason is for the log.</summary>
    public void Kill(string reason)
    {
        _killedFor ??= reason;
        _link?.Kill();
    }

    /// <summary>Forgets that it takes somebody's place.</summary>
    public void TakeFreePlace() => Replaces = null;

    /// <summary>Looks whether it is over a limit of time.</summary>
    public void Check(long now, TimeProvider time, ChatOptions options)
    {
        if (State == JobWorkerState.Starting && time.GetElapsedTime(StartedAt, now) > StartLimit)
        {
            Kill("it was not ready in time");
        }
        else if (time.GetElapsedTime(_lastHeard, now) > SilenceLimit)
        {
            Kill("it was silent for too long");
        }
        else if (Current is { } job)
        {
            CheckJob(job, now, time, options);
        }
    }

    /// <summary>Moves its deadlines: the server itself was stopped for so long.</summary>
    public void Shift(long ticks)
    {
        _lastHeard += ticks;
        _stopAsked += ticks;
        if (Current is { } job)
        {
            job.Since += ticks;
        }
    }

    /// <inheritdoc/>
    public void OnFrame(Frame frame)
    {
        _lastHeard = group.Now;
        switch (frame.Kind)
        {
            case var _ when State == JobWorkerState.Condemned:
                break;

            case FrameKind.Ready when State == JobWorkerState.Starting && IsSameBuild(frame.Payload.Span):
                _wasReady = true;
                State = JobWorkerState.Idle;
                group.OnReady(this, isConfined: frame.Payload.Span[sizeof(ulong)] != 0);
                break;

            case FrameKind.Heartbeat when frame.Payload.Length == sizeof(long):
                ResidentBytes = BinaryPrimitives.ReadInt64LittleEndian(frame.Payload.Span);
                group.RecycleIfDue(this);
                break;

            case FrameKind.Result or FrameKind.Failure when frame.JobId == Current?.Id && IsWellFormed(frame):
                OnFinished(Current, frame);
                break;

            case FrameKind.Result or FrameKind.Failure when frame.JobId != Current?.Id:
                // Late: the job has had its end. Or forged; it belongs to nobody in either case.
                break;

            default:
                // It is not to be trusted any more; what it was doing is done again elsewhere.
                State = JobWorkerState.Condemned;
                Kill($"it sent a frame of kind {frame.Kind} unexpectedly");
                break;
        }
    }

    /// <inheritdoc/>
    public void OnExited(WorkerExit exit)
    {
        State = JobWorkerState.Exited;
        Job? lost = Current;
        Current = null;
        group.OnExited(this, lost, _wasReady, _isTimedOut, _killedFor is { } reason ? WorkerExit.Because($"{exit}: {reason}") : exit);
    }

    private void CheckJob(Job job, long now, TimeProvider time, ChatOptions options)
    {
        if (_stopAsked is { } asked)
        {
            if (time.GetElapsedTime(asked, now) > TimeSpan.FromSeconds(options.JobGraceSeconds))
            {
                Kill("its job did not stop in time");
            }

            return;
        }

        int limit = job.Info.TimeLimitSeconds > 0 ? job.Info.TimeLimitSeconds : options.JobSoftSeconds;
        if (time.GetElapsedTime(job.Since, now) > TimeSpan.FromSeconds(limit))
        {
            _isTimedOut = true;
            StopJob(now);
        }
    }

    private void OnFinished(Job job, Frame frame)
    {
        bool isOutOfMemory = frame.Kind == FrameKind.Failure && frame.Payload.Span[0] == (byte)JobFailure.OutOfMemory;
        string? failure = frame.Kind == FrameKind.Result ? null : ReasonOf(frame.Payload.Span);
        Current = null;
        _stopAsked = null;
        _isTimedOut = false;
        JobsDone++;
        State = isOutOfMemory ? JobWorkerState.Condemned : JobWorkerState.Idle;
        if (isOutOfMemory || IsRetiring)
        {
            // After a lack of memory the process ends by itself.
            IsRetiring = true;
            _link!.Close();
        }

        group.OnFinished(this, job, frame, failure);
    }

    private string ReasonOf(ReadOnlySpan<byte> payload) => (JobFailure)payload[0] switch
    {
        JobFailure.OutOfMemory => "out of memory",
        JobFailure.Cancelled => _isTimedOut ? "timed out" : "cancelled",
        _ => Encoding.UTF8.GetString(payload[1..]),
    };

    private static bool IsWellFormed(Frame frame) =>
        frame.Kind == FrameKind.Result || (frame.Payload.Length > 0 && frame.Payload.Span[0] <= (byte)JobFailure.OutOfMemory);

    private static bool IsSameBuild(ReadOnlySpan<byte> payload) =>
        payload.Length > sizeof(ulong)
        && BinaryPrimitives.ReadUInt64LittleEndian(payload) == JobTable.Signature
        && payload[(sizeof(ulong) + 1)..].SequenceEqual(WorkerProgram.Build);
}
