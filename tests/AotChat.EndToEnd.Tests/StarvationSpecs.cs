using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>Whatever the server lacks, and whenever: it does not end, those who are here chat on, and it stops when it is told to.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StarvationSpecs
{
    private const int Newcomers = 100;

    /// <summary>When it happens.</summary>
    public enum Moment
    {
        /// <summary>As it begins.</summary>
        Start,

        /// <summary>When it has something to log for the first time.</summary>
        FirstLogLine,

        /// <summary>When many connect.</summary>
        Accept,

        /// <summary>When a worker has to be replaced.</summary>
        WorkerDies,

        /// <summary>When it reads its settings anew.</summary>
        Reload,

        /// <summary>When it is told to stop.</summary>
        Stop,
    }

    public static TheoryData<Lack, Moment> Table
    {
        get
        {
            TheoryData<Lack, Moment> table = [];
            foreach (Lack lack in Enum.GetValues<Lack>())
            {
                foreach (Moment moment in Enum.GetValues<Moment>())
                {
                    table.Add(lack, moment);
                }
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_server_that_lacks_a_resource_goes_on_and_stops_in_order(Lack lack, Moment moment)
    {
        await using StarvedServer server = await StarvedServer.StartAsync(lack, "--workers", "2", "--drain-seconds", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        if (lack != Lack.Proc)
        {
            await Wait.UntilAsync(() => server.Workers.Length == 2, "its workers are there");
        }

        await server.StarveAsync(lack);
        List<Socket> crowd = [];
        switch (moment)
        {
            case Moment.FirstLogLine:
                // A request for a web page is logged.
                await SendAsync(server, crowd, "GET / HTTP/1.1\r\n\r\n");
                break;

            case Moment.Accept:
                for (int i = 0; i < Newcomers; i++)
                {
                    await SendAsync(server, crowd, "w\n");
                }

                break;

            case Moment.WorkerDies:
                foreach (int worker in server.Workers)
                {
                    await Processes.SignalAsync(worker, "KILL");
                }

                break;

            case Moment.Reload:
                await Processes.SignalAsync(server.ProcessId, "HUP");
                break;
        }

        await AssertChatAsync(alice, bob);
        crowd.ForEach(socket => socket.Dispose());
        await Processes.SignalAsync(server.ProcessId, "TERM");

        Assert.Equal("Server is shutting down.", await alice.ReadAsync());
        Assert.Null(await alice.ReadAsync());
        int code = await server.WaitForExitAsync();
        Assert.True(code is 0 or 1, $"It ended with {code}: {server.Log}");
    }

    // Whoever is turned away, or waits, is none of those who chat.
    private static async Task SendAsync(StarvedServer server, List<Socket> crowd, string text)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        crowd.Add(socket);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(server.SocketPath));
            await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        }
        catch (SocketException)
        {
            // It was refused before it had said anything.
        }
    }

    private static async Task AssertChatAsync(Client alice, Client bob)
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal($"Message is delivered to {bob.Name}", await alice.AskAsync($"msg {bob.Name} hello {i}"));
            Assert.Equal($"{alice.Name} hello {i}", await bob.ReadAsync());
        }
    }
}
