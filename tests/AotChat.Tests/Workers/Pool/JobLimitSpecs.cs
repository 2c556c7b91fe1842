using AotChat.Configuration;
using AotChat.Workers;

namespace AotChat.Tests.Workers.Pool;

/// <summary>What one user may take of the pool, how long a job may take, and how it ends before.</summary>
public sealed class JobLimitSpecs
{
    [Fact]
    public async Task Too_many_jobs_are_refused_at_once()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 1, JobQueue = 4, JobAddressQueue = 4, JobUserQueue = 100 });
        pool.StartReady();
        Task<string>[] accepted = [.. Enumerable.Range(0, 5).Select(i => pool.Submit($"{i}"))];

        Assert.Equal("too many jobs are waiting; try again later", await PoolFixture.ReasonOf(pool.Submit("one more", owner: pool.Bob)));
        Assert.All(accepted, job => Assert.False(job.IsCompleted));
    }

    [Fact]
    public async Task A_user_at_the_limit_of_waiting_jobs_is_refused_and_others_are_not()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 1, JobUserQueue = 2 });
        pool.StartReady();
        _ = pool.Submit("running");
        _ = pool.Submit("a");
        _ = pool.Submit("b");

        Assert.Equal("too many of your jobs are waiting (limit 2); try again later", await PoolFixture.ReasonOf(pool.Submit("c")));
        Assert.False(pool.Submit("d", owner: pool.Bob).IsCompleted);
    }

    [Fact]
    public void A_user_at_the_limit_of_running_jobs_waits_and_other_workers_serve_others()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 3, IoWorkers = 1 });
        pool.StartReady();
        _ = pool.Submit("a1");
        _ = pool.Submit("a2");
        _ = pool.Submit("b1", owner: pool.Bob);

        Assert.Equal(["a1", "b1"], pool.Launcher.Workers.Where(worker => worker.Received.Count > 0).Select(worker => worker.LastArgument).Order());
        pool.Launcher.Workers.Single(worker => worker is { Received.Count: 1, LastArgument: "a1" }).Answer("done");
        Assert.Contains(pool.Launcher.Workers, worker => worker is { Received.Count: > 0, LastArgument: "a2" });
    }

    [Fact]
    public void Users_take_turns()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        foreach (string job in (string[])["a1", "a2", "a3", "b1", "b2", "c1"])
        {
            _ = pool.Submit(job, owner: job[..1]);
        }

        List<string> order = [];
        for (int i = 0; i < 6; i++)
        {
            order.Add(pool.Launcher.Workers[0].LastArgument);
            pool.Launcher.Workers[0].Answer("done");
        }

        Assert.Equal(["a1", "a2", "b1", "c1", "a3", "b2"], order);
    }

    [Fact]
    public void Slow_fetches_do_not_keep_computations_waiting()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 2 });
        pool.StartReady();
        for (int i = 0; i < 3; i++)
        {
            _ = pool.Submit($"fetch {i}", owner: i, index: PoolFixture.Io);
        }

        _ = pool.Submit("compute");

        Assert.Equal("compute", pool.Launcher.Workers.Single(worker => worker.Settings.Lanes == JobLanes.Cpu).LastArgument);
    }

    [Fact]
    public async Task A_job_that_finds_no_worker_in_time_is_given_up()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 1, JobWaitSeconds = 20, JobSoftSeconds = 1_000 });
        pool.StartReady();
        _ = pool.Submit("running");
        Task<string> waiting = pool.Submit("a");
        pool.Loop.Advance(TimeSpan.FromSeconds(10));
        pool.Launcher.Workers[0].SendHeartbeat();
        pool.Loop.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal("no worker was free in time", await PoolFixture.ReasonOf(waiting));
    }

    [Fact]
    public async Task A_job_over_its_time_is_told_to_stop_and_says_so()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Loop.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Empty(pool.Launcher.Workers[0].Cancelled);
        pool.Loop.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal([pool.Launcher.Workers[0].Received[0].JobId], pool.Launcher.Workers[0].Cancelled);

        pool.Launcher.Workers[0].Fail("", JobFailure.Cancelled);

        Assert.Equal("timed out", await PoolFixture.ReasonOf(job));
        Assert.False(pool.Launcher.Workers[0].IsKilled);
    }

    [Fact]
    public async Task A_job_that_does_not_stop_is_ended_with_its_worker_and_not_tried_again()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Loop.Advance(TimeSpan.FromSeconds(11));
        Assert.False(pool.Launcher.Workers[0].IsKilled);
        pool.Loop.Advance(TimeSpan.FromSeconds(2));
        Assert.True(pool.Launcher.Workers[0].IsKilled);
        pool.Launcher.Workers[0].Exit();

        Assert.Equal("timed out", await PoolFixture.ReasonOf(job));
        Assert.Empty(pool.Launcher.Workers[1].BeReady().Received);
    }

    [Fact]
    public async Task A_result_that_was_written_before_the_worker_was_killed_counts()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Loop.Advance(TimeSpan.FromSeconds(13));
        pool.Launcher.Workers[0].Answer("just in time");
        pool.Launcher.Workers[0].Exit();

        Assert.Equal("just in time", await job);
    }

    [Fact]
    public async Task A_cancelled_job_that_waits_never_runs()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        _ = pool.Submit("running");
        Task<string> waiting = pool.Submit("a");
        uint id = pool.Jobs.JobsOf(pool.Alice).Last().Id;

        Assert.False(pool.Jobs.TryCancel(pool.Bob, id));
        Assert.True(pool.Jobs.TryCancel(pool.Alice, id));

        Assert.Equal("cancelled", await PoolFixture.ReasonOf(waiting));
        pool.Launcher.Workers[0].Answer("done");
        Assert.Single(pool.Launcher.Workers[0].Received);
    }

    [Fact]
    public async Task A_cancelled_job_that_runs_ends_at_once_and_its_worker_when_it_has_stopped()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> running = pool.Submit("a");
        _ = pool.Submit("b");
        Assert.True(pool.Jobs.TryCancel(pool.Alice, pool.Jobs.JobsOf(pool.Alice).First().Id));

        Assert.Equal("cancelled", await PoolFixture.ReasonOf(running));
        Assert.Single(pool.Launcher.Workers[0].Received);
        pool.Launcher.Workers[0].Fail("", JobFailure.Cancelled);
        Assert.Equal("b", pool.Launcher.Workers[0].LastArgument);
    }

    [Fact]
    public async Task A_cancelled_job_that_takes_its_worker_with_it_is_nobodys_crash()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        for (int i = 0; i < 5; i++)
        {
            Task<string> job = pool.Submit($"{i}");
            pool.Jobs.TryCancel(pool.Alice, pool.Jobs.JobsOf(pool.Alice).Single().Id);
            pool.Loop.Advance(TimeSpan.FromSeconds(3));
            Assert.True(pool.Launcher.Workers[^1].IsKilled);
            pool.Launcher.Workers[^1].Exit();
            pool.Launcher.Workers[^1].BeReady();
            Assert.Equal("cancelled", await PoolFixture.ReasonOf(job));
        }

        Assert.False(pool.Submit("next").IsCompleted);
    }

    [Fact]
    public async Task A_token_cancels_a_job_that_runs_or_is_submitted_later()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        using CancellationTokenSource source = new();
        Task<string> job = pool.Submit("a", token: source.Token);
        await source.CancelAsync();

        Assert.Equal("cancelled", await PoolFixture.ReasonOf(job));
        Assert.Equal("cancelled", await PoolFixture.ReasonOf(pool.Submit("b", token: source.Token)));
    }

    [Fact]
    public async Task A_job_ends_when_its_owner_or_its_recipient_has_left()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> mine = pool.Submit("a");
        Task<string> forBob = pool.Submit("b", owner: "carol", recipient: pool.Bob);
        Task<string> other = pool.Submit("c", owner: "carol");

        pool.Jobs.CancelJobsOf(pool.Alice);
        pool.Jobs.CancelJobsFor(pool.Bob);

        Assert.Equal("cancelled", await PoolFixture.ReasonOf(mine));
        Assert.Equal("cancelled", await PoolFixture.ReasonOf(forBob));
        Assert.Single(pool.Launcher.Workers[0].Cancelled);
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task A_call_that_has_crashed_two_workers_is_refused_for_ten_minutes()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        await CrashAsync(pool, "poison", pool.Alice);

        Assert.Equal("this call has crashed 2 workers; wait 10 minutes", await PoolFixture.ReasonOf(pool.Submit("poison", owner: pool.Bob)));
        Assert.False(pool.Submit("another", owner: pool.Bob).IsCompleted);
        pool.Loop.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.False(pool.Submit("poison", owner: "carol").IsCompleted);
    }

    [Fact]
    public async Task A_user_whose_jobs_have_crashed_three_workers_is_paused_for_ten_minutes()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        await CrashAsync(pool, "first", pool.Alice);
        await CrashAsync(pool, "second", pool.Alice);

        Assert.Equal("your jobs have crashed 4 workers; wait 10 minutes", await PoolFixture.ReasonOf(pool.Submit("harmless")));
        Assert.False(pool.Submit("harmless", owner: pool.Bob).IsCompleted);
        pool.Loop.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.False(pool.Submit("harmless").IsCompleted);
    }

    [Fact]
    public void Jobs_are_listed_with_their_place_in_line()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        _ = pool.Submit("a1");
        _ = pool.Submit("a2");
        _ = pool.Submit("b1", owner: pool.Bob);
        _ = pool.Submit("a3");
        pool.Loop.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(
            [("call a1", 0), ("call a2", 1), ("call a3", 3)],
            pool.Jobs.JobsOf(pool.Alice).Select(job => (job.Call, job.Position)));
        Assert.All(pool.Jobs.JobsOf(pool.Alice), job => Assert.Equal(TimeSpan.FromSeconds(2), job.Age));
    }

    private static async Task CrashAsync(PoolFixture pool, string argument, object owner)
    {
        Task<string> job = pool.Submit(argument, owner);
        for (int i = 0; i < ChatOptions.QuarantineLosses; i++)
        {
            pool.Launcher.Workers[^1].Exit();
            pool.Launcher.Workers[^1].BeReady();
        }

        Assert.Equal("crashed", await PoolFixture.ReasonOf(job));
    }
}
