using System.Net.Sockets;
using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>Standard streams that are closed, read-only or full, as scripts and service managers leave them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StreamSpecs : IDisposable
{
    // What the shell does, and whether standard output and standard error can be written then.
    private static readonly (string Text, bool Output, bool Error)[] Redirections =
    [
        ("<&-", true, true), (">&-", false, true), ("2>&-", true, false), (">&- 2>&-", false, false),
        ("<&- >&- 2>&-", false, false), ("<&- 2>&-", true, false), ("1</dev/null", false, true), ("2</dev/null", true, false),
        ("1</dev/null 2</dev/null", false, false), (">/dev/full", false, true), ("2>/dev/full", true, false),
        (">/dev/full 2>/dev/full", false, false), ("<&- >/dev/full 2>&-", false, false), ("0>/dev/null", true, true), ("</", true, true),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    public static TheoryData<string> Streams => [.. Redirections.Select(redirection => redirection.Text)];

    private string SocketPath => Path.Combine(_folder, "chat.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Output_arrives_or_the_exit_code_says_that_it_did_not(string redirection)
    {
        bool isWritable = Redirections.Single(known => known.Text == redirection).Output;
        foreach (string flag in (string[])["--help", "--version", "--check"])
        {
            BufferedCommandResult result = await RunAsync(redirection, flag);

            Assert.Equal((flag, isWritable ? 0 : 1, isWritable), (flag, result.ExitCode, result.StandardOutput.Length > 0));
            Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Wrong_settings_are_refused_whether_or_not_the_reason_can_be_written(string redirection)
    {
        BufferedCommandResult result = await RunAsync(redirection, "--bogus");

        bool isWritable = Redirections.Single(known => known.Text == redirection).Error;
        string reason = isWritable ? "aotchat: --bogus: there is no such option; --help lists all\n" : "";
        Assert.Equal((2, "", reason), (result.ExitCode, result.StandardOutput, result.StandardError));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task The_server_runs_its_workers_too_and_no_log_line_reaches_a_user(string redirection)
    {
        using CancellationTokenSource end = new();
        CommandTask<CommandResult> server = Cli.Wrap("/bin/sh")
            .WithArguments(["-c", $"exec \"$@\" {redirection}", "sh", Executable.Path, "--host", $"unix:{SocketPath}", "--workers", "1", "--log-level", "debug"])
            .WithEnvironmentVariables(Server.WithoutSettings)
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(end.Token);
        await Wait.UntilAsync(() => server.Task.IsCompleted || CanConnect(), "it listens");
        Assert.False(server.Task.IsCompleted);
        using Client alice = await Client.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        await alice.ReadWelcomeAsync();
        using Client bob = await Client.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        await bob.ReadWelcomeAsync();

        await alice.TypeAsync($"fib {bob.Name} 10");

        Assert.Equal($"Fib result is delivered to {bob.Name}", await alice.ReadAsync());
        Assert.Equal("fib(10) = 55", await bob.ReadAsync());
        await Processes.SignalAsync(server.ProcessId, "TERM");
        Assert.Equal("Server is shutting down.", await bob.ReadAsync());
        Assert.Equal(0, (await server.Task.WaitAsync(Wait.Limit)).ExitCode);
    }

    private bool CanConnect()
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<BufferedCommandResult> RunAsync(string redirection, string flag)
    {
        using CancellationTokenSource limit = new(Wait.Limit);
        return await Cli.Wrap("/bin/sh")
            .WithArguments(["-c", $"exec \"$@\" {redirection}", "sh", Executable.Path, flag])
            .WithEnvironmentVariables(Server.WithoutSettings)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
    }
}
