using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers;

/// <summary>
/// Starts worker processes wherever the runtime can, from a thread of its own. Linux has <see cref="WorkerSpawner"/>; here
/// each worker costs two threads, and can't be told to stop a job, only be ended.
/// </summary>
/// <param name="executable">The path of this executable.</param>
/// <param name="loop">The event loop.</param>
/// <param name="logger">Hears what workers write to standard error.</param>
internal sealed class WorkerLauncher(string executable, IPoolLoop loop, ILogger logger) : IWorkerLauncher
{
    private readonly BlockingCollection<(WorkerProcess Process, WorkerSettings Settings)> _requests = [];
    private Thread? _thread;

    /// <inheritdoc/>
    public IWorkerLink Start(int workerId, WorkerSettings settings, IWorkerEvents events)
    {
        if (_thread is null)
        {
            _thread = new Thread(StartAll) { IsBackground = true, Name = "worker launcher" };
            _thread.Start();
        }

        WorkerProcess process = new(workerId, events, loop, logger);
        _requests.Add((process, settings));
        return process;
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
            FileName = executable,
            ArgumentList = { WorkerProgram.Flag },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        IDictionary<string, string?> environment = command.Environment;
        (string Name, string Value)[] variables = [.. settings.Environment()];
        environment.Clear();
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return command;
    }
}
