using System.Buffers;
using System.Buffers.Binary;

namespace AotChat.Workers;

/// <summary>The server's side of one worker process: its state, and the one job that it runs. Owned by the event loop.</summary>
/// <remarks>A worker process that ends is never started again: its place in the pool gets a new one.</remarks>
internal sealed class JobWorker(int id, JobManager manager, long startedAt) : IWorkerEvents
{
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly ArrayBufferWriter<byte> _frame = new();
    private IWorkerLink? _link;
    private bool _wasReady;

    /// <summary>Its number, unique while the server lives.</summary>
    public int Id { get; } = id;

    /// <summary>When its process was asked for, as a timestamp of the pool's clock.</summary>
    public long StartedAt { get; } = startedAt;

    /// <summary>Where its life stands.</summary>
    public JobWorkerState State { get; private set; }

    /// <summary>The job that it runs, while it is busy.</summary>
    public Job? Current { get; private set; }

    /// <summary>What the operating system calls its process.</summary>
    public int ProcessId => _link?.ProcessId ?? 0;

    /// <summary>Asks for its process.</summary>
    public void Start(IWorkerLauncher launcher) => _link = launcher.Start(Id, this);

    /// <summary>Gives it a job; it must be idle.</summary>
    public void Run(Job job)
    {
        State = JobWorkerState.Busy;
        Current = job;
        job.Attempts++;

        _payload.ResetWrittenCount();
        BinaryPrimitives.WriteUInt16LittleEndian(_payload.GetSpan(sizeof(ushort)), job.Index);
        _payload.Advance(sizeof(ushort));
        _payload.Write(job.Arguments.Span);
        _frame.ResetWrittenCount();
        FrameCodec.Write(_frame, FrameKind.Run, job.Id, _payload.WrittenSpan);
        _link!.Send(_frame.WrittenSpan);
    }

    /// <summary>Ends it: at once if it is busy, else when it sees that no more jobs come.</summary>
    public void Stop()
    {
        if (State == JobWorkerState.Busy)
        {
            _link?.Kill();
        }
        else
        {
            _link?.Close();
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill() => _link?.Kill();

    /// <inheritdoc/>
    public void OnFrame(Frame frame)
    {
        switch (frame.Kind)
        {
            case var _ when State == JobWorkerState.Condemned:
                break;

            case FrameKind.Ready when State == JobWorkerState.Starting && IsSameBuild(frame.Payload.Span):
                _wasReady = true;
                State = JobWorkerState.Idle;
                manager.OnReady(this);
                break;

            case FrameKind.Result or FrameKind.Failure when State == JobWorkerState.Busy && frame.JobId == Current!.Id:
                Job job = Current;
                Current = null;
                State = JobWorkerState.Idle;
                manager.OnFinished(this, job, frame);
                break;

            default:
                // It is not to be trusted any more; what it was doing is done again elsewhere.
                State = JobWorkerState.Condemned;
                manager.OnMisbehaved(this, frame.Kind);
                Kill();
                break;
        }
    }

    /// <inheritdoc/>
    public void OnExited(string how)
    {
        State = JobWorkerState.Exited;
        Job? lost = Current;
        Current = null;
        manager.OnExited(this, lost, _wasReady, how);
    }

    private static bool IsSameBuild(ReadOnlySpan<byte> payload) =>
        payload.Length == sizeof(ulong) && BinaryPrimitives.ReadUInt64LittleEndian(payload) == JobTable.Signature;
}
