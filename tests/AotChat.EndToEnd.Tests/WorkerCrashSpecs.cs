using System.Globalization;

namespace AotChat.EndToEnd.Tests;

/// <summary>Workers may end at any moment, and jobs may break them: each job has one ending, and nobody else notices.</summary>
public sealed class WorkerCrashSpecs
{
    [Fact]
    public async Task A_worker_killed_in_the_middle_of_a_job_is_replaced_and_the_job_is_run_again()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("sleep 1000");
        int worker = await server.WaitForBusyWorkerAsync();

        await Processes.SignalAsync(worker, "KILL");

        Assert.Equal("slept", await alice.ReadAsync());
        Assert.False(Processes.IsAlive(worker));
        await server.WaitForLogAsync("ended while running job 1 (Sleep): killed by signal 9 (SIGKILL); a new one replaces it");
    }

    [Fact]
    public async Task A_job_that_ends_its_worker_the_first_time_is_answered_by_the_second()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2");
        using Client alice = await server.ConnectAsync();
        string marker = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        Assert.Equal("second time", await alice.AskAsync($"exit-first {marker}"));
        File.Delete(marker);
    }

    [Theory]
    [InlineData("exit-always 7", "exit code 7")]
    [InlineData("half-frame", "exit code 0")]
    [InlineData("segfault", "killed by signal")]
    [InlineData("garbage", "A frame of")]
    public async Task A_job_that_breaks_two_workers_has_crashed_and_the_log_says_how(string call, string how)
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();

        Assert.Equal("failed: crashed", await alice.AskAsync(call));
        Assert.Equal("fib(7) = 13", await bob.AskAsync("fib u1001 7"));
        await Wait.UntilAsync(() => server.Log.Count(line => line.Contains("while running job ", StringComparison.Ordinal) && line.Contains(how, StringComparison.Ordinal)) == 2, "two log lines say how");
    }

    [Fact]
    public async Task A_call_that_crashed_two_workers_is_refused_and_another_call_is_not()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        Assert.Equal("failed: crashed", await alice.AskAsync("exit-always 7"));

        Assert.Equal("failed: this call has crashed 2 workers; wait 10 minutes", await bob.AskAsync("exit-always 7"));
        Assert.Equal("slept", await bob.AskAsync("sleep 1"));
    }

    [Fact]
    public async Task A_user_whose_calls_crash_more_than_two_workers_is_paused_and_others_are_not()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        await alice.AskAsync("exit-always 1");
        await alice.AskAsync("exit-always 2");

        Assert.Equal("failed: your jobs have crashed 4 workers; wait 10 minutes", await alice.AskAsync("sleep 1"));
        Assert.Equal("slept", await bob.AskAsync("sleep 1"));
    }

    [Fact]
    public async Task A_job_that_may_not_run_twice_is_not_run_again()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("failed: crashed", await alice.AskAsync("exit-once 3"));
        await server.WaitForLogAsync("exit code 3");
        Assert.Single(server.Log, line => line.Contains("exit code 3", StringComparison.Ordinal));
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
    public async Task Each_job_has_one_ending_while_workers_are_killed_all_the_time_and_nothing_is_left_behind()
    {
        const int Users = 10;
        const int JobsOfEach = 20;
        await using Server server = await Server.StartTestServerAsync("--workers", "3", "--log-level", "debug", "--job-user-queue", "100", "--job-user-running", "2");
        Client[] users = await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => server.ConnectAsync()));
        await Wait.UntilAsync(() => server.Log.Count(line => line.Contains("is ready", StringComparison.Ordinal)) == 3, "all workers are ready");
        (int files, long memory) before = (server.OpenFiles, server.ResidentKilobytes);
        using CancellationTokenSource answered = new();
        Task killing = KillAsync(server, answered.Token);

        await Task.WhenAll(users.Select(async (user, number) =>
        {
            for (int job = 0; job < JobsOfEach; job++)
            {
                await user.TypeAsync(string.Create(CultureInfo.InvariantCulture, $"sleep {20 + number}"));
            }

            for (int job = 0; job < JobsOfEach; job++)
            {
                string? answer = await user.ReadAsync();
                Assert.True(answer == "slept" || answer!.StartsWith("failed: ", StringComparison.Ordinal), answer);
            }

            // Nothing came twice: the next line is the answer to the next question.
            Assert.Equal("Unknown command: end", await user.AskAsync("end"));
        }));
        await answered.CancelAsync();
        await killing;

        // Those that were killed last are children until the server has seen it.
        await Wait.UntilAsync(() => server.Workers is { Length: 3 } workers && Array.TrueForAll(workers, Processes.IsAlive), "three workers that live");
        await Wait.UntilAsync(() => server.OpenFiles <= before.files, "no descriptor is left");
        Assert.InRange(server.ResidentKilobytes, 0, before.memory + 4_096);
        Array.ForEach(users, user => user.Dispose());
    }

    private static async Task KillAsync(Server server, CancellationToken end)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (!end.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            foreach (int worker in server.Workers)
            {
                await Processes.SignalAsync(worker, "KILL");
            }
        }
    }
}
