using System.Text;
using AotChat.Net;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Net;

/// <summary>The way of a line allocates nothing once everything is warm.</summary>
public sealed class AllocationSpecs
{
    [Theory]
    [InlineData("w\n")]
    [InlineData("msg u1001 hello there\n")]
    [InlineData("broadcast hello all\n")]
    [InlineData("msg nobody hi\n")]
    [InlineData("bar baz\n")]
    public void A_line_allocates_nothing(string line)
    {
        SimulatedChat chat = new();
        ScriptedTransport sender = new(Encoding.ASCII.GetBytes(line));
        chat.Server.Admit(sender);
        for (int i = 0; i < 9; i++)
        {
            chat.Server.Admit(new ScriptedTransport([]));
        }

        IReadyHandler session = sender.Session(chat);
        for (int i = 0; i < 100; i++)
        {
            RunOnce(chat, session);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            RunOnce(chat, session);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sender.SentBytes > 0 || line.StartsWith("broadcast", StringComparison.Ordinal));
    }

    private static void RunOnce(SimulatedChat chat, IReadyHandler session)
    {
        session.OnReady(Readiness.Readable);
        chat.Loop.Turn();
    }

    /// <summary>Always has the same line to give, and takes everything.</summary>
    private sealed class ScriptedTransport(byte[] line) : ITransport
    {
        private int _token;

        public string Peer => "scripted";

        public long SentBytes { get; private set; }

        public IReadyHandler Session(SimulatedChat chat) => chat.Loop.HandlerOf(_token)!;

        public void Attach(int token, Readiness interest) => _token = token;

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
            SentBytes += count;
            return TransportStatus.Done;
        }

        public void Close()
        {
        }
    }
}
