using System.Diagnostics;
using System.Text;
using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Tests.Simulation;
using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>Workers as systems other than Linux start them: real processes of the published binary, a thread for each pipe.</summary>
public sealed class PortableWorkerSpecs : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly SelectPoller _poller = new();
    private readonly EventLoop _loop;
    private readonly JobManager _jobs;
    private readonly Thread _thread;

    public PortableWorkerSpecs()
    {
        RecordingLogger log = new();
        _loop = new EventLoop(_poller, TimeProvider.System, log);
        PoolLoop loop = new(_loop, null);
        _jobs = new JobManager(new WorkerLauncher(Executable(), loop, log), loop, new ChatOptions { Workers = 1 }, log);
        _loop.Post(_ => _jobs.Start(), null);
        _thread = new Thread(_loop.Run) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _loop.Stop();
        _thread.Join();
        _loop.Dispose();
    }

    [Fact]
    public async Task A_job_runs_and_one_whose_worker_is_killed_runs_again()
    {
        Assert.Equal("13", await FibonacciAsync(7));
        int before = await OnLoopAsync(() => _jobs.Workers.Single().ProcessId);

        Process.GetProcessById(before).Kill();

        Assert.Equal("21", await FibonacciAsync(8));
        Assert.NotEqual(before, await OnLoopAsync(() => _jobs.Workers.Single().ProcessId));
        await StopAsync();
    }

    private async Task StopAsync()
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(_ => _jobs.Stop(TimeSpan.FromSeconds(5), () => { }, ended.SetResult), null);
        await ended.Task.WaitAsync(Limit);
    }

    private async Task<string> FibonacciAsync(int n)
    {
        JobRequest request = new(PoolFixture.Cpu, BitConverter.GetBytes(n), this, default, null, "test");
        Task<ReadOnlyMemory<byte>> running = await OnLoopAsync(() => _jobs.RunAsync(request, CancellationToken.None).AsTask());
        ReadOnlyMemory<byte> result = await running.WaitAsync(Limit);
        return Encoding.UTF8.GetString(result.Span[sizeof(int)..]);
    }

    private async Task<T> OnLoopAsync<T>(Func<T> function)
    {
        TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(_ => result.SetResult(function()), null);
        return await result.Task.WaitAsync(Limit);
    }

    private static string Executable()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AotChat.sln")))
        {
            folder = folder.Parent;
        }

        string path = Path.Combine(folder!.FullName, "aotchat");
        return File.Exists(path) ? path : throw new FileNotFoundException("There is no ./aotchat to test; run ./build.sh first.", path);
    }
}
