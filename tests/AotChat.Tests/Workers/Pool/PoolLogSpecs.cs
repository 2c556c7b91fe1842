using AotChat.Configuration;
using AotChat.Limits;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>What users can bring about does not fill the log.</summary>
public sealed class PoolLogSpecs
{
    [Fact]
    public async Task Users_whose_jobs_crash_fill_no_log_and_what_was_left_out_is_counted()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        for (int i = 0; i < 100; i++)
        {
            Task<string> job = pool.Submit($"{i}", owner: i);
            pool.Launcher.Workers[^1].Exit();
            pool.Launcher.Workers[^1].BeReady().Exit();
            pool.Launcher.Workers[^1].BeReady();
            Assert.Equal("crashed", await PoolFixture.ReasonOf(job));
        }

        int logged = Count(pool, "ended while running job") + Count(pool, "has crashed two workers");
        Assert.Equal(ChatOptions.PoolLogBurst, logged);
        pool.Loop.Advance(TimeSpan.FromSeconds(6));
        pool.Loop.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            $"{300 - ChatOptions.PoolLogBurst} more lines about workers were left out",
            Assert.Single(pool.Log.Entries, entry => entry.Message.EndsWith("were left out", StringComparison.Ordinal)).Message);
    }

    [Fact]
    public void Workers_that_end_after_each_job_share_one_allowance_of_lines()
    {
        PoolFixture pool = new();
        RateBudget budget = new(pool.Loop.Time, ChatOptions.WorkerLogBurst, ChatOptions.WorkerLogRate);
        for (int worker = 0; worker < 10; worker++)
        {
            WorkerLogLines lines = new(worker, budget, pool.Log);
            for (int i = 0; i < ChatOptions.WorkerLogBurst; i++)
            {
                lines.Add("a line\n"u8);
            }

            lines.End();
        }

        Assert.Equal(ChatOptions.WorkerLogBurst, Count(pool, "a line"));
        Assert.Equal(9, Count(pool, $"{ChatOptions.WorkerLogBurst} more lines were left out"));
    }

    [Fact]
    public void The_list_of_processes_tells_workers_and_servers_apart()
    {
        PoolFixture pool = new(new ChatOptions { Workers = 2 });
        pool.Jobs.Pool.Place = "1235";
        pool.Jobs.Start();

        Assert.Equal(["cpu 1 of 1235", "io 2 of 1235"], pool.Launcher.Workers.Select(worker => worker.Settings.Title));
    }

    private static int Count(PoolFixture pool, string text) =>
        pool.Log.Entries.Count(entry => entry.Message.Contains(text, StringComparison.Ordinal));
}
