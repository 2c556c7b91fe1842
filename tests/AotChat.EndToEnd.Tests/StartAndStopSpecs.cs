using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>What the one who runs the server sees.</summary>
public sealed class StartAndStopSpecs
{
    [Fact]
    public async Task An_alarm_set_by_another_program_does_not_end_the_server()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        await Processes.SignalAsync(server.ProcessId, "ALRM");

        Assert.Equal("No other user is connected.", await alice.AskAsync("w"));
        Assert.Empty(server.Complaints);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_the_server_in_order(string signal)
    {
        await using Server server = await Server.StartAsync("--workers", "2");
        await server.WaitForWorkersAsync(2);
        int[] workers = server.Workers;
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();

        await Processes.SignalAsync(server.ProcessId, signal);

        Assert.Equal("Server is shutting down.", await alice.ReadAsync());
        Assert.Null(await alice.ReadAsync());
        Assert.Equal("Server is shutting down.", await bob.ReadAsync());
        Assert.Null(await bob.ReadAsync());
        Assert.Equal(0, await server.WaitForExitAsync());
        Assert.DoesNotContain(workers, Processes.IsAlive);
        Assert.Contains(server.Log, line => line.EndsWith("Stopped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_signal_stops_the_server_at_once()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--outbox-soft", "100000000", "--outbox-hard", "100000000");
        using Client stuck = await server.ConnectAsync();
        using Client sender = await server.ConnectAsync();

        // So much waits for one who does not read that an orderly end would take its whole time limit.
        byte[] lines = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("broadcast " + new string('x', 4_000) + "\n", 5_000)));
        await sender.SendAsync(lines);
        Assert.Equal("No other user is connected.", (await sender.AskAsync("w"))!.Replace("Online users: u1000", "No other user is connected.", StringComparison.Ordinal));
        await Processes.SignalAsync(server.ProcessId, "TERM");
        Assert.Equal("Server is shutting down.", await sender.ReadAsync());

        // Within a second it would be the same signal, sent twice.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        await Processes.SignalAsync(server.ProcessId, "TERM");

        Assert.Equal(128 + 15, await server.WaitForExitAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line()
    {
        await using Server server = await Server.StartAsync("--workers", "1");

        BufferedCommandResult result = await Server.RunAsync(["--port", server.Port.ToString(CultureInfo.InvariantCulture)]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"aotchat: cannot listen on {server.EndPoint}: Address already in use\n", result.StandardError);
        Assert.Empty(result.StandardOutput);
    }

    [Theory]
    [InlineData("--prot 1", "aotchat: --prot: there is no such option. Did you mean --port?\n")]
    [InlineData("--port x", "aotchat: --port: 'x' is not allowed; use a whole number from 0 to 65535\n")]
    [InlineData("--workers 0 --check", "aotchat: --workers: '0' is not allowed; use a whole number from 1 to 256\n")]
    [InlineData("--config /no/such.ini", "aotchat: --config: /no/such.ini cannot be read: No such file or directory\n")]
    public async Task Wrong_settings_start_nothing(string arguments, string problem)
    {
        BufferedCommandResult result = await Server.RunAsync(arguments.Split(' '));

        Assert.Equal((2, "", problem), (result.ExitCode, result.StandardOutput, result.StandardError));
    }

    [Fact]
    public async Task Wrong_variables_start_nothing()
    {
        BufferedCommandResult result = await Server.RunAsync([], ("CHAT_PROT", "1"), ("CHAT_WORKERS", "many"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("aotchat: CHAT_PROT: there is no such option. Did you mean CHAT_PORT?\n", result.StandardError, StringComparison.Ordinal);
        Assert.Contains("aotchat: CHAT_WORKERS: 'many' is not allowed; use a whole number from 1 to 256\n", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_starts_despite_other_programs_variables_and_warns_of_unknown_ones()
    {
        (string, string)[] environment =
        [
            ("CHAT_PORT", "tcp://10.0.0.1:1235"), ("CHAT_PORT_1235_TCP_ADDR", "10.0.0.1"), ("CHAT_SERVICE_HOST", "10.0.0.1"),
            ("CHAT_API_KEY", "secret"), ("CHAT_WORKERS", ""),
        ];
        await using Server server = await Server.StartAsync(["--workers", "1"], environment);
        BufferedCommandResult check = await Server.RunAsync(["--check"], environment);

        await server.WaitForLogAsync("warning CHAT_API_KEY is ignored, since there is no such option; --help lists all");
        Assert.DoesNotContain(server.Log, line => line.Contains("secret", StringComparison.Ordinal) || line.Contains("SERVICE", StringComparison.Ordinal));
        Assert.Equal((0, "aotchat: CHAT_API_KEY is ignored, since there is no such option; --help lists all\n"), (check.ExitCode, check.StandardError));
    }

    [Theory]
    [InlineData("ulimit -d 16000", 1, "aotchat: not enough memory to start: the limit on memory (ulimit -d, ulimit -v) or on processes and threads (ulimit -u) is too low\n")]
    [InlineData("ulimit -n 5", 1, "aotchat: cannot start: Too many open files\n")]
    public async Task A_limit_that_is_too_low_is_reported_in_one_sentence(string limit, int code, string problem)
    {
        BufferedCommandResult result = await Cli.Wrap("/bin/sh")
            .WithArguments(["-c", $"{limit} && exec \"$@\"", "sh", Executable.Path, "--port", "0", "--workers", "1", "--log-level", "error"])
            .WithEnvironmentVariables(Server.WithoutSettings)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

        Assert.Equal((code, "", problem), (result.ExitCode, result.StandardOutput, result.StandardError));
    }

    [Fact]
    public async Task Check_shows_the_settings_of_all_layers()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "workers = 3\n");

        BufferedCommandResult result = await Server.RunAsync(["--check", "--port", "7"], ("CHAT_CONFIG", file), ("CHAT_MAX_CONNECTIONS", "50"));

        File.Delete(file);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"(?m)^port +7 +--port$", result.StandardOutput);
        Assert.Matches(@"(?m)^workers +3 +.*:1$", result.StandardOutput);
        Assert.Matches(@"(?m)^max-connections +50 +CHAT_MAX_CONNECTIONS$", result.StandardOutput);
    }

    [Theory]
    [InlineData("--help", "Usage: aotchat")]
    [InlineData("--version", "aotchat ")]
    public async Task A_flag_for_help_or_the_version_prints_it_and_exits(string flag, string text)
    {
        BufferedCommandResult result = await Server.RunAsync([flag]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(text, result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_can_be_json()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--log-format", "json", "--log-level", "debug");
        using Client alice = await server.ConnectAsync();

        await Wait.UntilAsync(() => server.Log.Any(line => line.Contains(": u1000 joined", StringComparison.Ordinal)), "the log entry");
        Assert.All(server.Log, line => Assert.Equal(System.Text.Json.JsonValueKind.Object, System.Text.Json.JsonDocument.Parse(line).RootElement.ValueKind));
    }

    [Fact]
    public async Task The_server_is_a_native_executable()
    {
        byte[] start = new byte[4];
        await using FileStream file = File.OpenRead(Executable.Path);
        await file.ReadExactlyAsync(start);

        Assert.Equal("\u007fELF"u8.ToArray(), start);
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(Executable.Path)!, "aotchat.dll")));
    }
}
