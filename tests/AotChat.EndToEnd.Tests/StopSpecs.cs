using System.Globalization;
using System.Net.Sockets;
using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>A stop always ends, whatever has happened to what the server holds.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StopSpecs : IDisposable
{
    private const string Farewell = "Server is shutting down.";

    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    private string SocketFolder => Path.Combine(_folder, "run");

    private string SocketPath => Path.Combine(SocketFolder, "chat.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rm -r \"$1\"")]
    [InlineData("rm \"$1/chat.sock\"")]
    [InlineData("rm \"$1/chat.sock\" && mkdir \"$1/chat.sock\"")]
    [InlineData("rm \"$1/chat.sock\" && echo precious >\"$1/chat.sock\"")]
    [InlineData("chmod a-w \"$1\"")]
    public async Task A_server_stops_whatever_became_of_the_file_of_its_socket(string harm)
    {
        Directory.CreateDirectory(SocketFolder);
        await using Server server = await Server.StartAsync("--workers", "1", "--host", $"127.0.0.1,unix:{SocketPath}");
        using Client alice = await server.ConnectAsync();
        await Cli.Wrap("/bin/sh").WithArguments(["-c", harm, "sh", SocketFolder]).ExecuteAsync();

        await Processes.SignalAsync(server.ProcessId, "TERM");

        Assert.Equal(Farewell, await alice.ReadAsync());
        Assert.Null(await alice.ReadAsync());
        Assert.Equal(0, await server.WaitForExitAsync());
    }

    [Fact]
    public async Task The_old_server_leaves_the_socket_of_the_new_one()
    {
        Directory.CreateDirectory(SocketFolder);
        await using Server old = await Server.StartAsync("--workers", "1", "--host", $"unix:{SocketPath}");
        File.Delete(SocketPath);
        await using Server current = await Server.StartAsync("--workers", "1", "--host", $"unix:{SocketPath}");

        await Processes.SignalAsync(old.ProcessId, "TERM");
        Assert.Equal(0, await old.WaitForExitAsync());

        using Client client = await Client.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        await client.ReadWelcomeAsync();
    }

    [Fact]
    public async Task Two_signals_in_one_instant_count_as_one()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        string process = server.ProcessId.ToString(CultureInfo.InvariantCulture);

        await Cli.Wrap("kill").WithArguments(["-TERM", process, process]).ExecuteAsync();

        Assert.Equal(Farewell, await alice.ReadAsync());
        Assert.Equal(0, await server.WaitForExitAsync());
        Assert.Contains(server.Log, line => line.EndsWith("Stopped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_whose_terminal_was_closed_stops()
    {
        await using Server server = await Server.StartInWindowAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        await Processes.SignalAsync(server.ProcessId, "KILL");

        Assert.Equal(Farewell, await alice.ReadAsync());
        await server.WaitForExitAsync();
        Assert.Contains(server.Log, line => line.EndsWith("Stopping: SIGHUP, the terminal was closed", StringComparison.Ordinal));
        Assert.Contains(server.Log, line => line.EndsWith("Stopped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_welcomed_while_the_server_waits_for_jobs_to_end()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("sleep 700");
        await server.WaitForBusyWorkerAsync();

        await Processes.SignalAsync(server.ProcessId, "TERM");
        await server.WaitForLogAsync("Stopping: SIGTERM");

        string late = "";
        try
        {
            using Client bob = await Client.ConnectAsync(server.EndPoint);
            late = await bob.ReadToEndAsync();
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            // The port is closed already, or was just then.
        }

        Assert.DoesNotContain("Welcome", late, StringComparison.Ordinal);
        Assert.Equal("slept", await alice.ReadAsync());
        Assert.Equal(Farewell, await alice.ReadAsync());
        Assert.Equal(0, await server.WaitForExitAsync());
    }

    [Fact]
    public async Task A_worker_that_is_stopped_does_not_hold_the_server()
    {
        await using Server server = await Server.StartAsync("--workers", "2", "--drain-seconds", "1");
        await server.WaitForWorkersAsync(2);
        await Processes.SignalAsync(server.Workers[0], "STOP");

        await Processes.SignalAsync(server.ProcessId, "TERM");

        Assert.Equal(0, await server.WaitForExitAsync());
    }

    [Fact]
    public async Task A_server_with_too_few_files_for_its_workers_does_not_start_and_says_how_many_it_needs()
    {
        BufferedCommandResult result = await Cli.Wrap("/bin/sh")
            .WithArguments(["-c", "ulimit -n 256 && exec \"$@\"", "sh", Executable.Path, "--port", "0", "--workers", "60"])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.StandardOutput);
        Assert.Matches(
            @"\Aaotchat: this process may open only 256 files, but needs \d+ for 60 workers and 8 connections; raise the limit \(ulimit -n \d+\) or lower workers\n\z",
            result.StandardError);
    }

    [Fact]
    public async Task A_server_with_few_files_serves_as_many_connections_as_its_warning_says()
    {
        const int Files = 64;
        await using Server server = await Server.StartWithFilesAsync(Files, "--workers", "1");
        await server.WaitForLogAsync($"This process can open only {Files} files, enough for ");
        await server.WaitForWorkersAsync(1);
        string warning = server.Log.First(line => line.Contains("enough for", StringComparison.Ordinal));
        int room = int.Parse(warning.Split("enough for ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        List<Client> clients = [];
        for (int i = 0; i < room; i++)
        {
            clients.Add(await server.ConnectAsync());
        }

        using Client more = await Client.ConnectAsync(server.EndPoint);
        Assert.Equal("Server is full.", await more.ReadAsync());

        // What was set aside is enough for a worker that dies.
        int worker = server.Workers[0];
        await Processes.SignalAsync(worker, "KILL");
        await Wait.UntilAsync(() => server.Workers.Any(process => process != worker), "there is another one");
        Assert.Equal("fib(7) = 13", await clients[0].AskAsync($"fib {clients[0].Name} 7"));
        Assert.DoesNotContain(server.Log, line => line.Contains("Cannot accept", StringComparison.Ordinal));
        clients.ForEach(client => client.Dispose());
    }
}
