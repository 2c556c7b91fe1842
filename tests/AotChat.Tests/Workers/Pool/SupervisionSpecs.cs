using AotChat.Configuration;
using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>Workers come and go; how many there are, and when there are none, is for the pool to see to.</summary>
public sealed class SupervisionSpecs
{
    [Fact]
    public void An_idle_worker_that_ends_is_replaced_at_once_and_gets_no_job()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        pool.Launcher.Workers[0].Exit();
        _ = pool.Submit("a");

        Assert.Empty(pool.Launcher.Workers[0].Received);
        Assert.Single(pool.Launcher.Workers[1].BeReady().Received);
    }

    [Fact]
    public void Workers_that_keep_ending_are_replaced_with_growing_pauses()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        double[] expected = [0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5];
        foreach (double pause in expected)
        {
            pool.Launcher.Workers[^1].Exit();

            // Twenty per cent more or fewer.
            pool.Loop.Advance(TimeSpan.FromSeconds(pause * 0.79));
            Assert.Equal(pause == 0 ? 1 : 0, pool.Launcher.Alive.Length);
            pool.Loop.Advance(TimeSpan.FromSeconds(pause * 0.42));
            Assert.Single(pool.Launcher.Alive)!.BeReady();
        }
    }

    [Fact]
    public async Task A_worker_that_has_done_a_job_resets_the_pauses_between_successors()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        for (int i = 0; i < 3; i++)
        {
            pool.Launcher.Workers[^1].Exit();
            pool.Loop.Advance(TimeSpan.FromSeconds(1));
            pool.Launcher.Workers[^1].BeReady();
        }

        Task<string> job = pool.Submit("a");
        pool.Launcher.Workers[^1].Answer("done");
        await job;
        pool.Launcher.Workers[^1].Exit();

        Assert.Single(pool.Launcher.Alive);
    }

    [Fact]
    public void Workers_that_ended_under_jobs_are_all_replaced_at_once()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        for (int i = 0; i < 10; i++)
        {
            _ = pool.Submit($"{i}", owner: i);
            pool.Launcher.Workers[^1].Exit();
            pool.Launcher.Workers[^1].BeReady();
        }

        Assert.Single(pool.Launcher.Alive);
    }

    [Fact]
    public async Task Jobs_are_refused_while_no_worker_can_be_started()
    {
        PoolFixture pool = new();
        pool.Jobs.Start();
        Task<string> waiting = pool.Submit("a");
        for (int i = 0; i < 5; i++)
        {
            pool.Launcher.Workers[^1].Exit(WorkerExit.NotStarted("no more processes"));
            pool.Loop.Advance(TimeSpan.FromSeconds(i == 4 ? 0 : 1));
        }

        Assert.Equal("the workers cannot be started; try again later", await PoolFixture.ReasonOf(waiting));
        Assert.Equal("the workers cannot be started; try again later", await PoolFixture.ReasonOf(pool.Submit("b")));
        Assert.Contains(pool.Log.Entries, entry => entry.Message.Contains("cannot be started after 5 tries: no more processes; jobs are refused", StringComparison.Ordinal));
        Assert.Empty(pool.Launcher.Alive);

        // One is tried now and then, until it is ready.
        for (int probes = 0; probes < 3; probes++)
        {
            pool.Loop.Advance(TimeSpan.FromSeconds(6));
            Assert.Single(pool.Launcher.Alive).Exit();
        }

        pool.Loop.Advance(TimeSpan.FromSeconds(6));
        pool.Launcher.Workers[^1].BeReady();
        Task<string> job = pool.Submit("c");
        pool.Launcher.Workers[^1].Answer("done");
        Assert.Equal("done", await job);
    }

    [Fact]
    public async Task A_lane_without_workers_does_not_stop_the_other()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 2 });
        pool.Jobs.Start();
        pool.Launcher.Workers.Single(worker => worker.Settings.Lanes == JobLanes.Cpu).BeReady();
        for (int i = 0; i < 5; i++)
        {
            pool.Launcher.Workers.Last(worker => worker.Settings.Lanes == JobLanes.Io).Exit();
            pool.Loop.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("the workers cannot be started; try again later", await PoolFixture.ReasonOf(pool.Submit("a", index: PoolFixture.Io)));
        Task<string> job = pool.Submit("b");
        pool.Launcher.Workers[0].Answer("done");
        Assert.Equal("done", await job);
    }

    [Fact]
    public void A_worker_that_is_never_ready_is_killed()
    {
        PoolFixture pool = new();
        pool.Jobs.Start();
        pool.Loop.Advance(TimeSpan.FromSeconds(16));

        Assert.True(pool.Launcher.Workers[0].IsKilled);
    }

    [Fact]
    public async Task A_worker_that_falls_silent_is_killed_and_its_job_is_run_elsewhere()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 1, JobSoftSeconds = 1_000 });
        pool.StartReady();
        Task<string> job = pool.Submit("a");
        pool.Loop.Advance(TimeSpan.FromSeconds(10));
        pool.Launcher.Workers[0].SendHeartbeat();
        pool.Loop.Advance(TimeSpan.FromSeconds(14));
        Assert.False(pool.Launcher.Workers[0].IsKilled);

        pool.Loop.Advance(TimeSpan.FromSeconds(2));
        Assert.True(pool.Launcher.Workers[0].IsKilled);
        pool.Launcher.Workers[0].Exit();
        pool.Launcher.Workers[1].BeReady().Answer("done");

        Assert.Equal("done", await job);
        Assert.Contains(pool.Log.Entries, entry => entry.Message.Contains("it was silent for too long", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_was_stopped_gives_its_workers_that_much_more_time()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Loop.Advance(TimeSpan.FromSeconds(5));

        pool.Loop.Sleep(TimeSpan.FromHours(1));
        pool.Loop.Advance(TimeSpan.FromSeconds(4));

        Assert.False(pool.Launcher.Workers[0].IsKilled);
        Assert.Empty(pool.Launcher.Workers[0].Cancelled);
        pool.Launcher.Workers[0].Answer("done");
        Assert.Equal("done", await job);
    }

    [Fact]
    public async Task A_worker_that_has_done_enough_jobs_is_replaced_without_a_gap()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 1, RecycleJobs = 10 });
        pool.StartReady();
        FakeLauncher.FakeWorker old = pool.Launcher.Workers[0];
        int done = 0;
        for (; pool.Launcher.Workers.Count == 1; done++)
        {
            Task<string> job = pool.Submit("a");
            old.Answer("done");
            await job;
        }

        Assert.InRange(done, 9, 11);

        // It goes on until the new one is ready.
        Task<string> last = pool.Submit("b");
        pool.Launcher.Workers[1].BeReady();
        Assert.False(old.IsClosed);
        Task<string> next = pool.Submit("c", owner: pool.Bob);
        pool.Launcher.Workers[1].Answer("c done");
        old.Answer("b done");

        Assert.Equal(["b done", "c done"], [await last, await next]);
        Assert.True(old.IsClosed);
        old.Exit(WorkerExit.WithCode(0));
        Assert.Equal(2, pool.Launcher.Workers.Count);
    }

    [Fact]
    public void A_worker_that_has_grown_too_large_is_replaced()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        pool.Launcher.Workers[0].SendHeartbeat(residentBytes: 129L * 1024 * 1024);
        pool.Launcher.Workers[1].BeReady();

        Assert.True(pool.Launcher.Workers[0].IsClosed);
    }

    [Fact]
    public void A_successor_takes_the_place_of_one_that_ends_before_it_is_ready()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        pool.Launcher.Workers[0].SendHeartbeat(residentBytes: 129L * 1024 * 1024);
        pool.Launcher.Workers[0].Exit();
        Assert.Equal(2, pool.Launcher.Workers.Count);

        pool.Launcher.Workers[1].Exit();
        pool.Loop.Advance(TimeSpan.FromSeconds(10));

        Assert.Single(pool.Launcher.Alive).BeReady();
        _ = pool.Submit("a");
        Assert.Single(pool.Launcher.Workers[^1].Received);
    }

    [Fact]
    public void A_successor_that_cannot_be_started_leaves_the_old_one_in_its_place()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        pool.Launcher.Workers[0].SendHeartbeat(residentBytes: 129L * 1024 * 1024);
        pool.Launcher.Workers[1].Exit(WorkerExit.NotStarted("no more processes"));

        Assert.False(pool.Launcher.Workers[0].IsClosed);
        _ = pool.Submit("a");
        Assert.Single(pool.Launcher.Workers[0].Received);
    }

    [Fact]
    public void Workers_that_the_system_does_not_confine_are_one_line_in_the_log()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 4 });
        pool.Jobs.Start();
        foreach (FakeLauncher.FakeWorker worker in pool.Launcher.Workers.ToArray())
        {
            worker.BeReady(limits: WorkerLimits.Unprivileged);
        }

        Assert.Single(pool.Log.Entries, entry => entry.Message.Contains("cannot keep workers off the network", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 0, "any")]
    [InlineData(2, 0, "cpu io")]
    [InlineData(4, 0, "cpu cpu cpu io")]
    [InlineData(8, 0, "cpu cpu cpu cpu cpu cpu io io")]
    [InlineData(4, 3, "cpu io io io")]
    [InlineData(4, 200, "cpu io io io")]
    public void Workers_are_shared_out_between_the_lanes(int workers, int io, string expected)
    {
        PoolFixture pool = new(new ChatOptions { Workers = workers, IoWorkers = io });
        pool.Jobs.Start();

        Assert.Equal(expected, string.Join(' ', pool.Launcher.Workers.Select(worker => WorkerSettings.NameOf(worker.Settings.Lanes))));
    }

    [Fact]
    public void A_higher_number_of_workers_takes_effect_at_once_and_a_lower_one_as_they_become_idle()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 2, JobUserRunning = 9 });
        pool.StartReady();
        pool.Jobs.Apply(new ChatOptions { Workers = 4, JobUserRunning = 9 });
        Assert.Equal(4, pool.Launcher.Alive.Length);
        foreach (FakeLauncher.FakeWorker worker in pool.Launcher.Workers.Skip(2).ToArray())
        {
            worker.BeReady();
        }

        for (int i = 0; i < 3; i++)
        {
            _ = pool.Submit($"{i}");
        }

        pool.Jobs.Apply(new ChatOptions { Workers = 2 });
        Assert.DoesNotContain(pool.Launcher.Workers, worker => worker.IsClosed || worker.IsKilled);
        foreach (FakeLauncher.FakeWorker worker in pool.Launcher.Workers.Where(worker => worker.Received.Count > 0).ToArray())
        {
            worker.Answer("done");
        }

        Assert.Equal(2, pool.Launcher.Workers.Count(worker => worker.IsClosed));
    }
}
