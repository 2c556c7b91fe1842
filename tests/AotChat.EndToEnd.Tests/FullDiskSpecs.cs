using System.Globalization;
using CliWrap;

namespace AotChat.EndToEnd.Tests;

/// <summary>A disk that takes no more, for a while: people talk on, nobody is promised anything, and afterwards nothing is missing.</summary>
public sealed class FullDiskSpecs : IDisposable
{
    private const string Failing = "Nothing can be written to disk: ";
    private const string Recovered = "The disk takes everything again, after ";
    private const int Lines = 50;

    private readonly DataFolder _kept = new();

    public void Dispose() => _kept.Dispose();

    [RootFact]
    public async Task A_file_system_that_fills_up_refuses_promises_and_loses_no_line()
    {
        Directory.CreateDirectory(_kept.Data);
        await using Server server = await Server.StartOnSmallDiskAsync(_kept.Data, "2m", _kept.Arguments);
        string disk = $"/proc/{server.ProcessId}/root{_kept.Data}";
        string ballast = Path.Combine(disk, "ballast");
        await TalkThroughAsync(server, "the disk is full", () => Fill(ballast), () => File.Delete(ballast));

        // The disk is gone with its server: what it holds is copied.
        string copy = Directory.CreateDirectory(Path.Combine(_kept.Folder, "copy")).FullName;
        foreach (string file in (string[])["chat.db", "chat.db-wal"])
        {
            File.Copy(Path.Combine(disk, file), Path.Combine(copy, file));
        }

        await DataFolder.KillAsync(server);
        await LookAsync(copy);
    }

    [Fact]
    public async Task A_file_that_may_not_grow_is_the_same()
    {
        await using (Server server = await _kept.StartAsync())
        {
            await TalkThroughAsync(server, "the disk reports an error", () => LimitAsync(server, "4096").Wait(), () => LimitAsync(server, "unlimited").Wait());
            await DataFolder.KillAsync(server);
        }

        await LookAsync(_kept.Data);
    }

    [Fact]
    public async Task A_server_that_is_stopped_while_the_disk_fails_says_what_is_not_kept()
    {
        await using Server server = await _kept.StartAsync("--drain-seconds", "1");
        using Client alice = await DataFolder.ConnectAsync(server, "alice");
        await alice.AskAsync("join den");
        await LimitAsync(server, "4096");
        await alice.TypeAsync("lost");
        await server.WaitForLogAsync(Failing);

        await Processes.SignalAsync(server.ProcessId, "TERM");
        await server.WaitForExitAsync();

        Assert.Contains(server.Log, line => line.Contains("What was said last is not on disk", StringComparison.Ordinal));
    }

    private async Task TalkThroughAsync(Server server, string reason, Action breakDisk, Action mendDisk)
    {
        using Client alice = await DataFolder.RegisterAsync(server, "alice");
        await DataFolder.QuitAsync(await DataFolder.RegisterAsync(server, "dave"));
        using Client bob = await DataFolder.ConnectAsync(server, "bob");
        await alice.AskAsync("join den");
        await bob.AskAsync("join den");
        await alice.ReadAsync();
        await SayAsync(alice, bob, "before");
        Assert.StartsWith("User dave is not here; kept", await bob.AskAsync("/msg dave before"), StringComparison.Ordinal);

        breakDisk();
        await SayAsync(alice, bob, "during");
        await server.WaitForLogAsync($"{Failing}{reason}. The chat goes on; what is said waits in memory");
        string refusal = $"Not done: nothing can be kept at present ({reason}). Try again later.";
        Assert.Equal(refusal, await bob.AskAsync("/register " + DataFolder.Password));
        Assert.Equal(refusal, await bob.AskAsync("/msg dave during"));
        Assert.Equal(refusal, await alice.AskAsync("/room topic-lock on"));
        using (Client console = await _kept.ConsoleAsync())
        {
            Assert.Equal(refusal, await console.AskAsync("ban 203.0.113.7 1h"));
            Assert.Contains(await DataFolder.AskAllAsync(console, "stats"), answer => answer.Line.Contains(reason, StringComparison.Ordinal));
        }

        await SayAsync(alice, bob, "still");
        Assert.Contains("#den [" + (3 * Lines).ToString(CultureInfo.InvariantCulture), (await DataFolder.AskAllAsync(bob, "/history 1"))[1].Line, StringComparison.Ordinal);

        mendDisk();
        await server.WaitForLogAsync(Recovered);
        Assert.StartsWith("You are registered and logged in as bob.", await bob.AskAsync("/register " + DataFolder.Password), StringComparison.Ordinal);
        Assert.StartsWith("User dave is not here; kept", await bob.AskAsync("/msg dave after"), StringComparison.Ordinal);
        await SayAsync(alice, bob, "after");
        Assert.Equal("Room #den: topic-lock is on now, by alice.", await alice.AskAsync("/room topic-lock on"));
        using (Client console = await _kept.ConsoleAsync())
        {
            Assert.DoesNotContain(await DataFolder.AskAllAsync(console, "stats"), answer => answer.Line.Contains(reason, StringComparison.Ordinal));
        }

        Assert.Single(server.Log, line => line.Contains(Failing, StringComparison.Ordinal));
        Assert.Single(server.Log, line => line.Contains(Recovered, StringComparison.Ordinal));
    }

    private static async Task SayAsync(Client alice, Client bob, string word)
    {
        for (int i = 0; i < Lines; i++)
        {
            await alice.TypeAsync($"{word} {i}");
            Assert.Equal($"#den alice {word} {i}", await bob.ReadAsync());
        }
    }

    // What was said before, during and after is there, and what was refused is not.
    private static async Task LookAsync(string data)
    {
        await using Server server = await Server.StartAsync("--data", data, "--workers", "1", "--replay-lines", "0", "--password-iterations", "4096");
        using Client bob = await DataFolder.LogInAsync(server, "bob");
        Assert.StartsWith("You are in #den", await bob.ReadAsync(), StringComparison.Ordinal);
        string[] words = ["before", "during", "still", "after"];
        Assert.Equal($"History of #den, lines 1-{words.Length * Lines} of 1-{words.Length * Lines}:", await bob.AskAsync("/history 1-1000"));
        for (int i = 0; i < words.Length * Lines; i++)
        {
            Assert.Equal($"#den [{i + 1}] alice {words[i / Lines]} {i % Lines}", await bob.ReadAsync());
        }

        using Client dave = await DataFolder.LogInAsync(server, "dave");
        Assert.Equal("Messages that were kept for you: 2", await dave.ReadAsync());
        Assert.EndsWith(" before", await dave.ReadAsync(), StringComparison.Ordinal);
        Assert.EndsWith(" after", await dave.ReadAsync(), StringComparison.Ordinal);
    }

    private static void Fill(string path)
    {
        byte[] block = new byte[4096];
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static async Task LimitAsync(Server server, string bytes) => await Cli.Wrap("prlimit")
        .WithArguments(["--pid", server.ProcessId.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:"])
        .ExecuteAsync();
}
