using AotChat.Configuration;
using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>The pool: whatever happens to workers, each job has one end.</summary>
public sealed class JobManagerSpecs
{
    [Fact]
    public async Task A_job_waits_for_a_worker_to_be_ready()
    {
        PoolFixture pool = new();
        pool.Jobs.Start();
        Task<string> job = pool.Submit("a");
        Assert.Empty(pool.Launcher.Workers[0].Received);

        pool.Launcher.Workers[0].BeReady().Answer("done");

        Assert.Equal("done", await job);
    }

    [Fact]
    public async Task A_worker_has_one_job_at_a_time_and_jobs_go_in_order()
    {
        PoolFixture pool = Two().StartReady();
        Task<string>[] jobs = [pool.Submit("a"), pool.Submit("b"), pool.Submit("c")];
        FakeLauncher.FakeWorker first = pool.Launcher.Workers.Single(worker => worker is { Received.Count: 1, LastArgument: "a" });
        FakeLauncher.FakeWorker second = pool.Launcher.Workers.Single(worker => worker is { Received.Count: 1, LastArgument: "b" });

        second.Answer("b done");
        Assert.Equal("c", second.LastArgument);
        second.Answer("c done");
        first.Answer("a done");

        Assert.Equal(["a done", "b done", "c done"], await Task.WhenAll(jobs));
    }

    [Fact]
    public async Task A_failed_job_says_why_and_the_worker_goes_on()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> failing = pool.Submit("a");
        pool.Launcher.Workers[0].Fail("no luck");
        Assert.Equal("no luck", await PoolFixture.ReasonOf(failing));

