using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>The bench against the published binary, as briefly as it goes: that it counts, not what.</summary>
public sealed class BenchSpecs
{
    [Fact]
    public async Task The_bench_loses_no_message_and_reports_that_in_json()
    {
        BufferedCommandResult result = await RunAsync(
            "--json", "--runs", "1", "--seconds", "0.3", "--scenario", "paced", "--scenario", "direct", "--scenario", "jobs");

        Assert.Equal(0, result.ExitCode);
        JsonElement[] scenarios = [.. JsonDocument.Parse(result.StandardOutput).RootElement.GetProperty("scenarios").EnumerateArray()];
        Assert.Equal(["paced", "direct", "jobs"], scenarios.Select(scenario => scenario.GetProperty("name").GetString()));
        Assert.All(scenarios[..2], scenario =>
        {
            JsonElement messages = scenario.GetProperty("messages");
            Assert.True(messages.GetProperty("expected").GetInt64() > 0);
            Assert.Equal(messages.GetProperty("expected").GetInt64(), messages.GetProperty("received").GetInt64());
            Assert.True(scenario.GetProperty("floor").GetProperty("CPU µs/delivery").GetDouble() > 0);
        });
    }

    [Fact]
    public async Task A_scenario_that_does_not_exist_is_named()
    {
        BufferedCommandResult result = await RunAsync("--scenario", "walking");

        Assert.Equal((2, "bench: there is no scenario 'walking'; --list shows all\n"), (result.ExitCode, result.StandardError));
    }

    [Fact]
    public async Task The_bench_fails_when_the_server_cannot_be_started()
    {
        BufferedCommandResult result = await RunAsync("--scenario", "churn", "--server", "/nonexistent/aotchat");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("bench: ", result.StandardError, StringComparison.Ordinal);
    }

    private static async Task<BufferedCommandResult> RunAsync(params string[] arguments)
    {
        using CancellationTokenSource limit = new(Wait.Limit);
        return await Cli.Wrap(Executable.Bench)
            .WithArguments(["--server", Executable.Path, .. arguments])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
    }
}
