namespace AotChat.EndToEnd.Tests;

/// <summary>Jobs when the server stops, and when its settings change.</summary>
public sealed class DrainSpecs
{
    private const string Farewell = "Server is shutting down.";

    [Fact]
    public async Task Running_jobs_are_delivered_and_waiting_ones_refused_before_a_stop()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        await alice.TypeAsync("sleep 700");
        await server.WaitForBusyWorkerAsync();
        await bob.TypeAsync("sleep 1");
        Assert.StartsWith("Job 2: ", await bob.AskAsync("jobs"), StringComparison.Ordinal);

        await Processes.SignalAsync(server.ProcessId, "TERM");

        Assert.Equal("failed: cancelled: server is shutting down", await bob.ReadAsync());
        Assert.Equal("slept", await alice.ReadAsync());
        Assert.Equal(Farewell, await alice.ReadAsync());
        Assert.Equal(Farewell, await bob.ReadAsync());
        Assert.Null(await alice.ReadAsync());
        Assert.Equal(0, await server.WaitForExitAsync());
    }

    [Fact]
    public async Task While_jobs_finish_no_new_ones_are_taken_and_the_chat_goes_on()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        await alice.TypeAsync("sleep 700");
        await server.WaitForBusyWorkerAsync();
        await Processes.SignalAsync(server.ProcessId, "TERM");
        await server.WaitForLogAsync("Stopping: SIGTERM");

        Assert.Equal("failed: cancelled: server is shutting down", await bob.AskAsync("sleep 1"));
        Assert.Equal("Message is delivered to u1000", await bob.AskAsync("msg u1000 still here"));
    }

    [Fact]
    public async Task A_job_that_does_not_finish_is_ended_with_its_worker()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1", "--drain-seconds", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("burn 60000");
        int worker = await server.WaitForBusyWorkerAsync();

        await Processes.SignalAsync(server.ProcessId, "TERM");

        Assert.Equal("failed: cancelled: server is shutting down", await alice.ReadAsync());
        Assert.Equal(Farewell, await alice.ReadAsync());
        Assert.Equal(0, await server.WaitForExitAsync());
        Assert.False(Processes.IsAlive(worker));
    }

    [Fact]
    public async Task A_second_signal_does_not_wait_for_jobs()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("burn 60000");
        int worker = await server.WaitForBusyWorkerAsync();
        await Processes.SignalAsync(server.ProcessId, "TERM");
        await server.WaitForLogAsync("Stopping: SIGTERM");

        // Within a second it would be the same signal, sent twice.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        await Processes.SignalAsync(server.ProcessId, "TERM");

        Assert.Equal(128 + 15, await server.WaitForExitAsync());
        await Wait.UntilAsync(() => !Processes.IsAlive(worker), "the worker is gone with it");
    }

    [Fact]
    public async Task Ctrl_C_reaches_all_processes_and_ends_in_order()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("sleep 700");
        int worker = await server.WaitForBusyWorkerAsync();

        // As a terminal does: to each process of the group.
        await Processes.SignalAsync(worker, "INT");
        await Processes.SignalAsync(server.ProcessId, "INT");

        Assert.Equal("slept", await alice.ReadAsync());
        Assert.Equal(Farewell, await alice.ReadAsync());
        Assert.Equal(0, await server.WaitForExitAsync());
    }

    [Fact]
    public async Task The_number_of_workers_follows_the_file_while_the_server_runs()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "workers = 2\n");
        await using Server server = await Server.StartTestServerAsync("--config", file);
        using Client alice = await server.ConnectAsync();
        await server.WaitForWorkersAsync(2);

        await ReloadAsync(server, file, "workers = 5\nbacklog = 9\n");
        await server.WaitForWorkersAsync(5);
        await server.WaitForLogAsync("workers is now 5; it was 2");
        await server.WaitForLogAsync("backlog = 9 takes effect after a restart");

        await ReloadAsync(server, file, "workers = many\n");
        await server.WaitForLogAsync("The settings were not changed: ");
        Assert.Equal(5, server.Workers.Length);

        // Fewer of them, but not before their jobs are done.
        await alice.TypeAsync("sleep 500");
        int busy = await server.WaitForBusyWorkerAsync();
        await ReloadAsync(server, file, "workers = 1\n");
        Assert.Equal("slept", await alice.ReadAsync());
        await server.WaitForWorkersAsync(1);
        Assert.DoesNotContain(busy, server.Workers);
        Assert.Equal("slept", await alice.AskAsync("sleep 1"));
        Assert.DoesNotContain(server.Log, line => line.Contains("a new one replaces it", StringComparison.Ordinal));
        File.Delete(file);
    }

    private static async Task ReloadAsync(Server server, string file, string text)
    {
        await File.WriteAllTextAsync(file, text);
        await Processes.SignalAsync(server.ProcessId, "HUP");
    }
}
