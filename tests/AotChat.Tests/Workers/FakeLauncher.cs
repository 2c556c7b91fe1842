using System.Buffers.Binary;
using System.Text;
using AotChat.Workers;

namespace AotChat.Tests.Workers;

/// <summary>Workers without processes: the test says what they send and when they end.</summary>
internal sealed class FakeLauncher : IWorkerLauncher
{
    /// <summary>All workers that were ever asked for, in order.</summary>
    public List<FakeWorker> Workers { get; } = [];

    /// <summary>The workers whose process has not ended.</summary>
    public FakeWorker[] Alive => [.. Workers.Where(worker => !worker.HasExited)];

    public IWorkerLink Start(int workerId, WorkerSettings settings, IWorkerEvents events)
    {
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

        public bool IsClosed { get; private set; }

        public bool IsKilled { get; private set; }

        public bool HasExited { get; private set; }

        /// <summary>The text that it was given last, as its argument.</summary>
        public string LastArgument => Encoding.UTF8.GetString(Received[^1].Payload.Span[sizeof(ushort)..]);

        public void Send(ReadOnlySpan<byte> frame) => Received.Add(Decode(frame));

        public void SendControl(ReadOnlySpan<byte> frame)
        {
            Frame decoded = Decode(frame);
            Assert.Equal(FrameKind.Cancel, decoded.Kind);
            Cancelled.Add(decoded.JobId);
        }

        public void Close() => IsClosed = true;

        public void Kill() => IsKilled = true;

        public FakeWorker BeReady(ulong signature = JobTable.Signature, string? build = null, bool isConfined = true)
        {
            byte[] payload = [.. new byte[sizeof(ulong)], isConfined ? (byte)1 : (byte)0, .. build is null ? WorkerProgram.Build : Encoding.UTF8.GetBytes(build)];
            BinaryPrimitives.WriteUInt64LittleEndian(payload, signature);
            Say(new Frame(FrameKind.Ready, 0, payload));
            return this;
        }

        public void Answer(string result) => Say(new Frame(FrameKind.Result, Received[^1].JobId, Encoding.UTF8.GetBytes(result)));

        public void Fail(string reason, JobFailure how = JobFailure.Said) =>
            Say(new Frame(FrameKind.Failure, Received[^1].JobId, (byte[])[(byte)how, .. Encoding.UTF8.GetBytes(reason)]));

        public void Beat(long residentBytes = 0)
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
            Assert.True(FrameCodec.TryRead(frame.ToArray(), out Frame decoded, out int consumed));
            Assert.Equal(frame.Length, consumed);
            return decoded;
        }
    }
}
