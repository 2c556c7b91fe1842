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
    public IEnumerable<FakeWorker> Alive => Workers.Where(worker => !worker.HasExited);

    public IWorkerLink Start(int workerId, IWorkerEvents events)
    {
        FakeWorker worker = new(workerId, events);
        Workers.Add(worker);
        return worker;
    }

    /// <summary>One of them.</summary>
    internal sealed class FakeWorker(int id, IWorkerEvents events) : IWorkerLink
    {
        public int ProcessId => 10_000 + id;

        public List<Frame> Received { get; } = [];

        public bool IsClosed { get; private set; }

        public bool IsKilled { get; private set; }

        public bool HasExited { get; private set; }

        public void Send(ReadOnlySpan<byte> frame)
        {
            Assert.True(FrameCodec.TryRead(frame.ToArray(), out Frame decoded, out int consumed));
            Assert.Equal(frame.Length, consumed);
            Received.Add(decoded);
        }

        public void Close() => IsClosed = true;

        public void Kill() => IsKilled = true;

        public void BeReady(ulong signature = JobTable.Signature)
        {
            byte[] payload = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(payload, signature);
            events.OnFrame(new Frame(FrameKind.Ready, 0, payload));
        }

        public void Answer(string result) =>
            events.OnFrame(new Frame(FrameKind.Result, Received[^1].JobId, Encoding.UTF8.GetBytes(result)));

        public void Fail(string reason) =>
            events.OnFrame(new Frame(FrameKind.Failure, Received[^1].JobId, Encoding.UTF8.GetBytes(reason)));

        public void Say(Frame frame) => events.OnFrame(frame);

        public void Exit()
        {
            HasExited = true;
            events.OnExited("test");
        }
    }
}
