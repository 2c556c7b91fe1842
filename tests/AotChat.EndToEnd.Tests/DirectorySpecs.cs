using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>Where the server keeps things, for whom, and what becomes of it where it can't.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DirectorySpecs : IDisposable
{
    private const string Warning = "Nothing is kept after a restart: ";
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly (string, string) s_noOption = ("CHAT_DATA", "default");

    private readonly DataFolder _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task A_second_server_on_a_directory_is_refused_by_name_and_process()
    {
        await using Server first = await _kept.StartAsync();

        BufferedCommandResult second = await Server.RunAsync(["--data", _kept.Data, "--port", "0"]);

        Assert.Equal($"aotchat: data: {_kept.Data} cannot be used: it is in use by aotchat (process {first.ProcessId})\n", second.StandardError);
        Assert.Equal(1, second.ExitCode);
        using Client alice = await DataFolder.RegisterAsync(first, "alice");
        await DataFolder.KillAsync(first);
        await using Server next = await _kept.StartAsync();
        using Client bob = await next.ConnectAsync();
        Assert.StartsWith("Name is registered: alice.", await bob.AskAsync("nick alice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_on_the_default_directory_warns_and_keeps_everything_in_memory()
    {
        (string, string) home = ("XDG_STATE_HOME", _kept.Folder);
        await using Server first = await Server.StartAsync(["--workers", "1"], s_noOption, home);
        string directory = Path.Combine(_kept.Folder, "aotchat");
        await first.WaitForLogAsync($"Accounts, rooms and history are kept in {directory}");

        await using Server second = await Server.StartAsync(["--workers", "1", "--password-iterations", "4096"], s_noOption, home);

        await second.WaitForLogAsync($"{Warning}{directory} cannot be used: it is in use by aotchat (process {first.ProcessId}); --data DIR chooses");
        Assert.DoesNotContain(second.Log, line => line.Contains("are kept in", StringComparison.Ordinal));
        using Client alice = await DataFolder.RegisterAsync(second, "alice");
        using Client bob = await first.ConnectAsync();
        Assert.Equal("You are now known as alice", await bob.AskAsync("nick alice"));
    }

    [Fact]
    public async Task Files_are_for_their_owner_alone()
    {
        await using Server server = await _kept.StartAsync();
        using Client console = await _kept.ConsoleAsync();
        Assert.StartsWith("The backup is complete", await console.AskAsync("backup copy.db"), StringComparison.Ordinal);

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_kept.Data));
        foreach (string file in Directory.EnumerateFiles(_kept.Data, "*", SearchOption.AllDirectories))
        {
            Assert.Equal((file, Owner), (file, File.GetUnixFileMode(file)));
        }

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_kept.Data, "backups")));
    }

    [Fact]
    public async Task The_directory_of_systemd_comes_before_the_one_of_the_user_and_the_option_before_both()
    {
        string systemd = Path.Combine(_kept.Folder, "systemd");
        (string, string)[] variables = [s_noOption, ("STATE_DIRECTORY", systemd + ":/nowhere"), ("XDG_STATE_HOME", _kept.Folder), ("HOME", "/nowhere")];
        await using Server first = await Server.StartAsync(["--workers", "1"], variables);
        await first.WaitForLogAsync($"are kept in {systemd}");
        await using Server second = await Server.StartAsync(["--workers", "1", "--data", _kept.Data], variables);
        await second.WaitForLogAsync($"are kept in {_kept.Data}");
        Assert.False(Directory.Exists(Path.Combine(_kept.Folder, "aotchat")));

        await using Server third = await Server.StartAsync(
            ["--workers", "1"], s_noOption, ("STATE_DIRECTORY", ""), ("XDG_STATE_HOME", "relative"), ("HOME", _kept.Folder));
        await third.WaitForLogAsync($"are kept in {_kept.Folder}/.local/state/aotchat");
    }

    [Theory]
    [InlineData("", "there is no home directory")]
    [InlineData("/proc", "/proc/.local/state/aotchat cannot be used: ")]
    [InlineData("/dev/null", "/dev/null/.local/state/aotchat cannot be used: ")]
    public async Task A_default_directory_that_is_of_no_use_is_a_warning(string home, string reason)
    {
        await using Server server = await Server.StartAsync(
            ["--workers", "1", "--password-iterations", "4096"], s_noOption, ("STATE_DIRECTORY", ""), ("XDG_STATE_HOME", ""), ("HOME", home));

        await server.WaitForLogAsync(Warning + reason);
        using Client alice = await DataFolder.RegisterAsync(server, "alice");
        await DataFolder.QuitAsync(alice);
        using Client again = await DataFolder.LogInAsync(server, "alice");
    }

    [Theory]
    [InlineData("/proc/data")]
    [InlineData("/dev/null")]
    [InlineData("/dev/null/data")]
    [InlineData("/etc/passwd")]
    public async Task A_directory_that_was_asked_for_and_is_of_no_use_is_one_sentence(string data)
    {
        BufferedCommandResult result = await Server.RunAsync(["--data", data, "--port", "0"]);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"aotchat: data: {data} cannot be used: ", result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.TrimEnd('\n').Split('\n'));
        Assert.Equal("", result.StandardOutput);
    }

    [RootFact]
    public async Task A_directory_that_can_only_be_read_is_refused_and_the_default_one_is_a_warning()
    {
        await using (Server server = await _kept.StartAsync())
        {
            await DataFolder.StopAsync(server);
        }

        string[] readOnly = ["-m", "/bin/sh", "-c", "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"", _kept.Data, Executable.Path];
        BufferedCommandResult result = await Cli.Wrap("unshare")
            .WithArguments([.. readOnly, "--data", _kept.Data, "--port", "0"])
            .WithEnvironmentVariables(Server.WithoutSettings)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"aotchat: data: {_kept.Data} cannot be used: ", result.StandardError, StringComparison.Ordinal);
        Assert.Contains("ead-only", result.StandardError, StringComparison.Ordinal);
        Assert.Single(result.StandardError.TrimEnd('\n').Split('\n'));

        await using StarvedServer starved = await StarvedServer.StartAsync(Lack.WritableRoot, "--data", "default", "--workers", "1");
        using Client alice = await starved.ConnectAsync();
        await Wait.UntilAsync(() => starved.Log.Contains(Warning, StringComparison.Ordinal), "it warns");
        Assert.Equal("You are now known as alice", await alice.AskAsync("nick alice"));
    }
}
