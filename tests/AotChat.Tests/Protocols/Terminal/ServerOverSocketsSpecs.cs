using AotChat.Chat;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Loop;
using AotChat.Protocols;
using AotChat.Tests.Loop;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>The server in process over real sockets, on each poller: what the simulation can't show.</summary>
public sealed class ServerOverSocketsSpecs
{
    // The readers here are fast, but a busy machine may let them wait: nothing may be missed for it.
    private static readonly ChatOptions Options = new()
    {
        FloodRate = 0,
        OutboxSoftBytes = 64 * 1024 * 1024,
        OutboxHardBytes = 64 * 1024 * 1024,
    };

    public static TheoryData<string> Pollers => PollerSpecs.Pollers;

    [Theory]
    [MemberData(nameof(Pollers))]
    public async Task Two_clients_chat_and_leave(string kind)
    {
        using IPoller poller = kind == "epoll" ? new EpollPoller() : new SelectPoller();
        ISocketFactory sockets = poller is EpollPoller epoll ? new EpollSocketFactory(epoll) : new SelectSocketFactory((SelectPoller)poller);
        RecordingLogger log = new();
        using EventLoop loop = new(poller, TimeProvider.System, log);
        ChatPort port = new(loop, Options, new ManualJobs(), new NoStore(), log);
        using Listener listener = new(loop, sockets, new IPEndPoint(IPAddress.Loopback, 0), Options, port.Gate.Accept, log);
        Thread thread = new(loop.Run) { IsBackground = true };
        thread.Start();

        using TcpClient alice = new();
        await alice.ConnectAsync((IPEndPoint)listener.EndPoint);
        using StreamReader toAlice = new(alice.GetStream());
        Assert.EndsWith("Welcome! Your username is u1000", await toAlice.ReadLineAsync(), StringComparison.Ordinal);
        Assert.EndsWith(SimulatedClient.WayIn, await toAlice.ReadLineAsync(), StringComparison.Ordinal);
        using TcpClient bob = new();
        await bob.ConnectAsync((IPEndPoint)listener.EndPoint);
        using StreamReader toBob = new(bob.GetStream());
        Assert.EndsWith("Welcome! Your username is u1001", await toBob.ReadLineAsync(), StringComparison.Ordinal);
        Assert.EndsWith(SimulatedClient.WayIn, await toBob.ReadLineAsync(), StringComparison.Ordinal);

        // Far more than a socket takes at once, in both directions.
        const int Lines = 20_000;
        Task<int> reading = CountAsync(toBob, "u1000 hello", Lines);
        await alice.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("broadcast hello\n", Lines)) + "quit\n"));
        Assert.Equal(Lines, await reading);
        Assert.Null(await toAlice.ReadLineAsync());

        bob.Client.Shutdown(SocketShutdown.Send);
        Assert.Null(await toBob.ReadLineAsync());
        loop.Stop();
        thread.Join();
        Assert.Empty(log.Entries);
    }

    private static async Task<int> CountAsync(StreamReader reader, string ending, int max)
    {
        int count = 0;
        while (count < max && await reader.ReadLineAsync() is { } line && line.EndsWith(ending, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
