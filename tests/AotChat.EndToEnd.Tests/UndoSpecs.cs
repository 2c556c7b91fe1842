using System.Globalization;
using System.Text.RegularExpressions;

namespace AotChat.EndToEnd.Tests;

/// <summary>Every act of an operator, its entry in the audit and its undo, over the socket of the console.</summary>
public sealed partial class UndoSpecs : IDisposable
{
    private readonly DataFolder _kept = new();

    public void Dispose() => _kept.Dispose();

    [Theory]
    [InlineData("ban 203.0.113.7 spam", "bans *")]
    [InlineData("ban mallory 1h spam", "bans *")]
    [InlineData("ban 2001:db8::/32 2d", "bans *")]
    [InlineData("ban bob #den 1h spam", "bans #den")]
    [InlineData("mute mallory be quiet", "bans *")]
    [InlineData("mute bob #den 10m shouting", "bans #den")]
    [InlineData("lock maintenance", "")]
    [InlineData("rename mallory milly", "w")]
    [InlineData("room den topic-lock on", "room den")]
    [InlineData("room den invite-only on", "room den")]
    [InlineData("room den hidden on", "room den")]
    [InlineData("room den moderated on", "room den")]
    [InlineData("room den slow 10s", "room den")]
    [InlineData("room den owner bob", "room den")]
    [InlineData("room den owner -", "room den")]
    public async Task An_act_is_undone_once_and_the_undo_is_undone_too(string act, string question)
    {
        await using Server server = await _kept.StartAsync();
        using Client alice = await DataFolder.RegisterAsync(server, "alice");
        using Client bob = await DataFolder.RegisterAsync(server, "bob");
        using Client mallory = await DataFolder.ConnectAsync(server, "mallory");
        await alice.AskAsync("join den");
        await bob.AskAsync("join den");
        using Client console = await _kept.ConsoleAsync();
        if (act.StartsWith("ban mallory", StringComparison.Ordinal))
        {
            // Who is banned is put out: the list is to show the same before and after.
            await DataFolder.QuitAsync(mallory);
        }

        string before = await LookAsync(server, console, question);
        string answer = (await DataFolder.AskAllAsync(console, act))[^1].Line;
        Assert.False(answer.StartsWith("Not ", StringComparison.Ordinal), answer);
        string after = await LookAsync(server, console, question);
        Assert.NotEqual(before, after);

        long id = await LastActAsync(console, canBeUndone: true);
        await UndoAsync(console, id);
        Assert.Equal(before, await LookAsync(server, console, question));
        Assert.Equal($"Not undone: entry {id} was undone before, by {console.Name}.", await console.AskAsync($"undo {id}"));

        long undo = await LastActAsync(console, canBeUndone: true);
        Assert.Equal(id + 1, undo);
        await UndoAsync(console, undo);
        Assert.Equal(after, await LookAsync(server, console, question));
        await UndoAsync(console, await LastActAsync(console, canBeUndone: true));
        Assert.Equal(before, await LookAsync(server, console, question));
        Assert.DoesNotContain(server.Complaints, line => line.Contains("error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("voice bob den", "moderated", "hello")]
    [InlineData("invite bob den", "invite-only", "join den")]
    public async Task A_voice_and_an_invitation_are_taken_back_and_given_again(string act, string mode, string attempt)
    {
        await using Server server = await _kept.StartAsync("--replay-lines", "0");
        using Client alice = await DataFolder.RegisterAsync(server, "alice");
        using Client bob = await DataFolder.RegisterAsync(server, "bob");
        await alice.AskAsync("join den");
        if (mode == "moderated")
        {
            await bob.AskAsync("join den");
            await alice.ReadAsync();
        }

        using Client console = await _kept.ConsoleAsync();
        await console.AskAsync($"room den {mode} on");
        foreach ((string command, bool may) in ((string, bool)[])[(act, true), ("undo 2", false), ("undo 3", true), ("undo 4", false)])
        {
            await DataFolder.AskAllAsync(console, command);
            Assert.Equal((command, may), (command, await MayAsync()));
        }

        Assert.StartsWith("Not undone: entry 2 was undone before", await console.AskAsync("undo 2"), StringComparison.Ordinal);

        // Talk is not echoed: who may say it hears nothing.
        async Task<bool> MayAsync()
        {
            await ReadToMarkerAsync();
            await bob.TypeAsync(attempt);
            List<string> answer = await ReadToMarkerAsync();
            if (mode == "moderated")
            {
                return answer.Count == 0;
            }

            await bob.TypeAsync("/leave den");
            return answer.Exists(line => line.StartsWith("You are in #den ", StringComparison.Ordinal));
        }

        async Task<List<string>> ReadToMarkerAsync()
        {
            List<string> lines = [];
            await bob.TypeAsync("/history no-such-room");
            while (await bob.ReadAsync() is { } line && line != "Room not found: no-such-room")
            {
                lines.Add(line);
            }

            return lines;
        }
    }

    [Fact]
    public async Task What_cannot_be_undone_says_so_and_stands_in_the_audit_after_a_kill()
    {
        List<string> audit;
        await using (Server server = await _kept.StartAsync())
        {
            using Client alice = await DataFolder.RegisterAsync(server, "alice");
            using Client mallory = await DataFolder.ConnectAsync(server, "mallory");
            await alice.AskAsync("join den");
            await alice.TypeAsync("hello");
            using Client console = await _kept.ConsoleAsync();
            string[] acts = ["notice hello", "kick mallory spam", "delete 1 den", "backup copy.db", "room den close"];
            for (int i = 0; i < acts.Length; i++)
            {
                await DataFolder.AskAllAsync(console, acts[i]);
                Assert.Equal(i + 1, await LastActAsync(console, canBeUndone: false));
                Assert.Equal($"Not undone: nothing can undo entry {i + 1} ({acts[i].Split(' ')[0]}).", await console.AskAsync($"undo {i + 1}"));
            }

            Assert.Equal("No entry of the audit has the number 77. To see them: audit", await console.AskAsync("undo 77"));
            audit = [.. (await DataFolder.AskAllAsync(console, "audit 200")).Select(entry => entry.Line)];
            Assert.Equal(acts.Length, audit.Count);
            await DataFolder.KillAsync(server);
        }

        await using Server later = await _kept.StartAsync();
        using Client again = await _kept.ConsoleAsync();
        Assert.Equal(audit, (await DataFolder.AskAllAsync(again, "audit 200")).Select(entry => entry.Line));
        Assert.Equal("Not undone: nothing can undo entry 2 (kick).", await again.AskAsync("undo 2"));
    }

    [Fact]
    public async Task An_act_of_an_earlier_server_is_undone_by_the_next_one()
    {
        await using (Server server = await _kept.StartAsync())
        {
            using Client console = await _kept.ConsoleAsync();
            Assert.StartsWith("Ban 1: 127.0.0.0/8", await console.AskAsync("ban 127.0.0.0/8 * everybody; DROP TABLE ban"), StringComparison.Ordinal);
            await DataFolder.KillAsync(server);
        }

        await using Server later = await _kept.StartAsync();
        using (Client banned = await Client.ConnectAsync(later.EndPoint))
        {
            Assert.StartsWith("You are banned from this server", await banned.ReadAsync(), StringComparison.Ordinal);
        }

        using Client second = await _kept.ConsoleAsync();
        await UndoAsync(second, 1);
        using Client guest = await later.ConnectAsync();
        Assert.StartsWith("Only operators can do that", await guest.AskAsync("undo 2"), StringComparison.Ordinal);
    }

    // What the undo does is told first.
    private static async Task UndoAsync(Client console, long id)
    {
        string? line = await console.AskAsync($"undo {id}");
        while (line?.StartsWith($"Undone: entry {id} (", StringComparison.Ordinal) == false)
        {
            Assert.False(line.StartsWith("Not ", StringComparison.Ordinal), line);
            line = await console.ReadAsync();
        }
    }

    private static async Task<long> LastActAsync(Client console, bool canBeUndone)
    {
        string entry = (await console.AskAsync("audit 1"))!;
        Assert.Equal(canBeUndone, entry.EndsWith(" (can be undone)", StringComparison.Ordinal));
        Assert.Contains($" {console.Name} from unix, user ", entry, StringComparison.Ordinal);
        return long.Parse(Number().Match(entry).Value, CultureInfo.InvariantCulture);
    }

    // What anybody can see of it; numbers and times of bans differ each time.
    private static async Task<string> LookAsync(Server server, Client console, string question)
    {
        if (question.Length == 0)
        {
            using Client newcomer = await Client.ConnectAsync(server.EndPoint);
            return Number().Replace((await newcomer.ReadAsync())!, "N");
        }

        return string.Join('\n', (await DataFolder.AskAllAsync(console, question)).Select(line => Number().Replace(line.Line, "N")));
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
