using System.Globalization;

namespace AotChat.EndToEnd.Tests;

/// <summary>What a worker has of its server, and what it says.</summary>
public sealed class WorkerHygieneSpecs
{
    [Fact]
    public async Task No_descriptor_of_the_server_is_open_in_a_worker_but_the_ends_of_its_own_pipes()
    {
        await using Server server = await Server.StartWithOpenFilesAsync("--workers", "2");
        using Client alice = await server.ConnectAsync();
        await server.WaitForWorkersAsync(2);
        int[] workers = server.Workers;
        await Wait.UntilAsync(() => workers.All(worker => LinksOf(worker).ContainsKey(4)), "both have their output for themselves");
        string[] ofServer = [.. LinksOf(server.ProcessId).Values];

        foreach (int worker in workers)
        {
            Dictionary<int, string> links = LinksOf(worker);
            string[] pipes = [links[0], links[3], links[4], links[2]];
            Assert.Equal(links[1], links[2]);
            Assert.All(pipes, pipe => Assert.StartsWith("pipe:", pipe, StringComparison.Ordinal));
            Assert.Equal(4, pipes.Distinct().Count());


            // The runtime itself opens this one.
            Assert.All(links.Where(link => link.Key > 4), link => Assert.Equal("/dev/urandom", link.Value));
            Assert.DoesNotContain(workers.Where(other => other != worker).SelectMany(other => PipesOf(LinksOf(other))), PipesOf(links).Contains);
            Assert.All(pipes, pipe => Assert.Contains(pipe, ofServer));
        }
    }

    [Fact]
    public async Task A_worker_has_only_the_variables_that_it_needs()
    {
        await using Server server = await Server.StartAsync(["--workers", "1"], ("SECRET_TOKEN", "hunter2"), ("CHAT_LEAVE_SECONDS", "3"));
        await server.WaitForWorkersAsync(1);
        string[] names = [];

        // Between being made and running its own program it has its server's.
        await Wait.UntilAsync(() => (names = VariablesOf(server.Workers[0])).Contains("AOTCHAT_LANE"), "it runs its program");

        Assert.Subset(
            new HashSet<string> { "TZ", "LANG", "LC_ALL", "PATH", "HOME", "SSL_CERT_FILE", "SSL_CERT_DIR", "DOTNET_GCHeapHardLimit" },
            names.Where(name => !name.StartsWith("AOTCHAT_", StringComparison.Ordinal)).ToHashSet());
    }

    [Fact]
    public async Task A_worker_runs_with_a_lower_priority_than_the_server()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--worker-nice", "7");
        await server.WaitForWorkersAsync(1);

        await Wait.UntilAsync(() => NiceOf(server.Workers[0]) == 7, "it has stood back");
        Assert.Equal(NiceOf(Environment.ProcessId), NiceOf(server.ProcessId));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_worker_ignores_signals_that_reach_all_processes_of_a_server(string signal)
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("sleep 300");
        int worker = await server.WaitForBusyWorkerAsync();

        await Processes.SignalAsync(worker, signal);

