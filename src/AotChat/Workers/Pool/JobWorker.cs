using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AotChat.Configuration;

namespace AotChat.Workers.Pool;

/// <summary>The server's side of one worker process: its state, and the one job that it runs. Owned by the event loop.</summary>
/// <remarks>A worker process that ends is never started again: its place in the pool gets a new one.</remarks>
internal sealed class JobWorker(int id, WorkerGroup group, JobWorker? replaces, int restarts, long now) : IWorkerEvents
{
    private readonly WorkerDeadlines _deadlines = new(now);
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly ArrayBufferWriter<byte> _frame = new();
    private IWorkerLink? _link;
    private bool _wasReady;
    private bool _isOverTime;
    private string? _killedFor;
    private bool _isStuck;

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

    /// <summary>For people: <c>worker 3 (process 4711)</c>.</summary>
    public override string ToString() => $"worker {Id} (process {ProcessId})";

    /// <summary>Its state, as the list of workers shows it.</summary>
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
        if (Current is null || _deadlines.IsStopAsked)
        {
            return;
        }

        _deadlines.OnStopAsked(now);
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
        _deadlines.OnKilled(group.Now);
        _killedFor ??= reason;
        _link?.Kill();
    }

    /// <summary>Trusts it no more, whatever it says, and ends it; what it was doing is done again elsewhere.</summary>
    public void Condemn(string reason)
    {
        State = JobWorkerState.Condemned;
        Kill(reason);
    }

    /// <summary>Forgets that it takes somebody's place.</summary>
    public void TakeFreePlace() => Replaces = null;

    /// <summary>Looks whether it is over a limit of time, and acts on it.</summary>
    public void Check(long now, TimeProvider time, ChatOptions options)
    {
        switch (_deadlines.Find(State == JobWorkerState.Starting, Current, now, time, options))
        {
            case Overdue.Exit when !_isStuck:
                GiveUp(_deadlines.SinceKilled(time, now));
                break;

            case Overdue.Start:
                Kill("it was not ready in time");
                break;

            case Overdue.Heartbeat:
                Kill("it was silent for too long");
                break;

            case Overdue.Stop:
                Kill(IsHung ? "it does not answer" : "its job did not stop in time");
                break;

            case Overdue.Job:
                _isOverTime = true;
                StopJob(now);
                break;
        }
    }

    /// <summary>Moves its deadlines by the time for which the server itself was stopped; none goes past the present.</summary>
    public void ExtendDeadlines(long ticks, long now)
    {
        _deadlines.Extend(ticks, now);
        if (Current is { } job)
        {
            job.Since = Math.Min(job.Since + ticks, now);
        }
    }

    /// <inheritdoc/>
    public void OnFrame(Frame frame)
    {
        _deadlines.OnHeard(group.Now);
        switch (frame.Kind)
        {
            case var _ when State == JobWorkerState.Condemned:
                break;

            case FrameKind.Ready when State == JobWorkerState.Starting && IsSameBuild(frame.Payload.Span):
                _wasReady = true;
                State = JobWorkerState.Idle;
                group.OnReady(this, (WorkerLimits)frame.Payload.Span[sizeof(ulong)]);
                break;

            case FrameKind.Heartbeat when frame.Payload.Length == sizeof(long):
                ResidentBytes = BinaryPrimitives.ReadInt64LittleEndian(frame.Payload.Span);
                group.OnHeartbeat(this);
                break;

            case FrameKind.Result or FrameKind.Failure when frame.JobId == Current?.Id && IsWellFormed(frame):
                OnFinished(Current, frame);
                break;

            case FrameKind.Result or FrameKind.Failure when frame.JobId != Current?.Id:
                // Late: the job has had its end. Or forged; it belongs to nobody in either case.
                break;

            default:
                Condemn($"it sent a frame of kind {frame.Kind} unexpectedly");
                break;
        }
    }

    /// <inheritdoc/>
    public void OnExited(WorkerExit exit)
    {
        State = JobWorkerState.Exited;
        (Job? lost, bool wasTimedOut) = TakeCurrent();
        group.OnExited(this, lost, _wasReady, wasTimedOut, _killedFor is { } reason ? WorkerExit.Because($"{exit}: {reason}") : exit);
    }

    // The kernel may hold on to a killed process for as long as a device does not answer.
    private void GiveUp(TimeSpan since)
    {
        _isStuck = true;
        State = JobWorkerState.Condemned;
        IsRetiring = true;
        (Job? lost, bool wasTimedOut) = TakeCurrent();
        group.OnStuck(this, lost, wasTimedOut, since);
    }

    private (Job? Lost, bool WasTimedOut) TakeCurrent()
    {
        Job? lost = Current;
        Current = null;
        return (lost, _isOverTime && !IsHung);
    }

    // A process that is alive answers at once when its job is told to stop, whether or not the job does.
    private bool IsHung => _deadlines.IsUnanswered && _link!.AnswersControl;

    private void OnFinished(Job job, Frame frame)
    {
        bool isOutOfMemory = frame.Kind == FrameKind.Failure && frame.Payload.Span[0] == (byte)JobFailure.OutOfMemory;
        string? failure = frame.Kind == FrameKind.Result ? null : ReasonOf(frame.Payload.Span);
        Current = null;
        _deadlines.OnJobDone();
        _isOverTime = false;
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
        JobFailure.Cancelled => _isOverTime ? "timed out" : "cancelled",
        _ => Encoding.UTF8.GetString(payload[1..]),
    };

    private static bool IsWellFormed(Frame frame) =>
        frame.Kind == FrameKind.Result || (frame.Payload.Length > 0 && frame.Payload.Span[0] <= (byte)JobFailure.OutOfMemory);

    private static bool IsSameBuild(ReadOnlySpan<byte> payload) =>
        payload.Length > sizeof(ulong)
        && BinaryPrimitives.ReadUInt64LittleEndian(payload) == JobTable.Signature
        && payload[(sizeof(ulong) + 1)..].SequenceEqual(WorkerContract.Build);
}
