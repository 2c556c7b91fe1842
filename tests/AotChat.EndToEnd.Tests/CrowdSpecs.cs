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
    public async Task Garbage_on_many_connections_disturbs_nobody()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--flood-rate", "1000");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        Random random = new(1);
        Client[] garblers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => server.ConnectAsync()));
        for (int i = 0; i < 10; i++)
        {
            foreach (Client garbler in garblers)
            {
                byte[] garbage = new byte[2_000];
                random.NextBytes(garbage);
                garbler.SendUnread(garbage);
            }

            // Random bytes may say «broadcast», but not in this life.
            Assert.Equal("Message is delivered to u1001", await alice.AskAsync($"msg u1001 {i}"));
            Assert.Equal($"u1000 {i}", await bob.ReadAsync());
        }

        foreach (Client garbler in garblers)
        {
            garbler.Reset();
        }

        await Wait.UntilAsync(() => alice.AskAsync("w").Result == "Online users: u1001", "the garblers are gone");
        Assert.DoesNotContain(server.Log, line => line.Contains(" error ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ten_thousand_connections_come_and_go_and_leave_nothing_behind()
    {
        // The collector is told to come often, in hexadecimal: what is garbage must not look like a leak.
        await using Server server = await Server.StartAsync(["--workers", "1"], ("DOTNET_GCgen0size", "80000"));
        await ComeAndGoAsync(server, 10_000);
        (int files, long memory) before = (server.OpenFiles, server.ResidentKilobytes);

        await ComeAndGoAsync(server, 10_000);

        await Wait.UntilAsync(() => server.OpenFiles <= before.files, "all descriptors are closed");
        Assert.InRange(server.ResidentKilobytes, 0, before.memory + 1_024);
    }

    [Fact]
    public async Task Two_hundred_readers_do_not_notice_ten_that_never_read()
    {
        const int Lines = 2_000;
        await using Server server = await Server.StartAsync("--workers", "1", "--outbox-soft", "131072", "--stuck-seconds", "1");
        Client[] stuck = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.ConnectAsync(receiveBuffer: 4_096)));
        Client[] readers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => server.ConnectAsync()));
        using Client sender = await server.ConnectAsync();
        Task<List<string>>[] reading = [.. readers.Select(reader => ReadAsync(reader, Lines))];

        // A pace that readers keep up with: the next thousand goes out when the first reader has the one before.
        string text = new('x', 2_000);
        for (int i = 0; i < Lines; i++)
        {
            await sender.TypeAsync($"broadcast {i} {text}");
            if (i % 20 == 19)
            {
                Assert.StartsWith("Online users: ", await sender.AskAsync("w"), StringComparison.Ordinal);
            }
        }

        foreach (List<string> lines in await Task.WhenAll(reading))
        {
            Assert.Equal(Enumerable.Range(0, Lines).Select(i => $"{sender.Name} {i} {text}"), lines);
        }

        await Wait.UntilAsync(() => server.Log.Count(line => line.Contains("for not reading", StringComparison.Ordinal)) == 10, "the ten are disconnected");
        Array.ForEach(stuck, client => client.Dispose());
        Array.ForEach(readers, client => client.Dispose());
    }

    [Fact]
    public async Task Text_of_a_user_arrives_safe_for_a_terminal()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        await alice.SendAsync([.. "msg u1001 a\u001b]0;title\u0007b\u202ec"u8, 0xC3, (byte)'\n']);

        Assert.Equal("u1000 abc\uFFFD", await bob.ReadAsync());
    }

    private static async Task ComeAndGoAsync(Server server, int count)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            using Client client = await server.ConnectAsync();
            client.Reset();
        });
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
