using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Connections;

/// <summary>A connection from its accept to its close: what is counted, what is logged, and what a stop does with it.</summary>
public sealed class ConnectionSpecs
{
    private static readonly PeerAddress Peer = PeerAddress.FromV4([192, 0, 2, 1], 4711);
    private static readonly PeerAddress Proxy = PeerAddress.FromV4([192, 0, 2, 9], 99);

    [Fact]
    public void The_log_ties_all_lines_of_a_connection_together()
    {
        SimulatedChat chat = new() { Log = { KeepsVisits = true } };
        SimulatedClient client = chat.Connect(peer: Peer);
        client.Type("nick alice");
        chat.Advance(TimeSpan.FromSeconds(2));
        client.Type("quit");

        Assert.Equal(
            [
                "Connection 1 from 192.0.2.1:4711: u1000 joined",
                "Connection 1 from 192.0.2.1:4711: u1000 is now alice",
                "Connection 1 from 192.0.2.1:4711: alice left after 2.0 s: quit",
            ],
            chat.Log.Entries.Select(entry => entry.Message));
    }

    [Fact]
    public void A_crowd_that_comes_and_goes_does_not_fill_the_log()
    {
        SimulatedChat chat = new() { Log = { KeepsVisits = true } };
        for (int i = 0; i < ChatOptions.VisitLogBurst; i++)
        {
            chat.Connect().Type("quit");
        }

        Assert.InRange(chat.Log.Entries.Count, ChatOptions.VisitLogBurst, ChatOptions.VisitLogBurst + 10);
    }

    [Fact]
    public void A_crowd_whose_visits_are_not_logged_is_not_told_as_left_out_either()
    {
        SimulatedChat chat = new() { Log = { MinLevel = LogLevel.Warning } };
        for (int i = 0; i < ChatOptions.VisitLogBurst; i++)
        {
            chat.Connect().Type("quit");
        }

        chat.Advance(ChatOptions.SuppressedAfter);

        Assert.Empty(chat.Log.Entries);
    }

    [Fact]
    public void The_log_names_the_first_reason_for_which_a_connection_ends()
    {
        SimulatedChat chat = new() { Log = { KeepsVisits = true } };
        SimulatedClient client = chat.Connect(peer: Peer);
        client.Transport.Window = 0;
        client.Type("bar", "quit");

        chat.Advance(chat.Server.LeaveLimit);

        Assert.True(client.Transport.Closed);
        Assert.EndsWith(": quit", chat.Log.Entries[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_flaps_between_full_and_not_full_does_not_fill_the_log()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxConnections = 1 });
        for (int i = 0; i < 100; i++)
        {
            SimulatedClient inside = chat.Connect();
            chat.Connect();
            inside.Type("quit");
        }

        Assert.Equal(ChatOptions.HostileLogBurst, chat.Log.Entries.Count);
        Assert.Equal("Connection 2 from unix: refused, all 1 connections are in use (option max-connections)", chat.Log.Entries[0].Message);
    }

