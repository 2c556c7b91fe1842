using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>What becomes of jobs when the server stops.</summary>
public sealed class PoolStopSpecs
{
    [Fact]
    public async Task A_stop_answers_waiting_jobs_and_lets_running_ones_finish()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> running = pool.Submit("a");
        Task<string> waiting = pool.Submit("b");
        (bool drained, bool ended) = (false, false);

        pool.Jobs.Stop(TimeSpan.FromSeconds(5), () => drained = true, () => ended = true);

        Assert.Equal("cancelled: server is shutting down", await PoolFixture.ReasonOf(waiting));
        Assert.Equal("cancelled: server is shutting down", await PoolFixture.ReasonOf(pool.Submit("c")));
        Assert.Equal((false, false), (drained, ended));
        pool.Launcher.Workers[0].Answer("done");
        Assert.Equal("done", await running);
        Assert.True(drained);
        Assert.True(pool.Launcher.Workers[0].IsClosed);
        pool.Launcher.Workers[0].Exit(WorkerExit.WithCode(0));
        Assert.True(ended);
        Assert.Single(pool.Launcher.Workers);
    }

    [Fact]
    public async Task A_stop_ends_running_jobs_after_the_time_limit()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        Task<string> running = pool.Submit("a");
        bool drained = false;
        pool.Jobs.Stop(TimeSpan.FromSeconds(5), () => drained = true, () => { });

        pool.Loop.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("cancelled: server is shutting down", await PoolFixture.ReasonOf(running));
        Assert.True(drained);
        Assert.True(pool.Launcher.Workers[0].IsKilled);
    }
}
