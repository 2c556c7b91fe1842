using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Workers.Pool;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Workers.Pool;

/// <summary>When workers are started again, once a start has failed and once one has succeeded.</summary>
public sealed class RestartSpecs
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();

    [Fact]
    public void After_a_successor_that_was_ready_the_pauses_between_successors_begin_anew()
    {
        JobWorker due = new(1, null!, null, 0, 0);
        Recycling recycling = new(_time, _log);
        foreach (int seconds in (int[])[1, 2, 4, 8])
        {
            recycling.OnFailed(due, WorkerExit.NotStarted("no memory"));
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(recycling.IsOpen);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(recycling.IsOpen);
        }

        recycling.OnDone(due, new JobWorker(2, null!, due, 1, 0));
        recycling.OnFailed(due, WorkerExit.NotStarted("no memory"));
        Assert.False(recycling.IsOpen);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(recycling.IsOpen);
    }

    [Fact]
    public void Workers_that_were_never_ready_count_no_more_once_one_is()
    {
        StartFailures failures = new("cpu", _time, _log);
        for (int i = 1; i < ChatOptions.FailedStarts; i++)
        {
            Assert.False(failures.OnNeverReady(i, WorkerExit.WithCode(1), isAlone: true));
        }

        failures.OnReady();
        for (int i = 1; i < ChatOptions.FailedStarts; i++)
        {
            Assert.False(failures.OnNeverReady(i, WorkerExit.WithCode(1), isAlone: true));
        }

        Assert.True(failures.OnNeverReady(9, WorkerExit.WithCode(1), isAlone: true));
        Assert.True(failures.IsDegraded);
    }

    [Fact]
    public void Workers_that_were_never_ready_count_for_ten_seconds()
    {
        StartFailures failures = new("cpu", _time, _log);
        for (int i = 1; i < 3 * ChatOptions.FailedStarts; i++)
        {
            Assert.False(failures.OnNeverReady(i, WorkerExit.WithCode(1), isAlone: true));
            _time.Advance(TimeSpan.FromSeconds(2.6));
        }
    }
}