    [Fact]
    public void A_connection_that_cannot_be_closed_is_forgotten_all_the_same()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxConnectionsPerAddress = 1 });
        SimulatedClient client = chat.Connect(peer: Peer);
        int handlers = chat.Loop.HandlerCount;
        client.Transport.FailsToClose = true;

        client.Type("quit");

        Assert.Equal(0, chat.Server.SessionCount);
        Assert.Equal(0, chat.Server.Users.Count);
        Assert.Equal(handlers - 1, chat.Loop.HandlerCount);
        Assert.Equal("Welcome! Your username is u1001", chat.Connect(readWelcome: false, peer: Peer).ReadTexts()[0]);
        Assert.Contains(chat.Log.Entries, entry => entry.Exception is IOException);
    }

    [Fact]
    public void A_proxy_that_cannot_be_looked_at_is_closed_and_forgotten()
    {
        SimulatedChat chat = ProxiedChat(limit: 3);
        SimulatedClient proxy = chat.Connect(readWelcome: false, peer: Proxy);
        proxy.Transport.FailsToPeek = true;

        proxy.Send("PROXY");

        Assert.True(proxy.Transport.Closed);
        Assert.Equal(0, chat.Gate.Admission.Count);
        Assert.Equal(0, chat.Loop.TimerCount);
    }

    [Fact]
    public void A_session_that_cannot_begin_leaves_nothing_behind()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxConnectionsPerAddress = 1 }) { Poller = { FailsToChange = true } };
        int handlers = chat.Loop.HandlerCount;

        SimulatedClient client = chat.Connect(peer: Peer);

        Assert.True(client.Transport.Closed);
        Assert.Equal(0, chat.Gate.Admission.Count);
        Assert.Equal(0, chat.Server.Users.Count);
        Assert.Equal(handlers, chat.Loop.HandlerCount);
        Assert.Contains(chat.Log.Entries, entry => entry.Exception is IOException);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_connection_that_cannot_be_watched_leaves_nothing_behind(bool isProxied)
    {
        SimulatedChat chat = ProxiedChat(limit: 3);
        SimulatedTransport transport = new(chat.Poller) { FailsToAttach = true };

        Assert.Throws<IOException>(() => chat.InLoop(() => chat.Gate.Accept(transport, isProxied ? Proxy : Peer)));

        Assert.True(transport.Closed);
        Assert.Equal((0, 0, 0), (chat.Gate.Admission.Count, chat.Loop.HandlerCount, chat.Loop.TimerCount));
    }

    [Fact]
    public void Proxies_that_say_nothing_count_as_connections()
    {
        SimulatedChat chat = ProxiedChat(limit: 3);
        SimulatedClient[] silent = [.. Enumerable.Range(0, 3).Select(_ => chat.Connect(readWelcome: false, peer: Proxy))];

        Assert.Equal(["Server is full."], chat.Connect(readWelcome: false, peer: Peer).ReadTexts());
        Assert.Equal(["Server is full."], chat.Connect(readWelcome: false, peer: Proxy).ReadTexts());
        Assert.Equal(3, chat.Gate.Admission.Count);
        chat.Advance(ChatOptions.ProxyHeaderLimit);
        Assert.All(silent, client => Assert.True(client.Transport.Closed));
        Assert.Equal(0, chat.Gate.Admission.Count);
        Assert.Equal("Welcome! Your username is u1000", chat.Connect(readWelcome: false, peer: Peer).ReadTexts()[0]);
    }

    [Fact]
    public void The_last_place_goes_to_a_client_that_a_proxy_has_introduced()
    {
        SimulatedChat chat = ProxiedChat(limit: 1);

        SimulatedClient client = chat.Connect(readWelcome: false, peer: Proxy).Send("PROXY TCP4 192.0.2.1 198.51.100.1 4711 1235\r\n");
        chat.Advance(ChatOptions.WelcomeDelay);

        Assert.Equal("Welcome! Your username is u1000", client.ReadTexts()[0]);
    }

    [Fact]
    public void A_stop_closes_pending_connections_and_turns_later_ones_away()
    {
        SimulatedChat chat = ProxiedChat(limit: 10);
        SimulatedClient alice = chat.Connect(peer: Peer);
        SimulatedClient waiting = chat.Connect(readWelcome: false, peer: Proxy);
        SimulatedTransport newcomer = new(chat.Poller);
        chat.InLoop(() => chat.Gate.Accept(newcomer, Peer));

        chat.InLoop(chat.Gate.Stop);
        SimulatedClient late = chat.Connect(readWelcome: false, peer: Peer);

        Assert.True(waiting.Transport.Closed);
        Assert.True(newcomer.Closed);
        Assert.Equal(["Server is shutting down."], late.ReadTexts());
        Assert.True(late.Transport.Closed);
        Assert.Equal(["No other user is connected."], alice.Type("w").ReadTexts());
        Assert.Equal(1, chat.Gate.Admission.Count);
    }

    [Fact]
    public void Counts_come_back_to_zero_though_the_log_fails_at_every_line()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxConnectionsPerAddress = 3 }) { Log = { KeepsVisits = true } };
        for (int round = 0; round < 10; round++)
        {
            chat.Log.Failure = new InvalidOperationException("the log is broken");
            SimulatedTransport[] clients = [.. Enumerable.Range(0, 3).Select(_ => Arrive(chat))];
            chat.Log.Failure = null;
            foreach (SimulatedTransport client in clients)
            {
                client.EndOfInput = true;
            }

            chat.Settle();
            chat.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, chat.Gate.Admission.Count);
        Assert.Equal(0, chat.Loop.HandlerCount);
        Assert.Equal("Welcome! Your username is", chat.Connect(readWelcome: false, peer: Peer).ReadTexts()[0][..25]);
    }

    private static SimulatedChat ProxiedChat(int limit) => new(new ChatOptions
    {
        FloodRate = 0,
        MaxConnections = limit,
        ProxyProtocol = true,
        Trusted = AddressSet.TryParse("192.0.2.9", out AddressSet? trusted) ? trusted : AddressSet.Empty,
    });

    private static SimulatedTransport Arrive(SimulatedChat chat)
    {
        SimulatedTransport transport = new(chat.Poller);
        try
        {
            chat.InLoop(() => chat.Gate.Accept(transport, Peer));
        }
        catch (InvalidOperationException)
        {
            // The listener closes it and logs.
            transport.Close();
        }

        try
        {
            chat.Advance(ChatOptions.WelcomeDelay);
        }
        catch (InvalidOperationException)
        {
            // The loop's own catch has logged, and the log is broken.
        }

        return transport;
    }
}
