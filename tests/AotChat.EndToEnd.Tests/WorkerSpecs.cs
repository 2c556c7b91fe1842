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
        Assert.False(Processes.IsAlive(worker));
        await Wait.UntilAsync(
            () => server.Log.Any(line => line.Contains("ended with ResourceSize in hand: killed by signal 9", StringComparison.Ordinal)), "the log entry");
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
            await server.WaitForWorkersAsync(1);
            await Processes.SignalAsync(server.Workers[0], "KILL");
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
            await Processes.SignalAsync(server.Workers[0], "KILL");
            await Wait.UntilAsync(() => ReadyWorkers(server) == kills + 1 && server.Workers.Length == 1, "another one is ready");
        }

        await Wait.UntilAsync(() => server.OpenFiles <= before, "as few open files as before");

        static int ReadyWorkers(Server server) => server.Log.Count(line => line.Contains("is ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_job_is_answered_once_while_workers_are_killed()
    {
        const int Jobs = 300;
        await using Server server = await Server.StartAsync("--workers", "2", "--job-queue", "1000");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        Task killing = KillAsync();
        await alice.SendAsync(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, Jobs).Select(n => $"fib u1001 {n + 30_000}\n"))));
        List<string?> answers = [];
        for (int i = 0; i < Jobs; i++)
        {
            answers.Add(await alice.ReadAsync());
        }

        await killing;
        Assert.All(answers, answer => Assert.Contains(answer, new[] { "Fib result is delivered to u1001", "Cannot compute fib: the worker crashed" }));
        Assert.Equal("Unknown command: bar", await alice.AskAsync("bar"));
        await bob.TypeAsync("bar");
        int delivered = 0;
        for (string? line = await bob.ReadAsync(); line != "Unknown command: bar"; line = await bob.ReadAsync())
        {
            delivered++;
        }

        Assert.Equal(answers.Count(answer => answer == "Fib result is delivered to u1001"), delivered);

        async Task KillAsync()
        {
            for (int kills = 0; kills < 20; kills++)
            {
                int[] workers = [];
                await Wait.UntilAsync(() => (workers = server.Workers).Length > 0, "there is a worker");
                await Processes.SignalAsync(workers[^1], "KILL");
            }
        }
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