        Task<string> next = pool.Submit("b");
        pool.Launcher.Workers[0].Answer("b done");
        Assert.Equal("b done", await next);
    }

    [Fact]
    public async Task A_crashed_worker_is_replaced_at_once_and_its_job_is_run_first()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        Task<string> later = pool.Submit("b");

        pool.Launcher.Workers[0].Exit();
        Assert.Equal(2, pool.Launcher.Workers.Count);
        pool.Launcher.Workers[1].BeReady().Answer("a done");
        pool.Launcher.Workers[1].Answer("b done");

        Assert.Equal(["a done", "b done"], [await job, await later]);
    }

    [Fact]
    public async Task A_job_is_run_again_on_a_worker_that_waits_without_waiting_for_a_new_one()
    {
        PoolFixture pool = Two().StartReady();
        Task<string> job = pool.Submit("a");
        FakeLauncher.FakeWorker busy = pool.Launcher.Workers.Single(worker => worker.Received.Count == 1);
        busy.Exit();

        pool.Launcher.Alive.Single(worker => worker.Received.Count == 1).Answer("done");

        Assert.Equal("done", await job);
    }

    [Fact]
    public async Task A_job_that_takes_two_workers_with_it_fails_and_is_not_tried_again()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Launcher.Workers[0].Exit();
        pool.Launcher.Workers[1].BeReady().Exit();

        Assert.Equal("crashed", await PoolFixture.ReasonOf(job));
        pool.Launcher.Workers[2].BeReady();
        Assert.Empty(pool.Launcher.Workers[2].Received);
    }

    [Fact]
    public async Task A_job_that_an_ending_worker_could_not_take_goes_to_another_one_and_is_no_crash()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string>[] jobs = [.. Enumerable.Range(0, 2 * ChatOptions.QuarantineLosses).Select(async i =>
        {
            FakeLauncher.FakeWorker ending = pool.Launcher.Workers[^1];
            ending.IsEnding = true;
            Task<string> job = pool.Submit("a");
            ending.Exit();
            pool.Loop.Advance(TimeSpan.FromSeconds(11));
            pool.Launcher.Workers[^1].BeReady().Answer($"done {i}");
            return await job;
        })];

        Assert.Equal(["done 0", "done 1", "done 2", "done 3"], await Task.WhenAll(jobs));
    }

    [Fact]
    public void A_job_that_an_ending_worker_could_not_take_does_not_count_as_running()
    {
        PoolFixture pool = new PoolFixture(new ChatOptions { Workers = 1, JobUserRunning = 1 }).StartReady();
        pool.Launcher.Workers[0].IsEnding = true;
        _ = pool.Submit("a");
        pool.Launcher.Workers[0].Exit();
        pool.Launcher.Workers[1].BeReady().Answer("done");

        _ = pool.Submit("b");

        Assert.Equal("b", pool.Launcher.Workers[1].LastArgument);
    }

    [Fact]
    public void A_job_that_an_ending_worker_could_not_take_goes_to_one_that_waits_at_once()
    {
        PoolFixture pool = Two().StartReady();
        pool.Launcher.Workers[1].IsEnding = true;

        _ = pool.Submit("a");
        _ = pool.Submit("b");

        Assert.Equal("a", pool.Launcher.Workers[0].LastArgument);
        Assert.Empty(pool.Launcher.Workers[1].Received);
    }

    [Fact]
    public async Task Results_that_nobody_waits_for_are_dropped()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Launcher.Workers[0].Say(new Frame(FrameKind.Result, 999, "forged"u8.ToArray()));
        pool.Launcher.Workers[0].Answer("done");
        pool.Launcher.Workers[0].Answer("done twice");

        Assert.Equal("done", await job);
        Assert.False(pool.Launcher.Workers[0].IsKilled);
    }

    [Fact]
    public async Task A_frame_out_of_turn_kills_that_worker_and_its_job_is_run_elsewhere()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Launcher.Workers[0].BeReady();
        Assert.True(pool.Launcher.Workers[0].IsKilled);
        pool.Launcher.Workers[0].Answer("not to be trusted");
        Assert.False(job.IsCompleted);

        pool.Launcher.Workers[0].Exit();
        pool.Launcher.Workers[1].BeReady().Answer("done");
        Assert.Equal("done", await job);
    }

    [Theory]
    [InlineData((int)FrameKind.Run, 0)]
    [InlineData((int)FrameKind.Cancel, 0)]
    [InlineData((int)FrameKind.Heartbeat, 3)]
    public void A_frame_that_no_worker_sends_kills_it(int kind, int length)
    {
        PoolFixture pool = new PoolFixture().StartReady();
        pool.Launcher.Workers[0].Say(new Frame((FrameKind)kind, 0, new byte[length]));

        Assert.True(pool.Launcher.Workers[0].IsKilled);
    }

    [Theory]
    [InlineData(JobTable.Signature + 1, null)]
    [InlineData(JobTable.Signature, "9.9.9")]
    public void A_worker_of_another_build_is_killed(ulong signature, string? build)
    {
        PoolFixture pool = new();
        pool.Jobs.Start();
        pool.Launcher.Workers[0].BeReady(signature, build);

        Assert.True(pool.Launcher.Workers[0].IsKilled);
    }

    [Fact]
    public async Task Arguments_that_could_block_the_pipe_are_refused()
    {
        PoolFixture pool = new PoolFixture().StartReady();

        const int Longest = FrameCodec.MaxRequestBytes - sizeof(ushort);
        Assert.Equal("the arguments are too long", await PoolFixture.ReasonOf(pool.Submit(new string('x', Longest + 1))));
        Assert.Empty(pool.Launcher.Workers[0].Received);

        Assert.False(pool.Submit(new string('x', Longest)).IsCompleted);
        Assert.Equal(FrameCodec.MaxRequestBytes, pool.Launcher.Workers[0].Received[0].Payload.Length);
    }

    [Fact]
    public async Task A_lack_of_memory_fails_the_job_at_once_and_its_worker_is_replaced()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> job = pool.Submit("a");
        pool.Launcher.Workers[0].Fail("", JobFailure.OutOfMemory);

        Assert.Equal("out of memory", await PoolFixture.ReasonOf(job));
        pool.Launcher.Workers[0].Exit(WorkerExit.WithCode(WorkerContract.OutOfMemory));
        Assert.Single(pool.Launcher.Alive);
        Assert.Empty(pool.Launcher.Alive[0].BeReady().Received);
    }

    private static PoolFixture Two() => new(new ChatOptions { Workers = 3, IoWorkers = 1, JobUserRunning = 100, JobUserQueue = 100 });
}
