using System.Text;
using AotChat.Configuration;
using AotChat.Net;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Net;

/// <summary>The way of a line allocates nothing once everything is warm.</summary>
public sealed class AllocationSpecs
{
    [Theory]
    [InlineData("w\n", 1)]
    [InlineData("msg u1001 hello there\n", 2)]
    [InlineData("broadcast hello all\n", 9)]
    [InlineData("msg nobody hi\n", 1)]
    [InlineData("bar baz\n", 1)]
    [InlineData("brodcast hello\n", 1)]
    public void A_line_allocates_nothing(string line, int deliveries)
    {
        using EventLoop loop = new(new ScriptedPoller(), TimeProvider.System, new RecordingLogger());
        ChatServer server = new(loop, new ChatOptions { FloodRate = 0 }, new ManualJobs(), new RecordingLogger());
        ScriptedTransport sender = new(Encoding.ASCII.GetBytes(line));
        server.Enter(sender, PeerAddress.Local, default);
        ScriptedTransport[] others = [.. Enumerable.Range(0, 9).Select(_ => new ScriptedTransport([]))];
        Array.ForEach(others, other => server.Enter(other, PeerAddress.Local, default));
        for (int i = 0; i < 100; i++)
        {
            loop.Turn();
        }

        int sentBefore = sender.Sends + others.Sum(other => other.Sends);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            loop.Turn();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_000 * deliveries, sender.Sends + others.Sum(other => other.Sends) - sentBefore);
    }

    /// <summary>The first connection is always readable, the others never.</summary>
    private sealed class ScriptedPoller : IPoller
    {
        public int Wait(Span<PollEvent> events, int timeoutMilliseconds)
        {
            events[0] = new PollEvent(0, Readiness.Readable);
            return 1;
        }

        public void Wake()
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Always has the same line to give, and takes everything.</summary>
    private sealed class ScriptedTransport(byte[] line) : ITransport
    {
        public int Sends { get; private set; }

        public void Attach(int token, Readiness interest)
        {
        }

        public void Watch(Readiness interest)
        {
        }

        public TransportStatus Receive(Span<byte> buffer, out int count)
        {
            line.CopyTo(buffer);
            count = line.Length;
            return TransportStatus.Done;
        }

        public TransportStatus Send(ReadOnlySpan<byte> bytes, out int count)
        {
            count = bytes.Length;
            Sends++;
            return TransportStatus.Done;
        }

        public void Close()
        {
        }
    }
}
