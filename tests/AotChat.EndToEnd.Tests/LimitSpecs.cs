using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>What one connection, or one address, may take of the server, and what happens beyond.</summary>
public sealed class LimitSpecs
{
    private const int LongLine = 4_000;

    [Fact]
    public async Task A_slow_reader_misses_broadcasts_and_is_told_first_how_many()
    {
        const int Lines = 1_000;
        await using Server server = await Server.StartAsync("--workers", "1", "--outbox-soft", "131072");
        using Client slow = await server.ConnectAsync(receiveBuffer: 4_096);
        using Client sender = await server.ConnectAsync();
        string text = new('x', LongLine);
        await sender.SendAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(i => $"broadcast {i} {text}\n"))));
        Assert.Equal("Online users: u1000", await sender.AskAsync("w"));

        int heard = 0;
        string line;
        for (; (line = (await slow.ReadAsync())!).StartsWith("u1001 ", StringComparison.Ordinal); heard++)
        {
            Assert.Equal($"u1001 {heard} {text}", line);
        }

        Assert.Equal($"You missed {Lines - heard} lines.", line);
        await sender.TypeAsync("broadcast again");
        Assert.Equal("u1001 again", await slow.ReadAsync());
    }

    [Fact]
    public async Task A_message_to_a_slow_reader_is_refused_and_its_sender_told()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--outbox-soft", "131072");
        using Client slow = await server.ConnectAsync(receiveBuffer: 4_096);
        using Client sender = await server.ConnectAsync();
        string text = new('x', LongLine);
        int delivered = 0;
        string? answer;
        while ((answer = await sender.AskAsync($"msg u1000 {delivered} {text}")) == "Message is delivered to u1000")
        {
            delivered++;
        }

        Assert.Equal("Cannot deliver the message to u1000", answer);

        // What was confirmed arrives, and nothing else.
        for (int i = 0; i < delivered; i++)
        {
            Assert.Equal($"u1001 {i} {text}", await slow.ReadAsync());
        }

        Assert.Equal("Online users: u1001", await slow.AskAsync("w"));
    }

    [Fact]
    public async Task A_reader_that_lags_for_too_long_is_disconnected_and_named_in_the_log()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--outbox-soft", "131072", "--stuck-seconds", "1");
        using Client stuck = await server.ConnectAsync(receiveBuffer: 4_096);
        using Client sender = await server.ConnectAsync();
        await sender.SendAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"broadcast {new string('x', LongLine)}\n", 1_000))));

        await Wait.UntilAsync(() => sender.AskAsync("w").Result == "No other user is connected.", "it is gone");
        await server.WaitForLogAsync(": u1000 is disconnected for not reading, ");
        Assert.Contains(server.Log, line => line.Contains("bytes were waiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_that_come_too_fast_wait_and_none_is_lost()
    {
        const int Lines = 60;
        await using Server server = await Server.StartAsync("--workers", "1", "--flood-burst", "10", "--flood-rate", "100");
        using Client flooder = await server.ConnectAsync();
        using Client reader = await server.ConnectAsync();
        await flooder.SendAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(i => $"broadcast {i}\n"))));

        long first = 0;
        for (int i = 0; i < Lines; i++)
        {
            Assert.Equal($"u1000 {i}", await reader.ReadAsync());
            first = i == 0 ? reader.LastStamp : first;
        }

        // Fifty of them at a hundred a second, by the server's own clock.
        Assert.True(reader.LastStamp - first >= TimeSpan.TicksPerSecond / 2 * 0.9, "They came too soon.");
    }

    [Fact]
    public async Task A_user_who_is_silent_for_too_long_is_told_and_disconnected()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--idle-timeout", "1");
        using Client idle = await server.ConnectAsync();

        Assert.Equal("You were idle for 1 second. The connection is closed.", await idle.ReadAsync());
        Assert.Null(await idle.ReadAsync());
    }

    [Fact]
    public async Task Over_the_limit_of_connections_the_newcomer_is_told()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--max-connections", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await Client.ConnectAsync(server.EndPoint);

        Assert.Equal("Server is full.", await bob.ReadAsync());
        Assert.Null(await bob.ReadAsync());
        Assert.Equal("No other user is connected.", await alice.AskAsync("w"));
    }

    [Fact]
    public async Task An_address_with_all_its_connections_open_is_refused_another()
    {
        await using Server server = await StartBehindProxyAsync("--max-connections-per-address", "1");
        using Client first = await ConnectForAsync(server, "192.0.2.1");
        using Client second = await ConnectForAsync(server, "192.0.2.1");
        using Client other = await ConnectForAsync(server, "192.0.2.2");

        Assert.Equal("Welcome! Your username is u1000", await first.ReadAsync());
        Assert.Equal("Too many connections from your address.", await second.ReadAsync());
        Assert.Null(await second.ReadAsync());
        Assert.Equal("Welcome! Your username is u1001", await other.ReadAsync());
        await server.WaitForLogAsync(" from 192.0.2.1:4711: refused, too many connections from this address (option max-connections-per-address)");
    }

    [Fact]
    public async Task An_address_that_connects_too_often_is_refused()
    {
        await using Server server = await StartBehindProxyAsync("--accept-rate-per-address", "1");
        using Client first = await ConnectForAsync(server, "192.0.2.1");
        using Client second = await ConnectForAsync(server, "192.0.2.1");

        Assert.Equal("Welcome! Your username is u1000", await first.ReadAsync());
        Assert.Equal("Too many new connections from your address; try again in a second.", await second.ReadAsync());
        await server.WaitForLogAsync("(option accept-rate-per-address)");
    }

    [Fact]
    public async Task Without_descriptors_users_chat_on_and_waiting_clients_come_in_later()
    {
        // The server keeps to what it may open, so that only a limit that was lowered since can run out.
        await using Server server = await Server.StartAsync("--workers", "1", "--max-connections", "1000");
        await server.WaitForWorkersAsync(1);
        await Processes.LimitFilesAsync(server.ProcessId, server.OpenFiles + 5);
        List<Client> clients = [];
        while (!server.Log.Any(line => line.Contains("Cannot accept connections for now", StringComparison.Ordinal)))
        {
            Assert.True(clients.Count < 40, "It never ran out.");
            clients.Add(await Client.ConnectAsync(server.EndPoint));
            await Wait.UntilAsync(() => clients[^1].HasInput || server.Log.Any(line => line.Contains("Cannot accept", StringComparison.Ordinal)), "it is in or waits");
        }

        await clients[0].ReadWelcomeAsync();
        Assert.Equal("Message is delivered to u1000", await AskPastWordsAsync(clients[0], "msg u1000 hello"));
        clients[1].Reset();
        clients[2].Reset();

        await clients[^1].ReadWelcomeAsync();
        await server.WaitForLogAsync("Accepting connections again");
        Assert.Single(server.Log, line => line.Contains("Cannot accept connections for now", StringComparison.Ordinal));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_web_browser_is_told_that_this_is_a_chat()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        string page = "";

        // A browser sends its request with the connection; on a busy machine this one may be late, and reads the welcome first.
        await Wait.UntilAsync(() => (page = RequestAsync(server).Result).StartsWith("HTTP/1.1 400 Bad Request\r\n", StringComparison.Ordinal), "the page comes alone");

        Assert.EndsWith("This is a chat port, not a web server. Join with nc or telnet, then type help.\n", page, StringComparison.Ordinal);
        await server.WaitForLogAsync("closed, it speaks HTTP");
    }

    [Fact]
    public async Task Telnet_options_are_refused_and_an_interrupt_ends_the_session()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        // IAC DO STATUS, a line, IAC IP.
        await alice.SendAsync([0xFF, 0xFD, 5, .. "w\n"u8, 0xFF, 0xF4]);

        Assert.StartsWith("\u00FF\u00FC\u0005[", await alice.ReadBytesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_telnet_subnegotiation_without_end_is_refused()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        await alice.SendAsync([0xFF, 0xFA, 24, .. new byte[10_000]]);

        Assert.StartsWith("Telnet subnegotiation too long", await alice.ReadAsync(), StringComparison.Ordinal);
        Assert.Null(await alice.ReadAsync());
    }

    private static async Task<string> RequestAsync(Server server)
    {
        using Client browser = await Client.ConnectAsync(server.EndPoint);
        await browser.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        return await browser.ReadToEndAsync();
    }

    private static Task<Server> StartBehindProxyAsync(params string[] arguments) =>
        Server.StartAsync(["--workers", "1", "--proxy-protocol", "--trusted", "127.0.0.1", .. arguments]);

    private static async Task<Client> ConnectForAsync(Server server, string address)
    {
        Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync(Encoding.ASCII.GetBytes($"PROXY TCP4 {address} 127.0.0.1 4711 {server.Port}\r\n"));
        return client;
    }

    // A message to oneself comes before its confirmation.
    private static async Task<string?> AskPastWordsAsync(Client client, string line)
    {
        Assert.StartsWith(client.Name, await client.AskAsync(line), StringComparison.Ordinal);
        return await client.ReadAsync();
    }
}