        Assert.Equal("slept", await alice.ReadAsync());
        Assert.Equal([worker], server.Workers);
    }

    [Fact]
    public async Task Output_of_a_job_is_logged_with_the_number_of_its_worker()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("printed", await alice.AskAsync("print hello"));

        await server.WaitForLogAsync("Worker 1: out hello");
        await server.WaitForLogAsync("Worker 1: error hello");
    }

    [Fact]
    public async Task A_job_that_prints_without_end_fills_no_disk()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("printed", await alice.AskAsync("chatter 2000"));
        await Processes.SignalAsync(server.Workers[0], "KILL");

        await server.WaitForLogAsync("more lines were left out");
        string[] lines = [.. server.Log.Where(line => line.Contains("Worker 1: line ", StringComparison.Ordinal))];
        Assert.InRange(lines.Length, 100, 300);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 1_200));
    }

    [Fact]
    public async Task A_bug_in_a_job_is_in_the_log_with_its_stack_and_the_user_hears_the_message()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("failed: oops", await alice.AskAsync("throw oops"));

        await server.WaitForLogAsync("System.InvalidOperationException: oops");
        await server.WaitForLogAsync("at AotChat.Jobs.TestJobs.Throw");
    }

    [Fact]
    public async Task A_worker_is_replaced_after_its_limit_of_jobs_and_no_job_is_lost()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1", "--recycle-jobs", "10", "--log-level", "debug");
        using Client alice = await server.ConnectAsync();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal("slept", await alice.AskAsync("sleep 0"));
        }

        await server.WaitForLogAsync("replaces it");
        Assert.DoesNotContain(server.Log, line => line.Contains(" warn ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Workers_are_of_the_running_build_whatever_lies_on_the_disk()
    {
        string folder = Directory.CreateTempSubdirectory("aotchat-").FullName;
        string copy = Path.Combine(folder, "aotchat");
        File.Copy(Executable.Path, copy);
        await using (Server server = await Server.StartFromAsync(copy, "--workers", "1"))
        {
            using Client alice = await server.ConnectAsync();
            await server.WaitForWorkersAsync(1);
            int before = server.Workers[0];
            File.Delete(copy);
            await File.WriteAllTextAsync(copy, "#!/bin/false\n");

            await Processes.SignalAsync(before, "KILL");

            await Wait.UntilAsync(() => server.Workers.Any(worker => worker != before), "there is another one");
            Assert.Equal("fib(7) = 13", await alice.AskAsync("fib u1000 7"));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Where_no_worker_can_be_started_the_chat_goes_on_and_jobs_run_again_later()
    {
        // Pipes are what is missing: a worker takes eight descriptors while it is started.
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        Assert.Equal("fib(7) = 13", await alice.AskAsync("fib u1000 7"));
        Assert.Equal("Fib result is delivered to u1000", await alice.ReadAsync());

        await Processes.LimitFilesAsync(server.ProcessId, server.OpenFiles);
        await Processes.SignalAsync(server.Workers[0], "KILL");
        await server.WaitForLogAsync("Workers (any) cannot be started");

        Assert.Equal("Cannot compute fib: the workers cannot be started; try again later", await alice.AskAsync("fib u1000 8"));
        Assert.Equal("No other user is connected.", await alice.AskAsync("w"));
        await Processes.LimitFilesAsync(server.ProcessId, 1_000);
        await server.WaitForLogAsync("Workers (any) can be started again");
        Assert.Equal("fib(8) = 21", await alice.AskAsync("fib u1000 8"));
    }

    [Fact]
    public async Task The_list_of_processes_shows_the_number_of_a_worker()
    {
        await using Server server = await Server.StartAsync("--workers", "2");
        await server.WaitForWorkersAsync(2);

        // Between being made and running its own program it has its server's.
        await Wait.UntilAsync(() => server.Workers.All(worker => Processes.ArgumentsOf(worker).Contains("--worker")), "both run their program");
        Assert.Equal(["aotchat --worker cpu 1", "aotchat --worker io 2"], server.Workers.Select(worker => string.Join(' ', Processes.ArgumentsOf(worker).Take(4))).Order());
    }

    [Fact]
    public async Task As_process_1_the_server_waits_for_orphans_and_knows_how_its_workers_end()
    {
        await using Server server = await Server.StartAsInitAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        Assert.Equal("slept", await alice.AskAsync("sleep 0"));
        int init = Assert.Single(Processes.ChildrenOf(server.ProcessId));

        // A shell inside whose own child outlives it.
        await CliWrap.Cli.Wrap("nsenter").WithArguments(["-t", $"{init}", "-p", "/bin/sh", "-c", "sleep 2 & exit 0"]).ExecuteAsync();
        await Wait.UntilAsync(() => Processes.ChildrenOf(init).Any(IsOrphan), "there is an orphan");
        await Wait.UntilAsync(() => !Processes.ChildrenOf(init).Any(IsOrphan), "it is waited for");

        await alice.TypeAsync("exit-always 7");
        Assert.Equal("failed: crashed", await alice.ReadAsync());
        await Wait.UntilAsync(() => server.Log.Count(line => line.Contains("exit code 7", StringComparison.Ordinal)) == 2, "the log says how both ended");
    }

    [Fact]
    public async Task A_worker_that_is_started_by_hand_explains_itself()
    {
        var result = await Server.RunAsync(["--worker"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("aotchat: --worker is for the server only, which starts its own workers with it\n", result.StandardError);
    }

    private static bool IsOrphan(int processId) => !Processes.ArgumentsOf(processId).Contains("--worker");

    private static string[] VariablesOf(int processId) =>
        [.. File.ReadAllText($"/proc/{processId}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')[0])];

    private static IEnumerable<string> PipesOf(Dictionary<int, string> links) => [links[0], links[2], links[3], links[4]];

    private static Dictionary<int, string> LinksOf(int processId) => Directory.GetFileSystemEntries($"/proc/{processId}/fd")
        .Select(path => (Number: int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture), Link: new FileInfo(path).LinkTarget))
        .Where(descriptor => descriptor.Link is not null)
        .ToDictionary(descriptor => descriptor.Number, descriptor => descriptor.Link!);

    private static int NiceOf(int processId)
    {
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
