using System.Text;
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
    public void A_line_allocates_nothing(string line, int deliveries)
    {
        SimulatedChat chat = new();
        ScriptedTransport sender = new(Encoding.ASCII.GetBytes(line));
        chat.Server.Admit(sender);
        ScriptedTransport[] others = [.. Enumerable.Range(0, 9).Select(_ => new ScriptedTransport([]))];
        Array.ForEach(others, chat.Server.Admit);

        IReadyHandler session = sender.Session(chat);
        for (int i = 0; i < 100; i++)
        {
            RunOnce(chat, session);
        }

        int sentBefore = sender.Sends + others.Sum(other => other.Sends);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            RunOnce(chat, session);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_000 * deliveries, sender.Sends + others.Sum(other => other.Sends) - sentBefore);
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

        public int Sends { get; private set; }

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
            Sends++;
            return TransportStatus.Done;
        }

        public void Close()
        {
        }
    }
}
