using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>SQL, the search's own language, NUL and far too much, wherever somebody can type: nothing of it is ever run.</summary>
public sealed class HostileTextSpecs : IDisposable
{
    private const int Huge = 16 * 1024;
    private const int LongestLine = 16 * 1024;

    private static readonly string[] s_texts =
    [
        "'; DROP TABLE line; --",
        "\"; DROP TABLE account; --",
        "x'); DELETE FROM room; COMMIT; --",
        "1' OR '1'='1",
        "\\'; PRAGMA user_version = 99; --",
        "ATTACH DATABASE '/etc/passwd' AS p",
        "text : *",
        "author : alice OR room : 2",
        "{text author} : x",
        "NEAR(\"a\" \"b\", 5)",
        "^first AND NOT (second OR",
        "\"unbalanced",
        "a* + b -c",
        "from:\"alice OR\" in:den",
        "line_text MATCH 'x'",
        "('delete', 1)",
        "%s%n%x {0} ${HOME}",
        "a\0b",
        "\0",
        "\u202eabc\u2066",
        "🐴🔋 'ß' \u0301",
    ];

    private readonly DataFolder _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task Nothing_that_is_typed_is_run_and_all_of_it_is_kept_as_it_is()
    {
        List<string> history;
        await using (Server server = await _kept.StartAsync("--registrations-per-address", "0", "--login-failures-per-account", "0", "--login-failures-per-address", "0"))
        {
            using Client alice = await DataFolder.RegisterAsync(server, "alice");
            await DataFolder.QuitAsync(await DataFolder.RegisterAsync(server, "dave"));
            using Client bob = await DataFolder.ConnectAsync(server, "bob");
            await alice.AskAsync("join den");
            using Client console = await _kept.ConsoleAsync();
            foreach ((int number, string text) in s_texts.Index())
            {
                await alice.TypeAsync($"needle{number} {text}");
                foreach (string command in (string[])["/search", "/topic", "/away", "/msg dave", "/login", "/whois", "/seen", "/history", "/room", "/ban dave", "/unban", "/kick bob", "/password", "/unregister", "/bans", "/delete"])
                {
                    await AskAsync(alice, $"{command} {text}");
                }

                foreach (string command in (string[])["ban 203.0.113.1 *", "mute dave *", "lock", "rename bob", "notice", "undo", "audit", "backup", "unmute", "connections", "register", "nick"])
                {
                    await AskAsync(console, $"{command} {text}");
                }

                await AskAsync(console, "unlock");
                await AskAsync(alice, $"/search needle{number}");
            }

            history = await AskAsync(alice, "/history 1000");
            Assert.Equal(s_texts.Length + 1, history.Count(line => line.StartsWith("History of ", StringComparison.Ordinal) || line.Contains("] alice needle", StringComparison.Ordinal)));
            Assert.Equal(["alice", "dave"], await WhoIsRegisteredAsync(server));
            Assert.DoesNotContain(server.Log, line => line.Contains(" error ", StringComparison.Ordinal));
            await DataFolder.KillAsync(server);
        }

        await _kept.CheckAsync();
        await using Server later = await _kept.StartAsync("--replay-lines", "0");
        using Client again = await DataFolder.LogInAsync(later, "alice");
        while (!(await again.ReadAsync())!.StartsWith("You are in #den ", StringComparison.Ordinal))
        {
        }

        Assert.Equal(history, await AskAsync(again, "/history 1000"));
        foreach ((int number, _) in s_texts.Index())
        {
            Assert.Contains($" alice needle{number} ", (await AskAsync(again, $"/search needle{number}"))[1] + " ", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_password_of_16_KiB_is_refused_in_a_line_wherever_it_is_given()
    {
        string huge = new('x', LongestLine - 100);
        await using Server server = await _kept.StartAsync("--max-line-bytes", $"{LongestLine}");
        using Client alice = await DataFolder.ConnectAsync(server, "alice");
        Assert.Equal($"Line too long (limit {LongestLine} bytes).", await alice.AskAsync("register " + new string('x', Huge)));
        const string TooLong = "Password too long (limit 1024 bytes).";
        Assert.Equal(TooLong, await alice.AskAsync("register " + huge));
        Assert.Equal("Password:", await alice.AskAsync("register"));
        Assert.Equal(TooLong, await alice.AskAsync(huge));
        await DataFolder.RegisterAsync(alice, "alicia");
        Assert.Equal(TooLong, await alice.AskAsync($"password {DataFolder.Password} {huge}"));
        Assert.Equal(TooLong, await alice.AskAsync($"password {huge} {DataFolder.Password}"));
        Assert.Equal(TooLong, await alice.AskAsync($"unregister {huge}"));
        using Client bob = await server.ConnectAsync();
        Assert.Equal(TooLong, await bob.AskAsync($"login alicia {huge}"));
        Assert.Equal("Wrong name or password.", await bob.AskAsync($"login {huge} {DataFolder.Password}"));
        Assert.Equal("Online users: alicia", await bob.AskAsync("w"));
        Assert.DoesNotContain(server.Log, line => line.Contains(" error ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_NUL_in_a_password_does_not_end_it()
    {
        await using Server server = await _kept.StartAsync();
        using Client alice = await DataFolder.ConnectAsync(server, "alice");
        await alice.SendAsync(Encoding.UTF8.GetBytes("register correct\0-horse-battery\n"));
        string answer = (await alice.ReadAsync())!;
        using Client thief = await server.ConnectAsync();

        Assert.NotEqual("You are logged in as alice.", await thief.AskAsync("login alice correct"));
        Assert.DoesNotContain("Internal", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log, line => line.Contains("horse", StringComparison.Ordinal));
    }

    private static async Task<List<string>> AskAsync(Client client, string question)
    {
        List<string> lines = [];
        string? line = await client.AskAsync(question);
        while (line is "Password:" or "Old password:" or "New password:")
        {
            line = await client.AskAsync("'; DROP TABLE account; --");
        }

        await client.TypeAsync("/history no-such-room");
        for (; line != "Room not found: no-such-room"; line = await client.ReadAsync())
        {
            lines.Add(line ?? throw new EndOfStreamException($"The server left at «{question}»."));
        }

        Assert.DoesNotContain(lines, each => each.Contains("Internal error", StringComparison.Ordinal) || each.Contains("took too long", StringComparison.Ordinal));
        return lines;
    }

    private static async Task<string[]> WhoIsRegisteredAsync(Server server)
    {
        List<string> found = [];
        using Client guest = await server.ConnectAsync();
        foreach (string name in (string[])["alice", "dave", "DROP"])
        {
            if ((await guest.AskAsync("nick " + name))!.StartsWith("Name is registered", StringComparison.Ordinal))
            {
                found.Add(name);
            }
        }

        return [.. found];
    }
}
