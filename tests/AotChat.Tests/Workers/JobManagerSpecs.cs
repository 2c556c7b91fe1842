using System.Text;
using AotChat.Tests.Simulation;
using AotChat.Workers;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Workers;

/// <summary>The pool: whatever happens to workers, each job has one end.</summary>
public sealed class JobManagerSpecs
{
    private readonly FakeLauncher _launcher = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ImmediateContext _loop = new();
    private readonly RecordingLogger _log = new();
    private readonly JobManager _jobs;

    public JobManagerSpecs() => _jobs = new JobManager(_launcher, _loop, capacity: 4, _time, _log);

    [Fact]
    public async Task A_job_waits_for_a_worker_to_be_ready()
    {
        _jobs.Start(1);
        Task<string> job = Submit("a");
        Assert.Empty(_launcher.Workers[0].Received);

        _launcher.Workers[0].BeReady();
        _launcher.Workers[0].Answer("done");

        Assert.Equal("done", await job);
    }

    [Fact]
    public async Task A_worker_has_one_job_at_a_time_and_jobs_go_in_order()
    {
        StartReady(2);
        Task<string>[] jobs = [Submit("a"), Submit("b"), Submit("c")];
        Assert.All(_launcher.Workers, worker => Assert.Single(worker.Received));

        _launcher.Workers[1].Answer("b done");
        Assert.Equal(2, _launcher.Workers[1].Received.Count);
        Assert.EndsWith("c", Encoding.UTF8.GetString(_launcher.Workers[1].Received[1].Payload.Span), StringComparison.Ordinal);
        _launcher.Workers[1].Answer("c done");
        _launcher.Workers[0].Answer("a done");

        Assert.Equal(["a done", "b done", "c done"], await Task.WhenAll(jobs));
    }

    [Fact]
    public async Task A_failed_job_says_why_and_the_worker_goes_on()
    {
        StartReady(1);
        Task<string> failing = Submit("a");
        _launcher.Workers[0].Fail("no luck");
        Assert.Equal("no luck", await Assert.ThrowsAsync<JobFailedException>(() => failing).ContinueWith(task => task.Result.Message, TaskScheduler.Default));

        Task<string> next = Submit("b");
        _launcher.Workers[0].Answer("b done");
        Assert.Equal("b done", await next);
    }

    [Fact]
    public async Task A_crashed_worker_is_replaced_at_once_and_its_job_is_run_again()
    {
        StartReady(1);
        Task<string> job = Submit("a");
        Task<string> later = Submit("b");

        _launcher.Workers[0].Exit();
        Assert.Equal(2, _launcher.Workers.Count);
        _launcher.Workers[1].BeReady();
        _launcher.Workers[1].Answer("a done");
        _launcher.Workers[1].Answer("b done");

        Assert.Equal(["a done", "b done"], [await job, await later]);
    }

    [Fact]
    public async Task A_job_that_takes_two_workers_with_it_fails_and_is_not_tried_again()
    {
        StartReady(1);
        Task<string> job = Submit("a");
        _launcher.Workers[0].Exit();
        _launcher.Workers[1].BeReady();
        _launcher.Workers[1].Exit();

        Assert.Equal("the worker crashed", await ReasonOf(job));
        _launcher.Workers[2].BeReady();
        Assert.Empty(_launcher.Workers[2].Received);
    }

    [Fact]
    public void An_idle_worker_that_ends_is_replaced_and_gets_no_job()
    {
        StartReady(2);
        _launcher.Workers[0].Exit();
        _ = Submit("a");
        _ = Submit("b");

        Assert.Empty(_launcher.Workers[0].Received);
        Assert.Single(_launcher.Workers[1].Received);
        _launcher.Workers[2].BeReady();
        Assert.Single(_launcher.Workers[2].Received);
    }

