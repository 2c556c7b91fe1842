using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers;

/// <summary>
/// Starts worker processes, all from one thread that lives as long as the server: the kernel ties the signal that a
/// worker gets when its server dies to the thread that started it (PR_SET_PDEATHSIG, prctl(2)).
/// </summary>
internal sealed class WorkerLauncher : IWorkerLauncher
{
    // What a worker may know of the server's environment: time zone, language, and where certificates lie.
    private static readonly string[] KeptVariables = ["TZ", "LANG", "LC_ALL", "PATH", "HOME", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    private readonly BlockingCollection<WorkerProcess> _requests = [];
    private readonly SynchronizationContext _loop;
    private readonly ILogger _logger;

    public WorkerLauncher(SynchronizationContext loop, ILogger logger)
    {
        _loop = loop;
        _logger = logger;
        new Thread(StartAll) { IsBackground = true, Name = "worker launcher" }.Start();
    }

    /// <inheritdoc/>
    public IWorkerLink Start(int workerId, IWorkerEvents events)
    {
        WorkerProcess process = new(workerId, events, _loop, _logger);
        _requests.Add(process);
        return process;
    }

    private void StartAll()
    {
        ProcessStartInfo command = Command();
        foreach (WorkerProcess process in _requests.GetConsumingEnumerable())
        {
            process.Start(command);
        }
    }

    private static ProcessStartInfo Command()
    {
        ProcessStartInfo command = new()
        {
            FileName = Executable(),
            ArgumentList = { WorkerProgram.Flag },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        IDictionary<string, string?> environment = command.Environment;
        string?[] kept = [.. KeptVariables.Select(Environment.GetEnvironmentVariable)];
        environment.Clear();
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i] is { } value)
            {
                environment[KeptVariables[i]] = value;
            }
        }

        environment[WorkerProgram.ServerVariable] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return command;
    }

    // The running image itself where the system offers it: the file on disk may have been replaced by a newer build.
    private static string Executable() => OperatingSystem.IsLinux() ? "/proc/self/exe" : Environment.ProcessPath!;
}
