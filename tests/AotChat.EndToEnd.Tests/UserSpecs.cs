using System.Runtime.Versioning;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>Who the server is.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UserSpecs : IDisposable
{
    private const UnixFileMode Anybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    private string SocketPath => Path.Combine(_folder, "chat.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [RootFact]
    public async Task A_server_that_was_started_as_root_becomes_the_user_with_all_threads_workers_and_its_socket()
    {
        await using Server server = await Server.StartAsync("--workers", "2", "--user", "4321", "--host", $"unix:{SocketPath}");
        await server.WaitForWorkersAsync(2);

        string[] threads = Directory.GetDirectories($"/proc/{server.ProcessId}/task");
        Assert.All([.. threads, .. server.Workers.Select(worker => $"/proc/{worker}")], folder =>
        {
            string[] status = File.ReadAllLines(folder + "/status");
            Assert.Contains("Uid:\t4321\t4321\t4321\t4321", status);
            Assert.Contains("Gid:\t4321\t4321\t4321\t4321", status);
            Assert.Contains(status, line => line.StartsWith("Groups:", StringComparison.Ordinal) && line["Groups:".Length..].Trim().Length == 0);
            Assert.Contains(status, line => line == "CapEff:\t0000000000000000");
        });
        BufferedCommandResult owner = await CliWrap.Cli.Wrap("stat").WithArguments(["-c", "%u:%g %a", SocketPath]).ExecuteBufferedAsync();
        Assert.Equal("4321:4321 660\n", owner.StandardOutput);
        await server.WaitForLogAsync("Running as 4321");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        await alice.TypeAsync($"fib {bob.Name} 10");
        Assert.Equal("fib(10) = 55", await bob.ReadAsync());
    }

    [RootFact]
    public async Task A_server_that_runs_as_root_warns_once()
    {
        await using Server server = await Server.StartAsync("--workers", "1");

        await server.WaitForLogAsync("warning Running as root; use --user NAME");
        Assert.Single(server.Log, line => line.Contains("root", StringComparison.Ordinal));
    }

    [RootFact]
    public async Task A_server_that_is_not_started_as_root_cannot_change_its_user()
    {
        // Where everybody may run it: the solution may lie in a folder of root's.
        string executable = Path.Combine(_folder, "aotchat");
        File.Copy(Executable.Path, executable);
        File.SetUnixFileMode(_folder, Anybody);
        File.SetUnixFileMode(executable, Anybody);

        BufferedCommandResult result = await CliWrap.Cli.Wrap("setpriv")
            .WithArguments(["--reuid=4321", "--regid=4321", "--clear-groups", executable, "--port", "0", "--user", "4322"])
            .WithEnvironmentVariables(Server.WithoutSettings)
            .WithValidation(CliWrap.CommandResultValidation.None)
            .ExecuteBufferedAsync();

        Assert.Equal(
            (1, "aotchat: user: only root can become 4322; start the server as root, or as 4322 without this option\n"),
            (result.ExitCode, result.StandardError));
    }

    [Fact]
    public async Task A_server_with_an_unknown_user_does_not_start()
    {
        BufferedCommandResult result = await Server.RunAsync(["--user", "no-such-user"]);

        Assert.Equal((2, "aotchat: user: this machine has no user 'no-such-user'\n"), (result.ExitCode, result.StandardError));
    }
}
