using System.Globalization;
using System.Runtime.Versioning;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>A copy that is made while people talk and register: it is whole, and nothing that was promised before is missing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BackupSpecs : IDisposable
{
    private readonly DataFolder _kept = new();
    private readonly CancellationTokenSource _end = new();
    private int _accounts;
    private int _lines;

    public void Dispose()
    {
        _end.Dispose();
        _kept.Dispose();
    }

    [Fact]
    public async Task An_operators_copy_and_one_from_the_command_line_have_all_that_was_promised_before_they_began()
    {
        string other = Path.Combine(_kept.Folder, "copy.db");
        await using Server server = await _kept.StartAsync("--log-level", "warning");
        using Client console = await _kept.ConsoleAsync();
        Task load = await LoadAsync(server);
        for (int round = 0; round < 3; round++)
        {
            int next = _accounts + 3;
            await Wait.UntilAsync(() => _accounts >= next && _lines > 0, "some more are registered");
            (int accounts, int lines) = (_accounts, _lines);
            Assert.Equal($"The backup is complete: backups/copy{round}.db", await console.AskAsync($"backup copy{round}.db"));
            BufferedCommandResult copied = await Server.RunAsync(["--backup", other, "--data", _kept.Data]);
            Assert.Equal(($"Copied to {other}\n", 0), (copied.StandardOutput, copied.ExitCode));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(other));

            await AssertHasAsync(Path.Combine(_kept.Data, "backups", $"copy{round}.db"), accounts, lines);
            await AssertHasAsync(other, accounts, lines);
            File.Delete(other);
        }

        await _end.CancelAsync();
        await load;
        Assert.Empty(server.Complaints);
        Assert.Equal(["copy0.db", "copy1.db", "copy2.db"], Directory.EnumerateFileSystemEntries(Path.Combine(_kept.Data, "backups")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over()
    {
        string target = Path.Combine(_kept.Folder, "precious.txt");
        await File.WriteAllTextAsync(target, "precious");
        await using Server server = await _kept.StartAsync();
        using Client console = await _kept.ConsoleAsync();
        Assert.StartsWith("The backup is complete", await console.AskAsync("backup copy.db"), StringComparison.Ordinal);
        byte[] before = await File.ReadAllBytesAsync(Path.Combine(_kept.Data, "backups", "copy.db"));

        Assert.Equal("Cannot make a backup: there is a file copy.db already", await console.AskAsync("backup copy.db"));
        BufferedCommandResult refused = await Server.RunAsync(["--backup", target, "--data", _kept.Data]);

        Assert.Equal(($"aotchat: {target} is there already; give a new file\n", 1), (refused.StandardError, refused.ExitCode));
        Assert.Equal("precious", await File.ReadAllTextAsync(target));
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(_kept.Data, "backups", "copy.db")));
        foreach (string hostile in (string[])["../chat.db", "/tmp/x.db", ".hidden", "a/b"])
        {
            Assert.StartsWith("Cannot make a backup: give a name without /", await console.AskAsync("backup " + hostile), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_no_copy_can_be_made_one_sentence_says_why()
    {
        BufferedCommandResult nothing = await Server.RunAsync(["--backup", Path.Combine(_kept.Folder, "copy.db"), "--data", _kept.Data]);
        Assert.Equal(("aotchat: there is nothing to copy: nothing is kept on disk yet (option data)\n", 1), (nothing.StandardError, nothing.ExitCode));

        await using (Server server = await _kept.StartAsync())
        {
            await DataFolder.StopAsync(server);
        }

        BufferedCommandResult nowhere = await Server.RunAsync(["--backup", "/nowhere/copy.db", "--data", _kept.Data]);
        Assert.Equal(1, nowhere.ExitCode);
        Assert.Contains("aotchat: /nowhere/copy.db was not made: ", nowhere.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", nowhere.StandardError, StringComparison.Ordinal);
    }

    // One talks, one registers; what they count is promised.
    private async Task<Task> LoadAsync(Server server)
    {
        Client talker = await server.ConnectAsync();
        Client post = await DataFolder.RegisterAsync(server, "post");
        await DataFolder.QuitAsync(post);
        await talker.AskAsync("join den");
        return Task.WhenAll(TalkAsync(talker), RegisterAsync(server));
    }

    // A search is answered once all that was said before is written.
    private async Task TalkAsync(Client talker)
    {
        using (talker)
        {
            for (int i = 1; !_end.IsCancellationRequested; i++)
            {
                await talker.TypeAsync($"line {i}");
                Assert.Equal("Nothing found for no-such-word", await talker.AskAsync("/search no-such-word"));
                _lines = i;
            }
        }
    }

    private async Task RegisterAsync(Server server)
    {
        for (int i = 1; !_end.IsCancellationRequested; i++)
        {
            using Client client = await DataFolder.RegisterAsync(server, "n" + i);
            _accounts = i;
        }
    }

    private async Task AssertHasAsync(string copy, int accounts, int lines)
    {
        string data = Directory.CreateTempSubdirectory("aotchat-").FullName;
        try
        {
            File.Copy(copy, Path.Combine(data, "chat.db"));
            await _kept.CheckAsync(data);
            await using Server server = await Server.StartAsync("--data", data, "--workers", "1", "--password-iterations", "4096", "--replay-lines", "0", "--log-level", "warning");
            for (int i = 1; i <= accounts; i++)
            {
                using Client client = await DataFolder.LogInAsync(server, "n" + i);
            }

            using Client reader = await server.ConnectAsync();
            await reader.AskAsync("join den");
            string header = (await reader.AskAsync($"/history {lines}-{lines}"))!;
            Assert.StartsWith($"History of #den, lines {lines}-{lines} of 1-", header, StringComparison.Ordinal);
            Assert.EndsWith($" line {lines}", await reader.ReadAsync(), StringComparison.Ordinal);
            Assert.Equal(200, (await DataFolder.AskAllAsync(reader, "/history 1-200")).Count - 1 + Math.Max(0, 200 - Total(header)));
            Assert.Contains(await DataFolder.AskAllAsync(reader, $"/search \"line {lines}\""), found => found.Line.EndsWith($" line {lines}", StringComparison.Ordinal));
            Assert.Empty(server.Complaints);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static int Total(string header) => int.Parse(header[(header.LastIndexOf('-') + 1)..^1], CultureInfo.InvariantCulture);
}
