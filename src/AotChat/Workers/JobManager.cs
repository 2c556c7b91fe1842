using System.Text;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers;

/// <summary>
/// The pool: a fixed number of workers, one bounded queue of jobs, and exactly one end for every job. Owned by the
/// event loop.
/// </summary>
/// <remarks>
/// A worker that ends is replaced at once, and its job is run once more; a job that has taken two workers with it
/// fails. Workers that end before they were ever ready are replaced with growing pauses, so that a broken installation
/// does not spin; the server itself never ends because of its workers.
/// </remarks>
internal sealed class JobManager : IJobRunner
{
    /// <summary>How many workers a job may take with it.</summary>
    public const int MaxAttempts = 2;

    private const string ShuttingDown = "the server is shutting down";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly IWorkerLauncher _launcher;
    private readonly SynchronizationContext _loop;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _capacity;
    private readonly List<JobWorker> _workers = [];
    private readonly List<JobWorker> _idle = [];
    private readonly Queue<Job> _queue = [];

    // Jobs whose worker ended under them: they have waited already, so they go first.
    private readonly Queue<Job> _again = [];

    private uint _nextJobId = 1;
    private int _nextWorkerId = 1;
    private int _failedStarts;
    private Action? _whenStopped;

    /// <param name="launcher">Starts the worker processes.</param>
    /// <param name="loop">The event loop's context, for what comes from a timer.</param>
    /// <param name="capacity">How many jobs may wait (option job-queue).</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of workers that end.</param>
    public JobManager(IWorkerLauncher launcher, SynchronizationContext loop, int capacity, TimeProvider time, ILogger logger)
    {
        _launcher = launcher;
        _loop = loop;
        _capacity = capacity;
        _time = time;
        _logger = logger;
    }

    /// <summary>The workers, whatever their state.</summary>
    public IReadOnlyList<JobWorker> Workers => _workers;

    /// <summary>How many jobs wait for a worker.</summary>
    public int WaitingJobs => _queue.Count + _again.Count;

    /// <summary>Begins to start so many workers.</summary>
    public void Start(int workers)
    {
        for (int i = 0; i < workers; i++)
        {
            AddWorker();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> RunAsync(ushort job, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            throw new JobFailedException("cancelled");
        }

        if (_whenStopped is not null)
        {
            throw new JobFailedException(ShuttingDown);
        }

        if (WaitingJobs >= _capacity)
        {
            throw new JobFailedException("too many jobs are waiting, try again later");
        }

        if (arguments.Length > FrameCodec.MaxRequestBytes - sizeof(ushort))
        {
            throw new JobFailedException("the arguments are too long");
        }

        Job submitted = new(_nextJobId++, job, arguments);
        _queue.Enqueue(submitted);
        Dispatch();
        return await submitted.End;
    }

    /// <summary>Fails all jobs and ends all workers. To be called once.</summary>
    /// <param name="whenStopped">Called on the loop when the last worker is gone.</param>
    public void Stop(Action whenStopped)
    {
        _whenStopped = whenStopped;
        foreach (JobWorker worker in _workers.ToArray())
        {
            worker.Current?.Fail(ShuttingDown);
            worker.Stop();
        }

        while (_again.TryDequeue(out Job? job) || _queue.TryDequeue(out job))
        {
            job.Fail(ShuttingDown);
        }

        FinishStopping();
    }

    /// <summary>Ends what <see cref="Stop"/> left alive, at once.</summary>
    public void Kill()
    {
        foreach (JobWorker worker in _workers)
        {
            worker.Kill();
        }
    }

    internal void OnReady(JobWorker worker)
    {
        _failedStarts = 0;
        WorkerLog.Ready(_logger, worker.Id, worker.ProcessId, _time.GetElapsedTime(worker.StartedAt).TotalMilliseconds);
        _idle.Add(worker);
        Dispatch();
    }

    internal void OnFinished(JobWorker worker, Job job, Frame frame)
    {
        _idle.Add(worker);
        try
        {
            // The worker gets its next job before anybody looks at this result.
            Dispatch();
        }
        finally
        {
            if (frame.Kind == FrameKind.Result)
            {
                job.Complete(frame.Payload);
            }
            else
            {
                job.Fail(Encoding.UTF8.GetString(frame.Payload.Span));
            }
        }
    }

    internal void OnMisbehaved(JobWorker worker, FrameKind kind) => WorkerLog.Misbehaved(_logger, worker.Id, worker.ProcessId, kind);

    internal void OnExited(JobWorker worker, Job? lost, bool wasReady, string how)
    {
        _workers.Remove(worker);
        _idle.Remove(worker);
        if (_whenStopped is not null)
        {
            FinishStopping();
            return;
        }

        WorkerLog.Exited(_logger, worker.Id, worker.ProcessId, lost is null ? "no job" : JobTable.NameOf(lost.Index), how);
        if (wasReady)
        {
            AddWorker();
        }
        else
        {
            AddWorkerLater();
        }

        if (lost is not null)
        {
            RunAgain(lost);
        }
    }

    private void RunAgain(Job job)
    {
        if (job.Attempts >= MaxAttempts)
        {
            job.Fail("the worker crashed");
            return;
        }

        _again.Enqueue(job);
        Dispatch();
    }

    private void Dispatch()
    {
        while (WaitingJobs > 0 && _idle.Count > 0)
        {
            // The one that has rested longest; there are few enough that moving the others up costs nothing.
            JobWorker worker = _idle[0];
            _idle.RemoveAt(0);
            if (worker.State == JobWorkerState.Idle)
            {
                worker.Run(_again.TryDequeue(out Job? job) ? job : _queue.Dequeue());
            }
        }
    }

    private void AddWorker()
    {
        JobWorker worker = new(_nextWorkerId++, this, _time.GetTimestamp());
        _workers.Add(worker);
        worker.Start(_launcher);
    }

    private void AddWorkerLater()
    {
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(_failedStarts, 10));
        _failedStarts++;
        pause = pause < LongestPause ? pause : LongestPause;
        ITimer? timer = null;
        timer = _time.CreateTimer(_ => _loop.Post(_ =>
        {
            timer?.Dispose();
            if (_whenStopped is null)
            {
                AddWorker();
            }
        }, null), null, pause, Timeout.InfiniteTimeSpan);
    }

    private void FinishStopping()
    {
        if (_workers.Count == 0)
        {
            Action? whenStopped = _whenStopped;
            _whenStopped = static () => { };
            whenStopped?.Invoke();
        }
    }
}
