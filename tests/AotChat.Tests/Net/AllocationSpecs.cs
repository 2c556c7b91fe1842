using System.Text;
using AotChat.Chat;
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
    public void A_line_allocates_nothing(string line, int deliveries) => Check(line, deliveries, _ => { });

    [Theory]
    [InlineData("hello all\n", 9)]
    [InlineData("//hello all\n", 9)]
    [InlineData("/me waves\n", 9)]
    [InlineData("/say lobby hello all\n", 9)]
    [InlineData("/msg u1001 hello there\n", 2)]
    [InlineData("/w lobby\n", 1)]
    [InlineData("msg u1001 not said\n", 1)]
    [InlineData("/history 20\n", 1)]
    public void A_line_in_a_room_allocates_nothing(string line, int deliveries) => Check(line, deliveries, JoinAll);

    [Theory]
    [InlineData("hello all\n", 9)]
    [InlineData("/broadcast hello all\n", 9)]
    public void A_line_that_looks_different_to_many_allocates_nothing(string line, int deliveries) => Check(line, deliveries, server =>
    {
        JoinAll(server);
        LineViews views = server.Chat.Views;
        LineView?[] looks = [null, views.WithClock(null, LineClock.Zone, TimeZoneInfo.Utc), views.WithColours(null, true)];
        int next = 0;
        foreach (User user in server.Users)
        {
            user.Terminal.View = looks[next++ % looks.Length];
        }
    });

    private static void JoinAll(ChatServer server)
    {
        foreach (User user in server.Users)
        {
            server.Chat.Rooms.Join(user, "lobby"u8, out _);
        }
    }

    private static void Check(string line, int deliveries, Action<ChatServer> prepare)
    {
        using EventLoop loop = new(new ScriptedPoller(), TimeProvider.System, new RecordingLogger());
        ChatServer server = new(loop, new ChatOptions { FloodRate = 0, HistoryLines = 50 }, new ManualJobs(), new RecordingLogger());
        ScriptedTransport sender = new(Encoding.ASCII.GetBytes(line));
        server.Enter(sender, PeerAddress.Local, default);
        ScriptedTransport[] others = [.. Enumerable.Range(0, 9).Select(_ => new ScriptedTransport([]))];
        Array.ForEach(others, other => server.Enter(other, PeerAddress.Local, default));
        prepare(server);
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
