using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AotChat.Loop;

namespace AotChat.Tests.Loop;

/// <summary>Both pollers, on real sockets: they promise the same.</summary>
public sealed class PollerSpecs
{
    private const int Long = 30_000;

    public static TheoryData<string> Pollers => OperatingSystem.IsLinux() ? ["epoll", "select"] : ["select"];

    [Theory]
    [MemberData(nameof(Pollers))]
    public void Bytes_make_a_socket_readable_until_they_are_read(string kind)
    {
        using IPoller poller = Create(kind);
        (Socket near, Socket far) = Connect();
        Add(poller, near, Token(7), Readiness.Readable);
        Assert.Empty(Wait(poller, 0));

        far.Send("x"u8);
        Assert.Equal([new PollEvent(Token(7), Readiness.Readable)], Wait(poller, Long));
        Assert.Equal([new PollEvent(Token(7), Readiness.Readable)], Wait(poller, Long));

        near.Receive(new byte[1]);
        Assert.Empty(Wait(poller, 0));
        Close(near, far);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void A_watched_socket_can_be_waited_for_differently(string kind)
    {
        using IPoller poller = Create(kind);
        (Socket near, Socket far) = Connect();
        Add(poller, near, Token(3), Readiness.None);
        far.Send("x"u8);
        Assert.Empty(Wait(poller, 0));

        Change(poller, near, Token(3), Readiness.Readable | Readiness.Writable);
        Assert.Equal([new PollEvent(Token(3), Readiness.Readable | Readiness.Writable)], Wait(poller, Long));

        Change(poller, near, Token(4), Readiness.Readable);
        Assert.Equal([new PollEvent(Token(4), Readiness.Readable)], Wait(poller, Long));
        Close(near, far);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void The_end_of_input_is_readable(string kind)
    {
        using IPoller poller = Create(kind);
        (Socket near, Socket far) = Connect();
        Add(poller, near, Token(1), Readiness.Readable);
        far.Shutdown(SocketShutdown.Send);

        Assert.Equal(Readiness.Readable, Assert.Single(Wait(poller, Long)).Readiness & Readiness.Readable);
        Close(near, far);
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void Another_thread_can_wake_a_poller(string kind)
    {
        using IPoller poller = Create(kind);
        Thread waker = new(poller.Wake);
        waker.Start();
        waker.Join();
        poller.Wake();

        // Woken before it waits, however often, it returns at once, and then waits again.
        Assert.Empty(Wait(poller, Long));
        Assert.Empty(Wait(poller, 0));
    }

    [Theory]
    [MemberData(nameof(Pollers))]
    public void A_poller_that_was_woken_waits_again_up_to_its_limit(string kind)
    {
        using IPoller poller = Create(kind);
        poller.Wake();
        Wait(poller, Long);

        // A signal may cut one wait short (signal(7)), but not ten in a row.
        Assert.Contains(Enumerable.Range(0, 10), _ =>
        {
            long before = Stopwatch.GetTimestamp();
            Wait(poller, 20);
            return Stopwatch.GetElapsedTime(before) > TimeSpan.FromMilliseconds(10);
        });
    }

    private static IPoller Create(string kind) => kind == "epoll" ? new EpollPoller() : new SelectPoller();

    // A generation beside the slot: all of the token has to come back.
    private static LoopToken Token(int slot) => new(slot, uint.MaxValue);

    private static void Add(IPoller poller, Socket socket, LoopToken token, Readiness interest)
    {
        if (poller is EpollPoller epoll)
        {
            epoll.Add((int)socket.Handle, token, interest);
        }
        else
        {
            ((SelectPoller)poller).Add(socket, token, interest);
        }
    }

    private static void Change(IPoller poller, Socket socket, LoopToken token, Readiness interest)
    {
        if (poller is EpollPoller epoll)
        {
            epoll.Change((int)socket.Handle, token, interest);
        }
        else
        {
            ((SelectPoller)poller).Change(socket, token, interest);
        }
    }

    private static PollEvent[] Wait(IPoller poller, int timeoutMilliseconds)
    {
        PollEvent[] events = new PollEvent[8];
        return events[..poller.Wait(events, timeoutMilliseconds)];
    }

    private static (Socket Near, Socket Far) Connect()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Socket far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        far.Connect(listener.LocalEndPoint!);
        return (listener.Accept(), far);
    }

    private static void Close(Socket near, Socket far)
    {
        near.Dispose();
        far.Dispose();
    }
}
