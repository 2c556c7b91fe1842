using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Tests.Workers.Pool;
using AotChat.Workers.Pool;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests;

/// <summary>How the server is taken apart, whatever fails on the way.</summary>
public sealed class ShutdownSpecs : IDisposable
{
    private readonly ChatOptions _options = new() { FloodRate = 0, Workers = 1, DrainSeconds = 3 };
    private readonly SimulatedChat _chat;
    private readonly FakeLauncher _launcher = new();
    private readonly JobManager _jobs;
    private readonly Listening _listening = new();
    private readonly Shutdown _shutdown;

    public ShutdownSpecs()
    {
        _chat = new SimulatedChat(_options);
        _jobs = new JobManager(_launcher, new PoolLoop(_chat.Loop, null), _options, _chat.Log);
        _shutdown = new Shutdown(_chat.Loop, _listening, _chat.Port, _jobs, _chat.Log);
        _chat.InLoop(_jobs.Start);
        _launcher.Workers[0].BeReady();
    }

    public void Dispose()
    {
        _listening.Fault = null;
        _listening.Dispose();
    }

    [Fact]
    public void Users_are_told_and_the_loop_ends_when_the_last_worker_is_gone()
    {
        SimulatedClient alice = _chat.Connect();

        Begin();
        Assert.Equal(["Server is shutting down."], alice.ReadTexts());
        Assert.False(_chat.Loop.IsStopped);
        _launcher.Workers[0].Exit(WorkerExit.WithCode(0));
        _chat.Settle();

        Assert.True(_chat.Loop.IsStopped);
        Assert.True(_listening.IsClosed);
        Assert.Equal(ExitCode.Done, _shutdown.Code);
    }

    [Fact]
    public void A_listener_that_cannot_be_closed_does_not_keep_the_server_from_stopping()
    {
        _listening.Fault = new IOException("the directory is gone");

        Begin();
        _launcher.Workers[0].Exit(WorkerExit.WithCode(0));
        _chat.Settle();

        Assert.True(_chat.Loop.IsStopped);
        Assert.Equal(ExitCode.Done, _shutdown.Code);
        Assert.Contains(_chat.Log.Entries, entry => entry is { Level: LogLevel.Error, Exception: IOException } && entry.Message.Contains("closing the listening sockets", StringComparison.Ordinal));
    }

    [Fact]
    public void A_worker_that_never_ends_is_named_and_the_server_stops_without_it()
    {
        SimulatedClient alice = _chat.Connect();

        Begin();
        _chat.Advance(TimeSpan.FromSeconds(_options.DrainSeconds));
        Assert.False(_chat.Loop.IsStopped);
        _chat.Advance(Shutdown.LimitFor(_options) - TimeSpan.FromSeconds(_options.DrainSeconds));

        Assert.True(_chat.Loop.IsStopped);
        Assert.Equal(ExitCode.CannotStop, _shutdown.Code);
        Assert.Contains(_chat.Log.Entries, entry => entry.Level == LogLevel.Critical && entry.Message.Contains("worker 1 (process 10001)", StringComparison.Ordinal));
        Assert.Contains("Server is shutting down.", alice.ReadTexts());
    }

    [Fact]
    public void The_time_limit_is_the_sum_of_what_jobs_and_readers_have_and_a_second() =>
        Assert.Equal(TimeSpan.FromSeconds(_options.DrainSeconds + 2 + 1), Shutdown.LimitFor(_options));

    [Fact]
    public void Nobody_is_welcomed_once_the_shutdown_has_begun()
    {
        Begin();

        SimulatedClient late = _chat.Connect(readWelcome: false);

        Assert.DoesNotContain(late.ReadTexts(), line => line.StartsWith("Welcome", StringComparison.Ordinal));
        Assert.Equal(0, _chat.Gate.Admission.Count);
    }

    private void Begin()
    {
        _chat.InLoop(() => _shutdown.Begin("SIGTERM", _options));
        _chat.Settle();
    }

    private sealed class Listening : IDisposable
    {
        public Exception? Fault { get; set; }

        public bool IsClosed { get; private set; }

        public void Dispose()
        {
            IsClosed = true;
            if (Fault is not null)
            {
                throw Fault;
            }
        }
    }
}
