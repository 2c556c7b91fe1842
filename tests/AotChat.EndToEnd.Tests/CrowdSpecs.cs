using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>Many at once, and some of them hostile.</summary>
public sealed class CrowdSpecs
{
    [Fact]
    public async Task Ten_clients_hear_every_line_of_the_others_in_order()
    {
        const int Lines = 200;
        await using Server server = await Server.StartAsync("--workers", "1");
        Client[] clients = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.ConnectAsync()));

        await Task.WhenAll(clients.Select(async client =>
        {
            Task<List<string>> reading = ReadAsync(client, Lines * 9);
            await client.SendAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(i => $"broadcast {i}\n"))));
            ILookup<string, string> bySender = (await reading).ToLookup(line => line.Split(' ')[0], line => line.Split(' ')[1]);

            Assert.Equal(9, bySender.Count);
            Assert.All(bySender, lines => Assert.Equal(Enumerable.Range(0, Lines).Select(i => $"{i}"), lines));
        }));
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task Garbage_disturbs_nobody()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        Random random = new(1);
        for (int i = 0; i < 20; i++)
        {
            using Client garbler = await server.ConnectAsync();
            byte[] garbage = new byte[20_000];
            random.NextBytes(garbage);
            await garbler.SendAsync(garbage);
            Assert.Equal("Message is delivered to u1001", await alice.AskAsync($"msg u1001 {i}"));
            Assert.Equal($"u1000 {i}", await bob.ReadAsync());
            garbler.Reset();
        }

        await Wait.UntilAsync(() => alice.AskAsync("w").Result == "Online users: u1001", "the garblers are gone");
        Assert.DoesNotContain(server.Log, line => line.Contains("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_arrives_is_safe_for_a_terminal()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        await alice.SendAsync([.. "msg u1001 a\u001b]0;title\u0007b\u202ec"u8, 0xFF, (byte)'\n']);

        Assert.Equal("u1000 a]0;titlebc\uFFFD", await bob.ReadAsync());
    }

    [Fact]
    public async Task Who_does_not_read_is_disconnected_and_the_sender_is_told()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--outbox-hard", "65536");
        using Client stuck = await server.ConnectAsync();
        using Client sender = await server.ConnectAsync();
        string line = "msg u1000 " + new string('x', 4_000);
        string? answer;
        do
        {
            answer = await sender.AskAsync(line);
        }
        while (answer == "Message is delivered to u1000");

        Assert.Equal("Cannot deliver the message to u1000", answer);
        Assert.Equal("User not found: u1000", await sender.AskAsync(line));
        await Wait.UntilAsync(() => server.Log.Any(entry => entry.Contains("Disconnected u1000 at 127.0.0.1:", StringComparison.Ordinal)), "the log entry");
    }

    [Fact]
    public async Task Over_the_limit_the_newcomer_is_told_and_those_inside_never_notice()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--max-connections", "2");
        using Client alice = await server.ConnectAsync();
        Client bob = await server.ConnectAsync();
        using (Client newcomer = await Client.ConnectAsync(server.EndPoint))
        {
            Assert.Equal("Server is full.", await newcomer.ReadAsync());
            Assert.Null(await newcomer.ReadAsync());
        }

        Assert.Equal("Online users: u1001", await alice.AskAsync("w"));
        bob.Dispose();
        await Wait.UntilAsync(() => alice.AskAsync("w").Result == "No other user is connected.", "a place is free");
        using Client next = await server.ConnectAsync();
        Assert.Equal("u1002", next.Name);
    }

    private static async Task<List<string>> ReadAsync(Client client, int count)
    {
        List<string> lines = [];
        while (lines.Count < count)
        {
            lines.Add(await client.ReadAsync() ?? throw new EndOfStreamException());
        }

        return lines;
    }
}
