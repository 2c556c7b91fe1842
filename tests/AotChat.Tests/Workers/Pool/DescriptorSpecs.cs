using AotChat.Configuration;
using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>How many processes, and so descriptors, the pool has at most, and what it does where it gets no more.</summary>
public sealed class DescriptorSpecs
{
    [Theory]
    [InlineData(1, 12)]
    [InlineData(4, 36)]
    public void The_server_can_set_so_many_descriptors_aside(int workers, int descriptors) =>
        Assert.Equal(descriptors, WorkerPipes.DescriptorsFor(workers));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void There_are_never_more_than_twice_as_many_processes_as_workers(int workers)
    {
        Random random = new(workers);
        PoolFixture pool = new(new ChatOptions { Workers = workers, RecycleJobs = 10, JobUserRunning = 100, JobUserQueue = 100 });
        pool.StartReady();
        int max = 0;
        for (int i = 0; i < 5_000; i++)
        {
            FakeLauncher.FakeWorker[] alive = pool.Launcher.Alive;
            FakeLauncher.FakeWorker? worker = alive.Length > 0 ? alive[random.Next(alive.Length)] : null;
            switch (random.Next(8))
            {
                case 0 when worker is { IsReady: false }:
                    worker.BeReady();
                    break;
                case 1 when worker is { IsClosed: true, IsBusy: false } or { IsKilled: true }:
                    worker.Exit();
                    break;
                case 2 when worker is { IsReady: true }:
                    worker.SendHeartbeat(residentBytes: 129L * 1024 * 1024);
                    break;
                case 3 when worker is { IsBusy: true }:
                    worker.Answer("done");
                    break;
                case 4:
                    pool.Loop.Advance(TimeSpan.FromMilliseconds(random.Next(1, 2_000)));
                    break;
                case 5 when random.Next(10) == 0 && worker is not null:
                    worker.Exit(WorkerExit.NotStarted("no more descriptors"));
                    break;
                case 6 when random.Next(10) == 0:
                    pool.Jobs.Apply(new ChatOptions { Workers = random.Next(1, workers + 1), RecycleJobs = 10, JobUserRunning = 100, JobUserQueue = 100 });
                    break;
                default:
                    pool.Submit($"{i}", owner: i, index: i % 2 == 0 ? PoolFixture.Cpu : PoolFixture.Io).ContinueWith(static task => task.Exception, TaskScheduler.Default);
                    break;
            }

            max = Math.Max(max, pool.Launcher.Alive.Length);
        }

        Assert.InRange(max, workers, 2 * workers);

        // And none is missing at the end.
        pool.Jobs.Apply(new ChatOptions { Workers = workers });
        for (int i = 0; i < 100; i++)
        {
            foreach (FakeLauncher.FakeWorker worker in pool.Launcher.Alive)
            {
                if (worker.IsClosed || worker.IsKilled)
                {
                    worker.Exit();
                }
                else if (!worker.IsReady)
                {
                    worker.BeReady();
                }
                else if (worker.IsBusy)
                {
                    worker.Answer("done");
                }
                else
                {
                    worker.SendHeartbeat();
                }
            }

            pool.Loop.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(workers, pool.Launcher.Alive.Length);
    }

    [Fact]
    public async Task A_worker_that_is_due_and_whose_successor_cannot_be_started_is_tried_with_growing_pauses_and_one_line()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 1, RecycleJobs = 10, JobUserQueue = 100 });
        pool.StartReady();
        FakeLauncher.FakeWorker due = pool.Launcher.Workers[0];
        for (int job = 0; job < 300; job++)
        {
            Task<string> running = pool.Submit("a");
            due.Answer("done");
            Assert.Equal("done", await running);
            foreach (FakeLauncher.FakeWorker successor in pool.Launcher.Alive.Where(worker => worker != due))
            {
                successor.Exit(WorkerExit.NotStarted("no more descriptors"));
            }

            pool.Loop.Advance(TimeSpan.FromMilliseconds(100));
        }

        // 30 seconds: at once, after 1, 2, 4, 8 and 16 s, but for the first jobs.
        Assert.InRange(pool.Launcher.Workers.Count - 1, 4, 6);
        Assert.Single(pool.Log.Entries, entry => entry.Message.Contains("its successor cannot be started: no more descriptors", StringComparison.Ordinal));
        Assert.Single(pool.Log.Entries, entry => entry.Message.Contains("no more descriptors", StringComparison.Ordinal));

        int failures = pool.Launcher.Workers.Count - 1;
        pool.Loop.Advance(TimeSpan.FromSeconds(1));
        for (int i = 0; pool.Launcher.Alive.Length == 1 && i < 100; i++)
        {
            due.SendHeartbeat();
            pool.Loop.Advance(TimeSpan.FromSeconds(1));
        }

        pool.Launcher.Alive[^1].BeReady();
        Assert.True(due.IsClosed);
        Assert.Contains(pool.Log.Entries, entry => entry.Message.Contains($"is the successor after {failures - 1} more failed starts", StringComparison.Ordinal));
    }

    [Fact]
    public void A_worker_that_ends_where_none_can_be_started_is_one_line_until_there_is_one()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 3, IoWorkers = 1 });
        pool.StartReady();
        pool.Launcher.Workers.First(worker => worker.Settings.Lanes == JobLanes.Cpu).Exit();
        for (int i = 0; i < 20; i++)
        {
            if (pool.Launcher.Alive.FirstOrDefault(worker => !worker.IsReady) is { } starting)
            {
                starting.Exit(WorkerExit.NotStarted("no more descriptors"));
            }

            Assert.False(pool.Submit($"{i}", owner: i).IsFaulted);
            foreach (FakeLauncher.FakeWorker busy in pool.Launcher.Alive.Where(worker => worker.IsBusy))
            {
                busy.Answer("done");
            }

            foreach (FakeLauncher.FakeWorker worker in pool.Launcher.Alive.Where(worker => worker.IsReady))
            {
                worker.SendHeartbeat();
            }

            pool.Loop.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(pool.Log.Entries, entry => entry.Message.Contains("no more descriptors", StringComparison.Ordinal));
        pool.Loop.Advance(TimeSpan.FromSeconds(6));
        pool.Launcher.Alive.Single(worker => !worker.IsReady).BeReady();
        Assert.Contains(pool.Log.Entries, entry => entry.Message.Contains("is ready after", StringComparison.Ordinal) && entry.Message.Contains("more failed starts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_are_refused_with_the_reason_when_the_program_of_workers_is_missing()
    {
        PoolFixture pool = new();
        pool.Jobs.Start();
        pool.Launcher.Workers[0].Exit(WorkerExit.NotStarted("/proc is not mounted", isLasting: true));

        Assert.Equal("the workers cannot be started; try again later", await PoolFixture.ReasonOf(pool.Submit("a")));
        Assert.Equal([(JobLanes.Both, "/proc is not mounted")], pool.Jobs.Troubles);
        pool.Loop.Advance(TimeSpan.FromSeconds(6.1));
        pool.Launcher.Workers[1].BeReady();
        Assert.Empty(pool.Jobs.Troubles);
    }

    [Fact]
    public void Workers_that_are_too_many_now_may_still_hold_descriptors()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 8 });
        pool.Jobs.Start();
        pool.Jobs.Apply(new ChatOptions { Workers = 2 });

        Assert.Equal(8, pool.Jobs.Pool.MaxWorkers);
    }
}
