namespace AotChat.EndToEnd.Tests;

/// <summary>What a server keeps is there when the next one starts, however the first one has ended.</summary>
public sealed class RestartSpecs : IDisposable
{
    private readonly DataFolder _kept = new();

    public void Dispose() => _kept.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Accounts_rooms_bans_messages_and_history_come_back(string signal)
    {
        string[] before;
        await using (Server server = await _kept.StartAsync())
        {
            await FillAsync(server);
            before = await LookAsync(server);
            await (signal == "KILL" ? DataFolder.KillAsync(server) : DataFolder.StopAsync(server));
        }

        Assert.Contains("format 2", await _kept.CheckAsync(), StringComparison.Ordinal);
        await using Server later = await _kept.StartAsync();
        Assert.Equal(before, await LookAsync(later));

        // The mailbox last, since what is read is gone.
        using Client alice = await later.ConnectAsync();
        Assert.Equal("Password:", await alice.AskAsync("login alice"));
        Assert.Equal("You are logged in as alice.", await alice.AskAsync(DataFolder.Password));
        Assert.Equal("You are away: at lunch", await alice.ReadAsync());
        Assert.StartsWith("You are in #den (1 person).", await alice.ReadAsync(), StringComparison.Ordinal);
        Assert.EndsWith("first", await alice.ReadAsync(), StringComparison.Ordinal);
        Assert.StartsWith("#den - line 2 was removed by ", await alice.ReadAsync(), StringComparison.Ordinal);
        Assert.EndsWith("third", await alice.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("Messages that were kept for you: 1", await alice.ReadAsync());
        Assert.EndsWith(" lunch?", await alice.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("Names are shown in color.", await alice.AskAsync("/color"));
        Assert.StartsWith("Ignored users: ", await alice.AskAsync("/ignores"), StringComparison.Ordinal);
        Assert.Empty(later.Complaints);
    }

    [Fact]
    public async Task What_is_said_last_is_kept_when_the_server_is_asked_to_stop_and_lines_are_numbered_on()
    {
        for (int start = 0; start < 3; start++)
        {
            await using Server server = await _kept.StartAsync("--replay-lines", "0");
            using Client bob = await DataFolder.ConnectAsync(server, "bob");
            using Client carol = await server.ConnectAsync();
            Assert.StartsWith("You are in #lobby ", await carol.AskAsync("join lobby"), StringComparison.Ordinal);
            await bob.AskAsync("join lobby");
            Assert.Equal("#lobby + bob joined", await carol.ReadAsync());
            for (int i = 1; i <= 10; i++)
            {
                await bob.TypeAsync($"line {start * 10 + i}");
                Assert.Equal($"#lobby bob line {start * 10 + i}", await carol.ReadAsync());
            }

            await DataFolder.StopAsync(server);
        }

        await using Server last = await _kept.StartAsync("--replay-lines", "0");
        using Client reader = await last.ConnectAsync();
        await reader.AskAsync("join lobby");
        Assert.Equal("History of #lobby, lines 1-30 of 1-30:", await reader.AskAsync("/history 1-100"));
        for (int i = 1; i <= 30; i++)
        {
            Assert.Equal($"#lobby [{i}] bob line {i}", await reader.ReadAsync());
        }
    }

    // Everything of it is promised, or was said before something that is.
    private async Task FillAsync(Server server)
    {
        using Client alice = await DataFolder.RegisterAsync(server, "alice");
        using Client bob = await DataFolder.RegisterAsync(server, "bob");
        await alice.AskAsync("join den");
        await bob.AskAsync("join den");
        await alice.ReadAsync();
        foreach (string text in (string[])["first", "second", "third"])
        {
            await alice.TypeAsync(text);
            Assert.EndsWith(text, await bob.ReadAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("Topic of #den: dens; DROP TABLE room", await alice.AskAsync("/topic dens; DROP TABLE room"));
        foreach (string setting in (string[])["topic-lock on", "invite-only on", "hidden on", "moderated on", "slow 10s"])
        {
            Assert.EndsWith(" now, by alice.", await alice.AskAsync("/room " + setting), StringComparison.Ordinal);
        }

        Assert.EndsWith("has a voice now, by alice.", await alice.AskAsync("/voice bob"), StringComparison.Ordinal);
        Assert.Equal("Line 2 of #den is removed.", await alice.AskAsync("/delete 2"));
        Assert.StartsWith("Mute 1: bob ", await alice.AskAsync("/mute bob 1d shouting"), StringComparison.Ordinal);
        using (Client console = await _kept.ConsoleAsync())
        {
            Assert.StartsWith("Ban 2: 10.9.8.0/24", await console.AskAsync("ban 10.9.8.0/24 * 1h spam"), StringComparison.Ordinal);
            Assert.StartsWith("Mute 3: bob", await console.AskAsync("mute bob * be quiet"), StringComparison.Ordinal);
        }

        Assert.Equal("Names are now shown in color.", await alice.AskAsync("/color on"));
        await alice.AskAsync("/ignore bob");
        await alice.AskAsync("/away at lunch");
        await DataFolder.QuitAsync(alice);
        using Client carol = await DataFolder.ConnectAsync(server, "carol");
        Assert.Equal("User alice is not here; kept until the next login", await carol.AskAsync("msg alice lunch?"));
        await DataFolder.QuitAsync(carol);
        await DataFolder.QuitAsync(bob);
    }

    // What an operator sees of it; the times of lines too.
    private async Task<string[]> LookAsync(Server server)
    {
        List<string> seen = [];
        using Client console = await _kept.ConsoleAsync();
        await console.TypeAsync("join den");
        while (!(await console.ReadAsync())!.EndsWith(" third", StringComparison.Ordinal))
        {
        }

        foreach (string question in (string[])["/room den", "/topic den", "/bans #den", "/bans *", "/history den", "/search first", "/search second", "/audit 200"])
        {
            await AskAsync(question);
        }

        await DataFolder.QuitAsync(console);
        using Client guest = await server.ConnectAsync();
        Assert.Equal("Name is registered: alice. To use it: login alice PASSWORD", await guest.AskAsync("nick al1ce"));
        Assert.Equal("Room not found: den", await guest.AskAsync("topic den"));
        await DataFolder.QuitAsync(guest);
        return [.. seen];

        async Task AskAsync(string question)
        {
            foreach ((string line, long stamp) in await DataFolder.AskAllAsync(console, question))
            {
                seen.Add(line.StartsWith("#den [", StringComparison.Ordinal) ? $"{stamp} {line}" : line);
            }
        }
    }
}
