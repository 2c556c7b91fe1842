using AotChat.Configuration;
using AotChat.Workers;

namespace AotChat.Tests.Workers.Pool;

/// <summary>What goes wrong in one place of the pool ends the smallest thing, and the rest goes on.</summary>
public sealed class PoolSafetySpecs
{
    [Fact]
    public async Task An_exception_while_one_worker_is_looked_at_does_not_end_the_time_limits_of_jobs()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 3, IoWorkers = 1, JobUserRunning = 9 });
        pool.StartReady();
        Task<string> first = pool.Submit("a");
        Task<string> second = pool.Submit("b");
        FakeLauncher.FakeWorker[] busy = [.. pool.Launcher.Workers.Where(worker => worker.Received.Count == 1)];
        busy[0].ControlFailure = new InsufficientMemoryException();

        pool.Loop.Advance(TimeSpan.FromSeconds(10.5));
        Assert.Single(busy[1].Cancelled);
        busy[1].Fail("", JobFailure.Cancelled);
        Assert.Equal("timed out", await PoolFixture.ReasonOf(busy[1].LastArgument == "a" ? first : second));

        // The one that could not be told to stop is ended, and the limits hold for the next job too.
        pool.Loop.Advance(TimeSpan.FromSeconds(5));
        Assert.True(busy[0].IsKilled);
        busy[1].SendHeartbeat();
        _ = pool.Submit("c");
        pool.Loop.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(2, busy[1].Cancelled.Count);
        Assert.Contains(pool.Log.Entries, entry => entry.Message.Contains("could not look at a worker", StringComparison.Ordinal));
    }

    [Fact]
    public void The_next_heartbeat_restores_time_limits_when_a_timer_could_not_be_made()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        _ = pool.Submit("a");
        pool.Loop.ScheduleFailures = 1;
        Assert.Throws<InsufficientMemoryException>(() => pool.Loop.Advance(TimeSpan.FromSeconds(1)));

        pool.Launcher.Workers[0].SendHeartbeat();
        pool.Loop.Advance(TimeSpan.FromSeconds(16));

        Assert.Single(pool.Launcher.Workers[0].Cancelled);
    }

    [Fact]
    public async Task A_job_that_cannot_be_sent_has_one_end_and_its_worker_is_replaced()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        pool.Launcher.Workers[0].SendFailure = new InsufficientMemoryException();

        Assert.Equal("the server could not start it; try again later", await PoolFixture.ReasonOf(pool.Submit("a")));
        Assert.True(pool.Launcher.Workers[0].IsKilled);
        pool.Launcher.Workers[0].Exit();
        Task<string> next = pool.Submit("b");
        pool.Launcher.Workers[1].BeReady().Answer("done");
        Assert.Equal("done", await next);
    }

    [Fact]
    public async Task A_job_whose_time_cannot_be_watched_has_one_end()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        pool.Loop.ScheduleFailures = 1;

        Assert.Equal("the server could not start it; try again later", await PoolFixture.ReasonOf(pool.Submit("a")));
        pool.Launcher.Workers[0].Answer("too late");
        Task<string> next = pool.Submit("b");
        pool.Launcher.Workers[0].Answer("done");
        Assert.Equal("done", await next);
    }

    [Fact]
    public async Task A_log_that_fails_keeps_no_job_and_no_worker_from_its_end()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Log.Failure = new InsufficientMemoryException();
        Assert.Throws<InsufficientMemoryException>(() => pool.Launcher.Workers[0].Exit());
        pool.Log.Failure = null;
        pool.Loop.Advance(TimeSpan.FromSeconds(1));
        FakeLauncher.FakeWorker second = Assert.Single(pool.Launcher.Alive).BeReady();
        pool.Log.Failure = new InsufficientMemoryException();
        Assert.Throws<InsufficientMemoryException>(() => second.Exit());

        Assert.Equal("crashed", await PoolFixture.ReasonOf(job));
        pool.Log.Failure = null;
        pool.Loop.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(pool.Launcher.Alive);
    }

    [Fact]
    public void A_worker_that_cannot_even_be_asked_for_is_tried_again()
    {
        PoolFixture pool = new();
        pool.Launcher.NextFailure = new InsufficientMemoryException("no memory");
        pool.Jobs.Start();

        pool.Loop.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(pool.Launcher.Alive);
        Assert.Contains(pool.Log.Entries, entry => entry.Message.Contains("no memory", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_killed_worker_that_the_kernel_does_not_let_go_of_loses_its_job_and_its_place()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Launcher.Workers[0].IsHung = true;
        pool.Loop.Advance(TimeSpan.FromSeconds(13));
        Assert.True(pool.Launcher.Workers[0].IsKilled);
        Assert.Single(pool.Launcher.Workers);

        pool.Loop.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(2, pool.Launcher.Workers.Count);
        pool.Launcher.Workers[1].BeReady().Answer("done");
        Assert.Equal("done", await job);

        // It ends at last, and is missed by nobody.
        pool.Launcher.Workers[0].Answer("too late");
        pool.Launcher.Workers[0].Exit();
        Assert.Equal(2, pool.Launcher.Workers.Count);
    }

    [Fact]
    public void A_killed_worker_keeps_its_place_for_as_long_though_the_server_is_stopped_meanwhile()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        _ = pool.Submit("a");
        pool.Loop.Advance(TimeSpan.FromSeconds(13));
        Assert.True(pool.Launcher.Workers[0].IsKilled);

        pool.Loop.Sleep(TimeSpan.FromHours(1));
        Assert.Single(pool.Launcher.Workers);
        pool.Loop.Advance(ChatOptions.WorkerExitLimit + TimeSpan.FromSeconds(1));

        Assert.Equal(2, pool.Launcher.Workers.Count);
    }

    [Fact]
    public async Task The_stop_ends_at_its_limit_though_a_worker_does_not_and_says_which()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> running = pool.Submit("a");
        (bool drained, bool ended) = (false, false);
        pool.Jobs.Stop(TimeSpan.FromSeconds(5), () => drained = true, () => ended = true);

        pool.Loop.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("cancelled: server is shutting down", await PoolFixture.ReasonOf(running));
        Assert.Equal((true, false), (drained, ended));
        pool.Loop.Advance(ChatOptions.PoolStopMargin);

        Assert.True(ended);
        Assert.Equal(["worker 1 (process 10001)"], pool.Jobs.Pool.StillRunning);
        pool.Launcher.Workers[0].Exit();
        Assert.Empty(pool.Jobs.Pool.StillRunning);
    }

    [Fact]
    public void Orphans_are_looked_for_while_nothing_happens()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        pool.Loop.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(2, pool.Launcher.Reapings);
    }
}
