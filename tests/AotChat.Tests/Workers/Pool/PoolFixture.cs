using System.Text;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>A pool over workers without processes and a clock that the test turns.</summary>
internal sealed class PoolFixture
{
    public PoolFixture(ChatOptions? options = null)
    {
        Options = options ?? new ChatOptions { Workers = 1, JobUserRunning = 100, JobUserQueue = 100 };
        Jobs = new JobManager(Launcher, Loop, Options, Log);
    }

    /// <summary>The index of a job that computes, and of one that waits for others.</summary>
    public static ushort Cpu { get; } = IndexOf("Fibonacci");

    /// <inheritdoc cref="Cpu"/>
    public static ushort Io { get; } = IndexOf("ResourceSize");

    public ChatOptions Options { get; }

    public FakeLauncher Launcher { get; } = new();

    public FakePoolLoop Loop { get; } = new();

    public RecordingLogger Log { get; } = new();

    public JobManager Jobs { get; }

    /// <summary>A user.</summary>
    public object Alice { get; } = "alice";

    /// <summary>Another one.</summary>
    public object Bob { get; } = "bob";

    /// <summary>All workers are there and ready.</summary>
    public PoolFixture StartReady()
    {
        Jobs.Start();
        foreach (FakeLauncher.FakeWorker worker in Launcher.Workers.ToArray())
        {
            worker.BeReady();
        }

        return this;
    }

    /// <summary>Somebody asks for a job; the result is what the worker answers.</summary>
    public async Task<string> Submit(string argument, object? owner = null, ushort? index = null, object? recipient = null, UInt128 block = default, CancellationToken token = default)
    {
        JobRequest request = new(index ?? Cpu, Encoding.UTF8.GetBytes(argument), owner ?? Alice, block, recipient, "call " + argument);
        return Encoding.UTF8.GetString((await Jobs.RunAsync(request, token)).Span);
    }

    /// <summary>Why a job failed.</summary>
    public static async Task<string> ReasonOf(Task job) => (await Assert.ThrowsAsync<JobFailedException>(() => job)).Message;

    private static ushort IndexOf(string name) =>
        (ushort)Enumerable.Range(0, JobTable.Count).Single(job => JobTable.InfoOf((ushort)job).Name == name);
}
