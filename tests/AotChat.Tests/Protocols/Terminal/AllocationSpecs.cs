using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Loop;
using AotChat.Protocols;
using AotChat.Protocols.Terminal;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Protocols.Terminal;

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
    public void A_line_in_a_room_allocates_nothing(string line, int deliveries) => Check(line, deliveries, JoinAll);

    [Theory]
    [InlineData("hello all\n", 9)]
    [InlineData("hello @u1004\n", 9)]
    [InlineData("/broadcast hello all, u1002 and U1003\n", 9)]
    [InlineData("/msg u1002 hello there\n", 2)]
    public void A_line_that_looks_different_to_many_allocates_nothing(string line, int deliveries) => Check(line, deliveries, server =>
    {
        JoinAll(server);
        TerminalLook[] looks =
        [
            default,
            new(new ReaderPreferences(MarksBroadcasts: true)),
            new(new ReaderPreferences(Zone: TimeZoneInfo.Utc, MarksBroadcasts: true)),
            new(new ReaderPreferences(HasColours: true)),
            new(new ReaderPreferences(RingsBell: true), EndsWithCrLf: true),
            new(new ReaderPreferences(LineClock.Short, RingsBell: true, HasColours: true)),
            new(new ReaderPreferences(LineClock.Off), EndsWithCrLf: true),
        ];
        int next = 0;
        foreach (User user in server.Users)
        {
            Show(user, looks[next++ % looks.Length]);
        }
    });

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_broadcast_to_a_thousand_of_several_looks_is_shared_by_all_who_see_it_alike(int lookCount) =>
        Check("broadcast hello all\nbroadcast and again\n", 1_000, server =>
        {
            TerminalLook[] looks =
            [
                new(new ReaderPreferences(MarksBroadcasts: true)), new(EndsWithCrLf: true),
                new(new ReaderPreferences(LineClock.Short, RingsBell: true)), new(new ReaderPreferences(LineClock.Off)),
                new(new ReaderPreferences(HasColours: true, MarksBroadcasts: true)),
            ];
            int next = 0;
            foreach (User user in server.Users)
            {
                Show(user, lookCount == 0 ? default : looks[next++ % lookCount]);
            }
        }, readers: 1_000, turns: 20, areShared: true);

    private static void Show(User user, TerminalLook look)
    {
        user.Sessions[0].Preferences = look.Preferences;
        if (look.EndsWithCrLf)
        {
            ((SessionTerminal)user.Sessions[0]).EndLinesWithCrLf();
        }
    }

    private static void JoinAll(TerminalServer server)
    {
        foreach (User user in server.Users)
        {
            server.Chat.Join(user, "lobby"u8, out _);
        }
    }

    private static void Check(string line, int deliveries, Action<TerminalServer> prepare, int readers = 9, int turns = 1_000, bool areShared = false)
    {
        using EventLoop loop = new(new ScriptedPoller(), TimeProvider.System, new RecordingLogger());
        ChatPort port = new(loop, new ChatOptions { FloodRate = 0, HistoryLines = 50 }, new ManualJobs(), new NoStore(), new RecordingLogger());
        TerminalServer server = port.Terminals;
        ScriptedTransport sender = new(Encoding.ASCII.GetBytes(line));
        SimulatedChat.Welcome(port, sender);
        ScriptedTransport[] others = [.. Enumerable.Range(0, readers).Select(_ => new ScriptedTransport([], server.Counters))];
        Array.ForEach(others, other => SimulatedChat.Welcome(port, other));
        prepare(server);
        for (int i = 0; i < 100; i++)
        {
            loop.Turn();
        }

        Array.ForEach(others, other => other.HeldBytes = 0);

        // A line that allocates does so each time. But a test on another thread may have taken buffers out of the shared
        // pool, or a garbage collection, and the next rent then allocates: an array of 4,096 bytes takes 4,120.
        long min = long.MaxValue;
        for (int runs = 0; runs < 5 && min > 0; runs++)
        {
            int sentBefore = sender.Sends + others.Sum(other => other.Sends);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < turns; i++)
            {
                loop.Turn();
            }

            min = Math.Min(min, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(turns * deliveries, sender.Sends + others.Sum(other => other.Sends) - sentBefore);
        }

        Assert.Equal(0, min);
        Assert.True(!areShared || others.All(other => other.HeldBytes == 0), "Some readers had their lines copied.");
    }

    /// <summary>The first connection is always readable, the others never.</summary>
    private sealed class ScriptedPoller : IPoller
    {
        public int Wait(Span<PollEvent> events, int timeoutMilliseconds)
        {
            events[0] = new PollEvent(default, Readiness.Readable);
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
    private sealed class ScriptedTransport(byte[] line, ChatCounters? counters = null) : ITransport
    {
        public int Sends { get; private set; }

        /// <summary>The most bytes that were in buffers of readers' own when it was sent something.</summary>
        public long HeldBytes { get; set; }

        public void Attach(LoopToken token, Readiness interest)
        {
        }

        public void Watch(Readiness interest)
        {
        }

        public void Unwatch()
        {
        }

        public TransportStatus Receive(Span<byte> buffer, out int count)
        {
            line.CopyTo(buffer);
            count = line.Length;
            return TransportStatus.Done;
        }

        public TransportStatus Peek(Span<byte> buffer, out int count) => Receive(buffer, out count);

        public TransportStatus Send(ReadOnlySpan<byte> bytes, out int count)
        {
            count = bytes.Length;
            Sends++;
            HeldBytes = Math.Max(HeldBytes, counters?.OutboxBytes ?? 0);
            return TransportStatus.Done;
        }

        public void Close()
        {
        }
    }
}
