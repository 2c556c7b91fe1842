using AotChat.Configuration;
using AotChat.Workers;
using AotChat.Workers.Pool;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Workers.Pool;

/// <summary>A limit of time is kept by who needs exactly as long.</summary>
public sealed class WorkerDeadlinesSpecs
{
    private static readonly ChatOptions Options = new();

    private readonly FakeTimeProvider _time = new();
    private readonly WorkerDeadlines _deadlines = new(0);

    [Fact]
    public void A_worker_may_take_exactly_so_long_to_start()
    {
        _deadlines.OnHeard(ChatOptions.WorkerStartLimit.Ticks);

        AssertLimit(ChatOptions.WorkerStartLimit, Overdue.Start, isStarting: true);
    }

    [Fact]
    public void A_worker_may_be_silent_for_exactly_so_long() => AssertLimit(ChatOptions.WorkerSilenceLimit, Overdue.Heartbeat);

    [Fact]
    public void A_killed_worker_may_take_exactly_so_long_to_end()
    {
        _deadlines.OnKilled(0);

        AssertLimit(ChatOptions.WorkerExitLimit, Overdue.Exit);
    }

    [Fact]
    public void A_job_may_take_exactly_so_long_and_so_long_again_to_stop()
    {
        Job job = new(1, new JobRequest(PoolFixture.Cpu, default, "alice", default, null, "call"), JobTable.InfoOf(PoolFixture.Cpu), now: 0);
        TimeSpan limit = TimeSpan.FromSeconds(Options.JobSoftSeconds);
        _deadlines.OnHeard(limit.Ticks);
        AssertLimit(limit, Overdue.Job, job: job);

        _deadlines.OnStopAsked(limit.Ticks);
        AssertLimit(limit + TimeSpan.FromSeconds(Options.JobGraceSeconds), Overdue.Stop, job: job);
    }

    [Fact]
    public void A_killed_worker_stays_one_though_the_server_is_stopped_meanwhile()
    {
        _deadlines.OnKilled(0);
        _deadlines.Extend(ticks: 100, now: 1_000);

        Assert.Equal(900, _deadlines.SinceKilled(_time, 1_000).Ticks);
    }

    private void AssertLimit(TimeSpan limit, Overdue expected, bool isStarting = false, Job? job = null)
    {
        Assert.Equal(Overdue.Nothing, _deadlines.Find(isStarting, job, limit.Ticks, _time, Options));
        Assert.Equal(expected, _deadlines.Find(isStarting, job, limit.Ticks + 1, _time, Options));
    }
}
