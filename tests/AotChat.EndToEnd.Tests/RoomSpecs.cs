using System.Globalization;
using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>Rooms and names when many act at once, against the published binary.</summary>
public sealed class RoomSpecs
{
    private const int Senders = 8;

    [Fact]
    public async Task Eight_users_who_speak_at_once_are_heard_in_the_order_of_the_history()
    {
        const int LinesEach = 100;
        await using Server server = await Server.StartAsync("--workers", "1");
        Client[] senders = [.. await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => server.ConnectAsync()))];
        using Client listener = await server.ConnectAsync();
        await JoinAsync([.. senders, listener]);

        await Task.WhenAll(senders.Select(sender => sender.SendAsync(Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Range(1, LinesEach).Select(number => $"{sender.Name} {number}\n"))))));
        List<string> heard = [];
        while (heard.Count < Senders * LinesEach)
        {
            heard.Add(TextOf(await listener.ReadAsync()));
        }

        List<string> history = [];
        for (int first = 1; first <= Senders * LinesEach; first += 200)
        {
            await listener.TypeAsync($"/history {first}-{first + 199}");
            Assert.StartsWith("History of #lobby, lines ", await listener.ReadAsync(), StringComparison.Ordinal);
            for (int i = 0; i < 200; i++)
            {
                history.Add(TextOf(await listener.ReadAsync()));
            }
        }

        Assert.Equal(history, heard);
        foreach (Client sender in senders)
        {
            // Each hears the others in the same order, and the own words stay in theirs.
            List<string> others = [];
            while (others.Count < (Senders - 1) * LinesEach)
            {
                others.Add(TextOf(await sender.ReadAsync()));
            }

            Assert.Equal(history.Where(text => !text.StartsWith(sender.Name + " ", StringComparison.Ordinal)), others);
            Assert.Equal(
                Enumerable.Range(1, LinesEach).Select(number => string.Create(CultureInfo.InvariantCulture, $"{sender.Name} {number}")),
                history.Where(text => text.StartsWith(sender.Name + " ", StringComparison.Ordinal)));
            sender.Dispose();
        }
    }

    [Fact]
    public async Task One_of_many_users_who_want_a_name_at_once_gets_it()
    {
        string[] wishes = ["alice", "Alice", "al1ce", "aLICE", "AL1CE", "A1ice", "a1ice", "alIce"];
        await using Server server = await Server.StartAsync("--workers", "1");
        Client[] clients = [.. await Task.WhenAll(wishes.Select(_ => server.ConnectAsync()))];

        string?[] answers = await Task.WhenAll(clients.Zip(wishes, (client, wish) => client.AskAsync($"nick {wish}")));

        int winner = Array.FindIndex(answers, answer => answer!.StartsWith("You are now known as ", StringComparison.Ordinal));
        // The first who comes too late may have a ghost to put out, being at the same address.
        int asker = Array.FindIndex(answers, answer => answer!.Contains(" is in use from your address.", StringComparison.Ordinal));
        Assert.NotEqual(-1, asker);
        await clients[winner].SendAsync("\n"u8.ToArray());
        answers[asker] = await clients[asker].ReadAsync();
        Assert.Equal(
            wishes.Select((wish, i) => i == winner ? $"You are now known as {wish}" : $"Name is taken: {wish}"), answers);
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task A_slow_reader_is_told_what_was_missed_and_can_read_it()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--outbox-soft", "131072", "--stuck-seconds", "600");
        using Client alice = await server.ConnectAsync();
        using Client slow = await server.ConnectAsync(receiveBuffer: 4_096);
        using Client witness = await server.ConnectAsync();
        await JoinAsync(alice, slow, witness);

        // Twice what the kernel takes for one who does not read.
        const int Lines = 8_000;
        string text = new('x', 1_000);
        foreach (int[] numbers in Enumerable.Range(1, Lines).Chunk(50))
        {
            // The witness keeps up.
            await alice.SendAsync(Encoding.ASCII.GetBytes(string.Concat(numbers.Select(number => $"{number} {text}\n"))));
            foreach (int number in numbers)
            {
                Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{number} "), TextOf(await witness.ReadAsync()), StringComparison.Ordinal);
            }
        }

        long next = 1;
        string? line = await slow.ReadAsync();
        for (; !line!.StartsWith("You missed", StringComparison.Ordinal); line = await slow.ReadAsync())
        {
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{next++} "), TextOf(line), StringComparison.Ordinal);
        }

        // What is older than the last 1,000 lines is forgotten by then.
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"You missed {Lines - next + 1} lines. To read them: /history lobby {Math.Max(next, Lines - 999)}-{Lines}"), line);
    }

    [Fact]
    public async Task Everybody_reads_the_message_of_the_day()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "Be kind.\n\u001b[31mAnd brief.\n");
        await using Server server = await Server.StartAsync("--workers", "1", "--motd", file);
        File.Delete(file);
        using Client alice = await server.ConnectAsync();

        Assert.Equal("Be kind.", await alice.ReadAsync());
        Assert.Equal("[31mAnd brief.", await alice.ReadAsync());
    }

    [Fact]
    public async Task A_message_of_the_day_that_is_missing_is_refused_at_start()
    {
        var result = await Server.RunAsync(["--port", "0", "--motd", "/nowhere/motd.txt"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("aotchat: motd: /nowhere/motd.txt cannot be read: No such file or directory\n", result.StandardError);
    }

    // One after the other, and until all have heard of all.
    private static async Task JoinAsync(params Client[] clients)
    {
        for (int i = 0; i < clients.Length; i++)
        {
            Assert.StartsWith("You are in #lobby", await clients[i].AskAsync("join lobby"), StringComparison.Ordinal);
            foreach (Client other in clients[..i])
            {
                Assert.Equal($"#lobby + {clients[i].Name} joined", await other.ReadAsync());
            }
        }
    }

    // «#lobby u1000 text», or with «[N]» behind the room.
    private static string TextOf(string? line)
    {
        string[] words = line!.Split(' ');
        return string.Join(' ', words[(words[1].StartsWith('[') ? 3 : 2)..]);
    }
}
