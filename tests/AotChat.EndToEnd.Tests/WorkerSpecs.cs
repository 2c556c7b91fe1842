namespace AotChat.EndToEnd.Tests;

/// <summary>Workers may end at any moment; the server may too, and takes them with it.</summary>
public sealed class WorkerSpecs
{
    private const string Ok = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

    [Fact]
    public async Task A_worker_killed_in_the_middle_of_a_job_is_replaced_and_the_job_is_run_again()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using TestWebServer web = new("…", Ok);
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync($"url u1000 {web.Url}");
        await Wait.UntilAsync(() => web.Requests.Count == 1, "the job runs");
        int worker = Assert.Single(server.Workers);

        await Processes.SignalAsync(worker, "KILL");

        Assert.Equal($"resource_size({web.Url}) = 2", await alice.ReadAsync());
        Assert.Equal("URL size is delivered to u1000", await alice.ReadAsync());
        Assert.NotEqual(worker, Assert.Single(server.Workers));
        Assert.Contains(server.Log, line => line.Contains("killed by signal 9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_takes_two_workers_with_it_is_given_up_and_the_next_one_runs()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using TestWebServer web = new("…", "…", Ok);
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync($"url u1000 {web.Url}");
        for (int kills = 1; kills <= 2; kills++)
        {
            await Wait.UntilAsync(() => web.Requests.Count == kills, "the job runs");
            await Processes.SignalAsync(Assert.Single(server.Workers), "KILL");
        }

        Assert.Equal("Cannot get the url size: the worker crashed", await alice.ReadAsync());
        Assert.Equal("fib(7) = 13", await alice.AskAsync("fib u1000 7"));
    }

    [Fact]
    public async Task An_idle_worker_that_is_killed_is_replaced()
    {
        await using Server server = await Server.StartAsync("--workers", "3");
        await server.WaitForWorkersAsync(3);
        int[] before = server.Workers;

        await Processes.SignalAsync(before[0], "KILL");

        await Wait.UntilAsync(() => server.Workers.Length == 3 && !server.Workers.Contains(before[0]), "three workers again");
        Assert.False(Processes.IsAlive(before[0]));
    }

    [Fact]
    public async Task Workers_that_are_killed_leave_no_descriptor_behind()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--log-level", "debug");
        await Wait.UntilAsync(() => ReadyWorkers(server) == 1, "the worker is ready");
        int before = server.OpenFiles;
        for (int kills = 1; kills <= 10; kills++)
        {
            await Processes.SignalAsync(Assert.Single(server.Workers), "KILL");
            await Wait.UntilAsync(() => ReadyWorkers(server) == kills + 1 && server.Workers.Length == 1, "another one is ready");
        }

        await Wait.UntilAsync(() => server.OpenFiles <= before, "as few open files as before");

        static int ReadyWorkers(Server server) => server.Log.Count(line => line.Contains("is ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_worker_outlives_a_server_that_is_killed()
    {
        await using Server server = await Server.StartAsync("--workers", "3");
        using TestWebServer web = new("…");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync($"url u1000 {web.Url}");
        await Wait.UntilAsync(() => web.Requests.Count == 1, "one worker is busy");
        await server.WaitForWorkersAsync(3);
        int[] workers = server.Workers;
        await Processes.SignalAsync(workers[2], "STOP");

        await Processes.SignalAsync(server.ProcessId, "KILL");

        await Wait.UntilAsync(() => !workers.Any(Processes.IsAlive), "busy, idle and stopped workers are gone");
    }

    [Fact]
    public async Task Jobs_over_the_limit_of_the_queue_are_refused_at_once()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--job-queue", "1");
        using TestWebServer web = new("…");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync($"url u1000 {web.Url}");
        await Wait.UntilAsync(() => web.Requests.Count == 1, "the worker is busy");
        await alice.TypeAsync("fib u1000 1");

        Assert.Equal("Cannot compute fib: too many jobs are waiting, try again later", await alice.AskAsync("fib u1000 2"));
    }

    [Fact]
    public async Task A_worker_by_hand_explains_itself()
    {
        var result = await Server.RunAsync(["--worker"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("aotchat: --worker is how the server starts its workers; it is of no use by hand. Try --help.\n", result.StandardError);
    }
}
