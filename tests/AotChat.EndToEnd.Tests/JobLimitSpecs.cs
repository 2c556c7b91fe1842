using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>What a job, and a user of jobs, may take.</summary>
public sealed class JobLimitSpecs
{
    [Fact]
    public async Task A_job_over_its_time_stops_and_its_worker_goes_on()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1", "--job-soft-seconds", "1");
        using Client alice = await server.ConnectAsync();
        await server.WaitForWorkersAsync(1);
        int[] before = server.Workers;

        Assert.Equal("failed: timed out", await alice.AskAsync("sleep 60000"));
        Assert.Equal("slept", await alice.AskAsync("sleep 1"));
        Assert.Equal(before, server.Workers);
    }

    [Fact]
    public async Task A_job_can_have_less_time_than_the_others()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("failed: timed out", await alice.AskAsync("sleep-short 60000"));
    }

    [Fact]
    public async Task A_job_that_hears_nothing_is_ended_with_its_worker_and_not_tried_again()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1", "--job-soft-seconds", "1", "--job-grace-seconds", "1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("failed: timed out", await alice.AskAsync("burn 60000"));
        await server.WaitForLogAsync("its job did not stop in time");
        Assert.Equal("slept", await alice.AskAsync("sleep 1"));
    }

    [Theory]
    [InlineData("allocate 400")]
    [InlineData("allocate-little 64")]
    public async Task A_job_that_wants_too_much_memory_fails_once_and_others_run_in_a_fresh_worker(string call)
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        await server.WaitForWorkersAsync(1);
        int[] before = server.Workers;

        Assert.Equal("failed: out of memory", await alice.AskAsync(call));
        Assert.Equal("8 MiB", await alice.AskAsync("allocate 8"));
        Assert.NotEqual(before, server.Workers);
        Assert.DoesNotContain(server.Log, line => line.Contains("crashed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_result_that_is_too_long_is_refused_and_the_worker_goes_on()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("262100 bytes", await alice.AskAsync("huge 262100"));
        Assert.Equal("failed: the result is too long", await alice.AskAsync("huge 300000"));
        Assert.Equal("failed: the result is too long", await alice.AskAsync("huge 30000000"));
        Assert.Equal("slept", await alice.AskAsync("sleep 1"));
    }

    [Fact]
    public async Task Jobs_over_the_limit_of_the_queue_are_refused_at_once()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1", "--job-queue", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        await alice.TypeAsync("sleep 60000");
        await server.WaitForBusyWorkerAsync();
        await alice.TypeAsync("sleep 1");

        Assert.Equal("Cannot compute fib: too many jobs are waiting; try again later", await bob.AskAsync("fib u1001 2"));
    }

    [Fact]
    public async Task Ten_thousand_submits_are_answered_and_a_bystander_chats_on()
    {
        const int Users = 10;
        const int JobsOfEach = 1_000;
        await using Server server = await Server.StartTestServerAsync("--workers", "2");
        using Client alice = await server.ConnectAsync();
        Client[] users = await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => server.ConnectAsync()));
        byte[] submits = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("sleep 1\n", JobsOfEach)));
        Task<int>[] answers = [.. users.Select(async user =>
        {
            await user.SendAsync(submits);
            int refused = 0;
            for (int i = 0; i < JobsOfEach; i++)
            {
                refused += await user.ReadAsync() == "slept" ? 0 : 1;
            }

            return refused;
        })];

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal($"User not found: x{i}", await alice.AskAsync($"msg x{i} hi"));
        }

        Assert.All(await Task.WhenAll(answers), refused => Assert.InRange(refused, 1, JobsOfEach - 1));
        Array.ForEach(users, user => user.Dispose());
    }

    [Fact]
    public async Task Jobs_that_wait_for_others_do_not_keep_computations_waiting()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2", "--job-user-running", "9", "--job-user-queue", "9");
        using Client alice = await server.ConnectAsync();
        for (int i = 0; i < 4; i++)
        {
            await alice.TypeAsync("sleep-io 60000");
        }

        Assert.Equal("burnt", await alice.AskAsync("burn 1"));
    }

    [Fact]
    public async Task A_users_jobs_are_listed_and_can_be_cancelled()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("sleep 60000");
        await server.WaitForBusyWorkerAsync();
        await alice.TypeAsync("sleep 60001");

        Assert.StartsWith("Job 1: sleep 60000, running for ", await alice.AskAsync("jobs"), StringComparison.Ordinal);
        Assert.Matches("^Job 2: sleep 60001, waiting for .* s, number 1 in line$", await alice.ReadAsync());
        Assert.Matches("^Worker 1 \\(any, process \\d+\\): busy with job 1, ", await alice.AskAsync("workers"));
        Assert.Equal("failed: cancelled", await alice.AskAsync("cancel 2"));
        Assert.Equal("Job 2 is cancelled", await alice.ReadAsync());
        Assert.Equal("failed: cancelled", await alice.AskAsync("cancel 1"));
        Assert.Equal("Job 1 is cancelled", await alice.ReadAsync());
        Assert.Equal("slept", await alice.AskAsync("sleep 1"));
    }

    [Fact]
    public async Task A_job_is_cancelled_when_its_owner_or_its_recipient_leaves()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2", "--io-workers", "1", "--job-user-running", "9");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        Client carol = await server.ConnectAsync();
        await alice.TypeAsync("sleep-for u1001 60000");
        await carol.TypeAsync("sleep 60000");
        await Wait.UntilAsync(() => server.Workers.Length == 2, "the workers are there");

        carol.Reset();
        await bob.TypeAsync("quit");

        Assert.Equal("failed: cancelled", await alice.ReadAsync());
        Assert.Equal("You have no jobs.", await alice.AskAsync("jobs"));
        Assert.Equal("slept", await alice.AskAsync("sleep 1"));
    }
}
