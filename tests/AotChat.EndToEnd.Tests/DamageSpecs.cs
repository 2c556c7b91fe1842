using System.Buffers.Binary;
using System.Security.Cryptography;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>What --check, and a start, say of files that are none of ours, or not sound; they change none of them.</summary>
public sealed class DamageSpecs : IDisposable
{
    // Where SQLite keeps them in the first page of a file; sqlite.org/fileformat2.html.
    private const int UserVersionAt = 60;
    private const int ApplicationIdAt = 68;
    private const int PageBytes = 4096;

    private readonly DataFolder _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task A_sound_file_is_told_by_its_size_and_format_and_not_touched()
    {
        await MakeAsync();
        string before = Fingerprint();

        Assert.Equal($"Kept on disk: {_kept.Database}: {new FileInfo(_kept.Database).Length / 1024} KiB, format 2\n", await _kept.CheckAsync());

        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task A_file_that_a_running_server_writes_is_checked_with_what_it_has_not_moved_yet()
    {
        await using Server server = await _kept.StartAsync();
        using Client alice = await DataFolder.RegisterAsync(server, "alice");

        Assert.StartsWith($"Kept on disk: {_kept.Database}: ", await _kept.CheckAsync(), StringComparison.Ordinal);
        Assert.Equal("Password changed.", await alice.AskAsync($"password {DataFolder.Password} battery-staple"));
    }

    [Fact]
    public async Task Where_nothing_is_kept_yet_nothing_is_made()
    {
        Assert.Equal("Kept on disk: nothing is kept on disk yet\n", await _kept.CheckAsync());
        Assert.False(Directory.Exists(_kept.Data));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_by_its_number()
    {
        await MakeAsync();
        Patch(UserVersionAt, 99);

        await AssertRefusedAsync("the file was written by a newer version of AotChat (its format is 99, this program knows 2)");
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        await MakeAsync();
        Patch(ApplicationIdAt, 0x47504B47);

        await AssertRefusedAsync("the file belongs to another program");
    }

    [Fact]
    public async Task A_text_file_is_no_database()
    {
        Directory.CreateDirectory(_kept.Data);
        await File.WriteAllTextAsync(_kept.Database, string.Concat(Enumerable.Repeat("This is not what you are looking for.\n", 1000)));

        await AssertRefusedAsync("the file is not a database");
    }

    [Fact]
    public async Task A_file_that_was_cut_is_damaged()
    {
        await MakeAsync();
        using (FileStream file = new(_kept.Database, FileMode.Open))
        {
            file.SetLength(file.Length / 2 / PageBytes * PageBytes);
        }

        await AssertCheckFindsAsync("");
    }

    // Page by page: each one overwritten once.
    [Fact]
    public async Task Wherever_a_page_is_overwritten_the_check_or_the_start_says_so_or_the_server_serves()
    {
        await MakeAsync();
        byte[] sound = await File.ReadAllBytesAsync(_kept.Database);
        int found = 0;
        int pages = sound.Length / PageBytes;
        for (int page = 0; page < pages; page++)
        {
            byte[] damaged = [.. sound];
            RandomNumberGenerator.Fill(damaged.AsSpan(page * PageBytes, PageBytes));
            await File.WriteAllBytesAsync(_kept.Database, damaged);
            string before = Fingerprint();

            BufferedCommandResult check = await Server.RunAsync(["--check", "--data", _kept.Data]);

            Assert.Equal(before, Fingerprint());
            Assert.Contains(check.ExitCode, (int[])[0, 1]);
            Assert.DoesNotContain("   at ", check.StandardError, StringComparison.Ordinal);
            found += check.ExitCode;
        }

        Assert.True(found >= pages / 2, $"{found} of {pages} damaged pages were found");
    }

    // Both roles, check and start, say it in a sentence and change nothing.
    private async Task AssertRefusedAsync(string reason)
    {
        string before = Fingerprint();
        await AssertCheckFindsAsync(reason);
        Assert.Equal(before, Fingerprint());

        BufferedCommandResult start = await Server.RunAsync(["--data", _kept.Data, "--port", "0"]);

        Assert.Equal(1, start.ExitCode);
        Assert.StartsWith($"aotchat: data: {_kept.Data} cannot be used: {reason}", start.StandardError, StringComparison.Ordinal);
        Assert.Single(start.StandardError.TrimEnd('\n').Split('\n'));
        Assert.Equal(before, Fingerprint());

        // Where nobody has asked for the directory, the chat goes on without it.
        string state = Path.GetDirectoryName(_kept.Data)!;
        Directory.Move(_kept.Data, Path.Combine(state, "aotchat"));
        await using Server server = await Server.StartAsync(["--workers", "1"], ("CHAT_DATA", "default"), ("XDG_STATE_HOME", state), ("STATE_DIRECTORY", ""));
        await server.WaitForLogAsync($"Nothing is kept after a restart: {state}/aotchat cannot be used: {reason}");
    }

    private async Task AssertCheckFindsAsync(string reason)
    {
        BufferedCommandResult check = await Server.RunAsync(["--check", "--data", _kept.Data]);
        Assert.Equal(1, check.ExitCode);
        Assert.StartsWith($"aotchat: data: {_kept.Database}", check.StandardError, StringComparison.Ordinal);
        Assert.Contains(reason, check.StandardError, StringComparison.Ordinal);
        Assert.Single(check.StandardError.TrimEnd('\n').Split('\n'));
    }

    private async Task MakeAsync()
    {
        await using Server server = await _kept.StartAsync();
        using Client alice = await DataFolder.RegisterAsync(server, "alice");
        await alice.AskAsync("join den");
        await alice.TypeAsync(string.Join('\n', Enumerable.Range(0, 100).Select(i => $"line {i} about something")));
        Assert.Equal("Topic of #den: dens", await alice.AskAsync("/topic dens"));
        await DataFolder.StopAsync(server);
    }

    private void Patch(int at, int number)
    {
        using FileStream file = new(_kept.Database, FileMode.Open);
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        file.Position = at;
        file.Write(bytes);
    }

    // All files but the lock, which is nobody's content, and their bytes.
    private string Fingerprint() => string.Join('\n', Directory.EnumerateFiles(_kept.Data).Order(StringComparer.Ordinal)
        .Where(file => Path.GetFileName(file) != "lock")
        .Select(file => $"{file} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}"));
}
