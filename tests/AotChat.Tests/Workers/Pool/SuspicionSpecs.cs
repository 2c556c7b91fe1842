using AotChat.Configuration;
using AotChat.Jobs;
using AotChat.Tests.Simulation;
using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>A call that may not run again is suspected after one lost worker, cleared by a run to its end, and refused after a second.</summary>
public sealed class SuspicionSpecs
{
    private readonly FakeLauncher _launcher = new();
    private readonly FakePoolLoop _loop = new();
    private readonly ChatOptions _options = new() { Workers = 1, JobUserRunning = 100 };
    private readonly JobLifecycle _jobs;
    private uint _nextId = 1;

    public SuspicionSpecs()
    {
        _jobs = new JobLifecycle(_launcher, _loop, new PoolPulse(_loop, static () => false, static _ => { }), _options, new RecordingLogger());
        _jobs.Pool.Apply(_options);
        _launcher.Workers[0].BeReady();
    }

    private bool IsRefused => _jobs.Quarantine.Holds(PoolFixture.Cpu, "a"u8);

    private FakeLauncher.FakeWorker Worker => _launcher.Workers[^1];

    [Fact]
    public void A_call_that_loses_a_worker_twice_is_refused_and_not_run_again()
    {
        Job first = Run();
        LoseWorker();
        Assert.Equal("crashed", ReasonOf(first));
        Assert.False(Worker.IsBusy);
        Assert.False(IsRefused);

        Run();
        LoseWorker();

        Assert.True(IsRefused);
    }

    [Fact]
    public void A_worker_that_ends_under_a_cancelled_job_is_not_blamed_on_its_call()
    {
        // It may have been ended because the job did not stop, and its user hears "cancelled" in any case.
        Job cancelled = Run();
        _jobs.End(cancelled, JobLifecycle.Cancelled);
        LoseWorker();
        Assert.Equal("cancelled", ReasonOf(cancelled));

        Run();
        LoseWorker();

        Assert.False(IsRefused);
    }

    [Fact]
    public void A_worker_that_ends_under_a_job_that_took_too_long_is_not_blamed_on_its_call()
    {
        Job late = Run();
        _loop.Advance(TimeSpan.FromSeconds(11));
        Worker.SendHeartbeat();
        Assert.Single(_jobs.Pool.Workers).Check(_loop.Time.GetTimestamp(), _loop.Time, _options);
        LoseWorker();
        Assert.Equal("timed out", ReasonOf(late));
        Run();
        LoseWorker();

        Assert.False(IsRefused);
    }

    [Fact]
    public void A_run_to_the_end_clears_the_call()
    {
        Run();
        LoseWorker();
        Run();
        Worker.Answer("done");
        Run();
        LoseWorker();

        Assert.False(IsRefused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_was_cancelled_does_not_clear_the_call_whatever_its_worker_says(bool hasResult)
    {
        Run();
        LoseWorker();
        _jobs.End(Run(), JobLifecycle.Cancelled);
        if (hasResult)
        {
            Worker.Answer("done");
        }
        else
        {
            Worker.Fail("", JobFailure.Cancelled);
        }

        Run();
        LoseWorker();

        Assert.True(IsRefused);
    }

    [Fact]
    public void A_run_that_stopped_for_its_time_limit_does_not_clear_the_call()
    {
        Run();
        LoseWorker();
        Run();
        Worker.Fail("", JobFailure.Cancelled);
        Run();
        LoseWorker();

        Assert.True(IsRefused);
    }

    private Job Run()
    {
        JobRequest request = new(PoolFixture.Cpu, "a"u8.ToArray(), Owner: "alice", Block: default, Recipient: null, Call: "call a");
        Job job = new(_nextId++, request, new JobInfo("Once", JobLane.Cpu, IsIdempotent: false, 0, 0), _loop.Time.GetTimestamp());
        _jobs.Ledger.Add(job);
        _jobs.Dispatcher.Dispatch();
        Assert.True(Worker.IsBusy);
        return job;
    }

    private void LoseWorker()
    {
        Worker.Exit();
        Worker.BeReady();
    }

    private static string ReasonOf(Job job) => Assert.IsType<JobFailedException>(job.End.Exception!.InnerException).Message;
}
