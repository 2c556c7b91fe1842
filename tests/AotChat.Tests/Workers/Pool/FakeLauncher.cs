using System.Buffers.Binary;
using System.Text;
using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>Workers without processes: the test says what they send and when they end.</summary>
internal sealed class FakeLauncher : IWorkerLauncher
{
    /// <summary>All workers that were ever asked for, in order.</summary>
    public List<FakeWorker> Workers { get; } = [];

    /// <summary>The workers whose process has not ended.</summary>
    public FakeWorker[] Alive => [.. Workers.Where(worker => !worker.HasExited)];

    /// <summary>What goes wrong when the next worker is asked for.</summary>
    public Exception? NextFailure { get; set; }

    /// <summary>How often it was asked to wait for orphans.</summary>
    public int Reapings { get; private set; }

    public void ReapOrphans() => Reapings++;

    public IWorkerLink Start(int workerId, WorkerSettings settings, IWorkerEvents events)
    {
        if (NextFailure is { } failure)
        {
            NextFailure = null;
            throw failure;
        }

        FakeWorker worker = new(workerId, settings, events);
        Workers.Add(worker);
        return worker;
    }

    /// <summary>One of them.</summary>
    internal sealed class FakeWorker(int id, WorkerSettings settings, IWorkerEvents events) : IWorkerLink
    {
        public int ProcessId => 10_000 + id;

        public WorkerSettings Settings { get; } = settings;

        /// <summary>The jobs that it was given.</summary>
        public List<Frame> Received { get; } = [];

        /// <summary>The jobs that it was told to stop.</summary>
        public List<uint> Cancelled { get; } = [];

        public bool AnswersControl => true;

        /// <summary>Whether its process is stopped, so that nothing is heard of it.</summary>
        public bool IsHung { get; set; }

        /// <summary>What goes wrong when it is sent a job.</summary>
        public Exception? SendFailure { get; set; }

        /// <summary>What goes wrong when its job is told to stop.</summary>
        public Exception? ControlFailure { get; set; }

        /// <summary>Whether it has said that it is ready.</summary>
        public bool IsReady { get; private set; }

        /// <summary>Whether it has a job that it has not answered.</summary>
        public bool IsBusy => Received.Count > Answered;

        private int Answered { get; set; }

        public bool IsClosed { get; private set; }

        public bool IsKilled { get; private set; }

        /// <summary>Whether its process is on its way out, and takes nothing any more.</summary>
        public bool IsEnding { get; set; }

        public bool HasExited { get; private set; }

        /// <summary>The text that it was given last, as its argument.</summary>
        public string LastArgument => Encoding.UTF8.GetString(Received[^1].Payload.Span[sizeof(ushort)..]);

        public bool TrySend(ReadOnlySpan<byte> frame)
        {
            if (SendFailure is { } failure)
            {
                throw failure;
            }

            if (!IsEnding)
            {
                Received.Add(Decode(frame));
            }

            return !IsEnding;
        }

        public void SendControl(ReadOnlySpan<byte> frame)
        {
            if (ControlFailure is { } failure)
            {
                throw failure;
            }

            Frame decoded = Decode(frame);
            Assert.Equal(FrameKind.Cancel, decoded.Kind);
            Cancelled.Add(decoded.JobId);
            if (!IsHung)
            {
                SendHeartbeat();
            }
        }

        public void Close() => IsClosed = true;

        public void Kill() => IsKilled = true;

        public FakeWorker BeReady(ulong signature = JobTable.Signature, string? build = null, WorkerLimits limits = WorkerLimits.All)
        {
            byte[] payload = [.. new byte[sizeof(ulong)], (byte)limits, .. build is null ? WorkerContract.Build : Encoding.UTF8.GetBytes(build)];
            BinaryPrimitives.WriteUInt64LittleEndian(payload, signature);
            IsReady = true;
            Say(new Frame(FrameKind.Ready, 0, payload));
            return this;
        }

        public void Answer(string result)
        {
            Answered = Received.Count;
            Say(new Frame(FrameKind.Result, Received[^1].JobId, Encoding.UTF8.GetBytes(result)));
        }

        public void Fail(string reason, JobFailure how = JobFailure.Said)
        {
            Answered = Received.Count;
            Say(new Frame(FrameKind.Failure, Received[^1].JobId, (byte[])[(byte)how, .. Encoding.UTF8.GetBytes(reason)]));
        }

        public void SendHeartbeat(long residentBytes = 0)
        {
            byte[] payload = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(payload, residentBytes);
            Say(new Frame(FrameKind.Heartbeat, 0, payload));
        }

        public void Say(Frame frame) => events.OnFrame(frame);

        public void Exit(WorkerExit? exit = null)
        {
            HasExited = true;
            events.OnExited(exit ?? WorkerExit.BySignal(9));
        }

        private static Frame Decode(ReadOnlySpan<byte> frame)
        {
            Assert.True(FrameCodec.TryRead(frame.ToArray(), FrameCodec.MaxRequestBytes, out Frame decoded, out int consumed));
            Assert.Equal(frame.Length, consumed);
            return decoded;
        }
    }
}
