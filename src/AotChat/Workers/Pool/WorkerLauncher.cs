using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// Starts worker processes wherever the runtime can, from a thread of its own. Linux has <see cref="WorkerSpawner"/>; here
/// each worker costs two threads, and can't be told to stop a job, only be ended.
/// </summary>
internal sealed class WorkerLauncher : IWorkerLauncher
{
    private readonly BlockingCollection<(WorkerProcess Process, WorkerSettings Settings)> _requests = [];
    private readonly string _executable;
    private readonly IPoolLoop _loop;
    private readonly ILogger _logger;

    /// <param name="executable">The path of this executable.</param>
    /// <param name="loop">The event loop.</param>
    /// <param name="logger">Hears what workers write to standard error.</param>
    /// <exception cref="IOException">The system gives no more threads.</exception>
    public WorkerLauncher(string executable, IPoolLoop loop, ILogger logger)
    {
        _executable = executable;
        _loop = loop;
        _logger = logger;
        LauncherThread.Start(StartAll);
    }
    /// <inheritdoc/>
    public IWorkerLink Start(int workerId, WorkerSettings settings, IWorkerEvents events)
    {
        WorkerProcess process = new(workerId, events, _loop, _logger);
        _requests.Add((process, settings));
        return process;
    }

    /// <inheritdoc/>
    public void ReapOrphans()
    {
        // The runtime starts these workers, and waits for its children itself.
    }

    private void StartAll()
    {
        foreach ((WorkerProcess process, WorkerSettings settings) in _requests.GetConsumingEnumerable())
        {
            process.Start(Command(settings));
        }
    }

    private ProcessStartInfo Command(WorkerSettings settings)
    {
        ProcessStartInfo command = new()
        {
            FileName = _executable,
            Arguments = $"{WorkerContract.Flag} {settings.Title}",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        IDictionary<string, string?> environment = command.Environment;
        string[] variables = [.. settings.Environment()];
        environment.Clear();
        foreach (string variable in variables)
        {
            int sign = variable.IndexOf('=', StringComparison.Ordinal);
            environment[variable[..sign]] = variable[(sign + 1)..];
        }

        return command;
    }
}
