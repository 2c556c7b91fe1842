namespace AotChat.EndToEnd.Tests;

/// <summary>Processes that are stopped: workers, and the server itself.</summary>
public sealed class WorkerHangSpecs
{
    [Fact]
    public async Task Workers_that_fall_silent_are_replaced_and_the_job_is_answered()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2", "--job-soft-seconds", "60", "--log-level", "debug");
        using Client alice = await server.ConnectAsync();
        await Wait.UntilAsync(() => server.Log.Count(line => line.Contains("is ready after", StringComparison.Ordinal)) == 2, "both workers are ready");
        await alice.TypeAsync("sleep 500");
        int busy = await server.WaitForBusyWorkerAsync();
        int idle = server.Workers.Single(worker => worker != busy);

        await Processes.SignalAsync(busy, "STOP");
        await Processes.SignalAsync(idle, "STOP");

        Assert.Equal("slept", await alice.ReadAsync());
        await Wait.UntilAsync(() => server.Log.Count(line => line.Contains("it was silent for too long", StringComparison.Ordinal)) == 2, "both are found out");
        await server.WaitForWorkersAsync(2);
        Assert.DoesNotContain(server.Workers, worker => worker == busy || worker == idle);
    }

    [Fact]
    public async Task The_job_of_a_stopped_worker_is_answered_by_another_one_though_its_time_is_over()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1", "--job-soft-seconds", "1", "--job-grace-seconds", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("sleep 500");
        int busy = await server.WaitForBusyWorkerAsync();

        await Processes.SignalAsync(busy, "STOP");

        Assert.Equal("slept", await alice.ReadAsync());
        await server.WaitForLogAsync("it does not answer");
        Assert.Equal("failed: timed out", await alice.AskAsync("burn 3000"));
        Assert.Equal("slept", await alice.AskAsync("sleep 1"));
    }

    [Fact]
    public async Task A_server_that_was_stopped_counts_no_job_and_no_worker_as_late()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1", "--job-soft-seconds", "2", "--job-grace-seconds", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("burn 1000");
        int worker = await server.WaitForBusyWorkerAsync();

        // Longer than the job may take, and longer than the process may be silent about it.
        await Processes.SignalAsync(server.ProcessId, "STOP");
        await Processes.SignalAsync(worker, "STOP");
        using (PeriodicTimer timer = new(TimeSpan.FromSeconds(5)))
        {
            await timer.WaitForNextTickAsync();
        }

        await Processes.SignalAsync(server.ProcessId, "CONT");
        await Processes.SignalAsync(worker, "CONT");

        Assert.Equal("burnt", await alice.ReadAsync());
        await server.WaitForLogAsync("This process was stopped for");
        Assert.Equal([worker], server.Workers);
    }

    [Fact]
    public async Task No_worker_outlives_a_server_that_is_killed()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "3", "--log-level", "debug");
        using Client alice = await server.ConnectAsync();

        // A worker that is stopped while it starts has not asked yet to end with the server.
        await Wait.UntilAsync(() => server.Log.Count(line => line.Contains(" is ready after ", StringComparison.Ordinal)) == 3, "3 ready workers");
        await alice.TypeAsync("burn 60000");
        int busy = await server.WaitForBusyWorkerAsync();
        int[] workers = server.Workers;
        await Processes.SignalAsync(workers.First(worker => worker != busy), "STOP");

        await Processes.SignalAsync(server.ProcessId, "KILL");

        await Wait.UntilAsync(() => !workers.Any(Processes.IsAlive), "busy, idle and stopped workers are gone");
    }
}