    [Fact]
    public void Workers_that_never_become_ready_are_replaced_with_growing_pauses()
    {
        _jobs.Start(1);
        double[] pauses = new double[9];
        for (int i = 0; i < pauses.Length; i++)
        {
            int before = _launcher.Workers.Count;
            _launcher.Workers[^1].Exit();
            for (; _launcher.Workers.Count == before; pauses[i] += 0.1)
            {
                _time.Advance(TimeSpan.FromSeconds(0.1));
            }
        }

        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5], pauses.Select(pause => Math.Round(pause, 1)));
        _launcher.Workers[^1].BeReady();
        _launcher.Workers[^1].Exit();
        Assert.False(_launcher.Workers[^1].HasExited);
    }

    [Fact]
    public async Task Too_many_jobs_are_refused_at_once()
    {
        StartReady(1);
        Task<string>[] accepted = [.. Enumerable.Range(0, 5).Select(i => Submit($"{i}"))];

        Assert.Equal("too many jobs are waiting, try again later", await ReasonOf(Submit("one more")));
        Assert.All(accepted, job => Assert.False(job.IsCompleted));
    }

    [Fact]
    public async Task Arguments_that_could_block_the_pipe_are_refused()
    {
        StartReady(1);

        Assert.Equal("the arguments are too long", await ReasonOf(Submit(new string('x', FrameCodec.MaxRequestBytes))));
    }

    [Fact]
    public void A_worker_of_another_build_is_killed()
    {
        _jobs.Start(1);
        _launcher.Workers[0].BeReady(JobTable.Signature + 1);

        Assert.True(_launcher.Workers[0].IsKilled);
    }

    [Fact]
    public async Task A_frame_out_of_turn_kills_that_worker_and_its_job_is_run_elsewhere()
    {
        StartReady(1);
        Task<string> job = Submit("a");
        _launcher.Workers[0].Say(new Frame(FrameKind.Result, 999, default));
        Assert.True(_launcher.Workers[0].IsKilled);
        _launcher.Workers[0].Answer("too late");
        Assert.False(job.IsCompleted);

        _launcher.Workers[0].Exit();
        _launcher.Workers[1].BeReady();
        _launcher.Workers[1].Answer("done");
        Assert.Equal("done", await job);
    }

    [Fact]
    public async Task A_result_after_the_end_of_a_job_is_not_taken_for_another()
    {
        StartReady(1);
        Task<string> job = Submit("a");
        _launcher.Workers[0].Answer("done");
        _launcher.Workers[0].Answer("done twice");

        Assert.Equal("done", await job);
        Assert.True(_launcher.Workers[0].IsKilled);
    }

    [Fact]
    public async Task At_the_end_every_job_fails_and_workers_are_let_go()
    {
        StartReady(2);
        Task<string>[] jobs = [Submit("a"), Submit("b"), Submit("c")];
        _launcher.Workers[1].Answer("b done");
        _launcher.Workers[1].Answer("c done");
        Task<string> waiting = Submit("d");
        _launcher.Workers[1].Answer("d done");
        bool stopped = false;

        _jobs.Stop(() => stopped = true);

        Assert.Equal("the server is shutting down", await ReasonOf(jobs[0]));
        Assert.Equal("d done", await waiting);
        Assert.True(_launcher.Workers[0].IsKilled);
        Assert.True(_launcher.Workers[1].IsClosed);
        Assert.False(stopped);
        _launcher.Workers[0].Exit();
        _launcher.Workers[1].Exit();
        Assert.True(stopped);
        Assert.Equal(2, _launcher.Workers.Count);
        Assert.Equal("the server is shutting down", await ReasonOf(Submit("e")));
    }

    [Fact]
    public async Task A_job_that_is_cancelled_already_is_not_run()
    {
        StartReady(1);

        Assert.Equal("cancelled", await ReasonOf(Submit("a", new CancellationToken(canceled: true))));
        Assert.Empty(_launcher.Workers[0].Received);
    }

    private void StartReady(int workers)
    {
        _jobs.Start(workers);
        foreach (FakeLauncher.FakeWorker worker in _launcher.Workers)
        {
            worker.BeReady();
        }
    }

    private async Task<string> Submit(string arguments, CancellationToken cancellationToken = default) =>
        Encoding.UTF8.GetString((await _jobs.RunAsync(0, Encoding.UTF8.GetBytes(arguments), cancellationToken)).Span);

    private static async Task<string> ReasonOf(Task job) => (await Assert.ThrowsAsync<JobFailedException>(() => job)).Message;

    /// <summary>A loop that runs at once what is posted: these tests have one thread.</summary>
    private sealed class ImmediateContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => d(state);
    }
}
