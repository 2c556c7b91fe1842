using System.Net;
using System.Net.Sockets;
using AotChat.Loop;
using AotChat.Native;
using AotChat.Transport;

namespace AotChat.Tests.Transport;

/// <summary>A connection behind a bare descriptor, on real sockets.</summary>
public sealed class DescriptorTransportSpecs : IDisposable
{
    private const int Long = 30_000;

    // F_GETFD.
    private const int GetDescriptorFlags = 1;

    private readonly EpollPoller? _poller = OperatingSystem.IsLinux() ? new EpollPoller() : null;
    private readonly Socket _near;
    private readonly Socket _far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public DescriptorTransportSpecs()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _far.Connect(listener.LocalEndPoint!);
        _near = listener.Accept();
        _near.Blocking = false;
    }

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
        _poller?.Dispose();
    }

    [Fact]
    public void A_connection_that_is_not_watched_can_be_watched_again()
    {
        if (_poller is null)
        {
            return;
        }

        DescriptorTransport transport = new(Descriptor(), _poller);
        transport.Attach(new LoopToken(7, 1), Readiness.Readable);
        transport.Unwatch();
        _far.Send("x"u8);
        Assert.Empty(Wait(0));

        transport.Watch(Readiness.Readable);
        Assert.Equal([new PollEvent(new LoopToken(7, 1), Readiness.Readable)], Wait(Long));
        transport.Watch(Readiness.None);
        Assert.Empty(Wait(0));
        transport.Close();
    }

    [Fact]
    public void A_descriptor_is_closed_once_since_its_number_may_be_another_s_by_then()
    {
        if (_poller is null)
        {
            return;
        }

        // Another thread may take the number first; then it is another's indeed, and nothing may be closed.
        int descriptor;
        int successor;
        DescriptorTransport transport;
        do
        {
            descriptor = Descriptor();
            transport = new(descriptor, _poller);
            transport.Close();
            successor = FileCalls.Control((int)_near.Handle, FileCalls.DuplicateCloseOnExec, descriptor);
            if (successor != descriptor)
            {
                Assert.Equal(0, FileCalls.Close(successor));
            }
        }
        while (successor != descriptor);

        transport.Close();

        Assert.True(FileCalls.Control(successor, GetDescriptorFlags, 0) >= 0);
        Assert.Equal(0, FileCalls.Close(successor));
    }

    // A descriptor of the connection that is the test's to give away.
    private int Descriptor() => FileCalls.Control((int)_near.Handle, FileCalls.DuplicateCloseOnExec, 0);

    private PollEvent[] Wait(int timeoutMilliseconds)
    {
        PollEvent[] events = new PollEvent[8];
        return events[.._poller!.Wait(events, timeoutMilliseconds)];
    }
}
