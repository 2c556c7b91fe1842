using AotChat.Configuration;
using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>Workers end for many reasons; nobody is blamed for what happened to them.</summary>
public sealed class BlameSpecs
{
    [Fact]
    public async Task A_user_whose_workers_are_killed_from_outside_and_whose_jobs_then_succeed_is_not_paused()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        for (int i = 0; i < 5; i++)
        {
            Task<string> job = pool.Submit("the same");
            pool.Launcher.Workers[^1].Exit(WorkerExit.BySignal(9));
            pool.Launcher.Workers[^1].BeReady().Answer("done");
            Assert.Equal("done", await job);
        }

        Assert.False(pool.Submit("the same").IsCompleted);
    }

    [Fact]
    public void A_call_that_may_not_run_again_is_refused_after_it_has_lost_two_workers_and_not_after_one()
    {
        Quarantine quarantine = new(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        Assert.False(quarantine.IsSecondLoss(1, "a"u8));
        Assert.False(quarantine.IsSecondLoss(1, "b"u8));
        Assert.True(quarantine.IsSecondLoss(1, "a"u8));

        // One that has left a worker alive in between is not what ended the first.
        quarantine.OnSurvived(1, "b"u8);
        Assert.False(quarantine.IsSecondLoss(1, "b"u8));
    }

    [Fact]
    public void The_limit_of_refused_calls_forgets_the_one_that_crashed_first()
    {
        Quarantine quarantine = new(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        for (int call = 0; call <= 1_000; call++)
        {
            quarantine.Blame(1, BitConverter.GetBytes(call), call);
        }

        Assert.False(quarantine.Holds(1, BitConverter.GetBytes(0)));
        Assert.True(quarantine.Holds(1, BitConverter.GetBytes(1)));
        Assert.True(quarantine.Holds(1, BitConverter.GetBytes(1_000)));
    }

    [Fact]
    public void Nothing_is_remembered_of_the_crashes_of_a_user_who_has_left()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        for (int workers = 0; workers < 2 * ChatOptions.QuarantineLosses; workers++)
        {
            _ = pool.Submit($"call {workers / ChatOptions.QuarantineLosses}").ContinueWith(static job => job.Exception, TaskScheduler.Default);
            pool.Launcher.Workers[^1].Exit();
            pool.Launcher.Workers[^1].BeReady();
        }

        Assert.True(pool.Submit("harmless").IsFaulted);
        pool.Jobs.CancelJobsOf(pool.Alice);

        Assert.False(pool.Submit("harmless").IsCompleted);
    }

    [Fact]
    public async Task The_job_of_a_stopped_worker_runs_again_elsewhere_though_its_time_is_over()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Launcher.Workers[0].IsHung = true;

        pool.Loop.Advance(TimeSpan.FromSeconds(13));
        Assert.True(pool.Launcher.Workers[0].IsKilled);
        pool.Launcher.Workers[0].Exit();
        pool.Launcher.Workers[1].BeReady().Answer("done");

        Assert.Equal("done", await job);
        Assert.Contains(pool.Log.Entries, entry => entry.Message.Contains("it does not answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_whose_second_worker_is_stopped_too_has_crashed()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        for (int i = 0; i < 2; i++)
        {
            pool.Launcher.Workers[^1].IsHung = true;
            pool.Loop.Advance(TimeSpan.FromSeconds(13));
            pool.Launcher.Workers[^1].Exit();
            pool.Launcher.Workers[^1].BeReady();
        }

        Assert.Equal("crashed", await PoolFixture.ReasonOf(job));
        Assert.Equal("this call has crashed 2 workers; wait 10 minutes", await PoolFixture.ReasonOf(pool.Submit("a", owner: pool.Bob)));
    }

    [Fact]
    public async Task A_job_that_is_over_its_time_in_a_worker_that_beats_has_timed_out()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Loop.Advance(TimeSpan.FromSeconds(13));
        Assert.True(pool.Launcher.Workers[0].IsKilled);
        pool.Launcher.Workers[0].Exit();

        Assert.Equal("timed out", await PoolFixture.ReasonOf(job));
        Assert.False(pool.Submit("a").IsCompleted);
    }

    [Fact]
    public async Task A_job_whose_worker_crashes_runs_again_though_the_job_before_it_there_has_timed_out()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> slow = pool.Submit("slow");
        pool.Loop.Advance(TimeSpan.FromSeconds(10.5));
        pool.Launcher.Workers[0].Fail("", JobFailure.Cancelled);
        Assert.Equal("timed out", await PoolFixture.ReasonOf(slow));

        Task<string> next = pool.Submit("next");
        pool.Launcher.Workers[0].Exit();
        pool.Launcher.Workers[1].BeReady().Answer("done");
        Assert.Equal("done", await next);
    }

    [Fact]
    public async Task A_job_that_runs_again_may_wait_as_long_as_any_other()
    {
        PoolFixture pool = new PoolFixture(new ChatOptions { Workers = 1, JobWaitSeconds = 8, JobSoftSeconds = 1_000 }).StartReady();
        Task<string> job = pool.Submit("a");
        pool.Loop.Advance(TimeSpan.FromSeconds(7));
        pool.Launcher.Workers[0].Exit();
        pool.Loop.Advance(TimeSpan.FromSeconds(7));
        pool.Launcher.Workers[1].BeReady().Answer("done");

        Assert.Equal("done", await job);
    }

    [Fact]
    public async Task A_job_that_waits_to_run_again_is_the_first_in_line_and_is_answered_at_a_stop_as_those_behind_it()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string>[] jobs = [pool.Submit("a"), pool.Submit("b"), pool.Submit("c", owner: pool.Bob)];
        pool.Launcher.Workers[0].Exit();
        Assert.Equal([("call a", 1), ("call b", 2)], pool.Jobs.JobsOf(pool.Alice).Select(job => (job.Call, job.Position)));
        Assert.Equal(3, Assert.Single(pool.Jobs.JobsOf(pool.Bob)).Position);
        bool isDrained = false;

        pool.Jobs.Stop(TimeSpan.FromSeconds(5), () => isDrained = true, () => { });

        Assert.True(isDrained);
        foreach (Task<string> job in jobs)
        {
            Assert.Equal("cancelled: server is shutting down", await PoolFixture.ReasonOf(job));
        }
    }

    [Fact]
    public void A_job_that_begins_in_the_moment_in_which_the_server_goes_on_has_no_more_time_than_others()
    {
        PoolFixture pool = new PoolFixture(new ChatOptions { Workers = 1, JobUserQueue = 9 }).StartReady();
        _ = pool.Submit("before");
        pool.Loop.Time.Advance(TimeSpan.FromHours(1));
        pool.Launcher.Workers[0].Answer("done");
        _ = pool.Submit("after");
        pool.Loop.Advance(TimeSpan.Zero);

        pool.Loop.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal([pool.Launcher.Workers[0].Received[^1].JobId], pool.Launcher.Workers[0].Cancelled);
    }

    [Fact]
    public void A_worker_that_starts_while_the_server_is_stopped_is_not_late()
    {
        PoolFixture pool = new();
        pool.Jobs.Start();
        pool.Loop.Sleep(TimeSpan.FromHours(1));

        Assert.False(pool.Launcher.Workers[0].IsKilled);
    }
}
