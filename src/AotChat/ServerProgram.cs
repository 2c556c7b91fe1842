using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Logging;
using AotChat.Net;
using AotChat.Workers;

namespace AotChat;

/// <summary>The executable's first role: puts the server together, runs it until a signal, and takes it apart again.</summary>
internal sealed class ServerProgram : IDisposable
{
    // Workers that are asked to end do so within milliseconds; the others are not waited for.
    private static readonly TimeSpan WorkerEndLimit = TimeSpan.FromMilliseconds(500);

    private readonly ChatOptions _options;
    private readonly DeferredLogger _logger;
    private readonly ISocketPoller _poller;
    private readonly EventLoop _loop;
    private readonly JobManager _jobs;
    private readonly ChatServer _server;
    private readonly Listeners _listeners;
    private ChatMeter? _meter;
    private int _signals;

    private ServerProgram(ChatOptions options)
    {
        _options = options;
        _logger = new DeferredLogger(options);
        _poller = OperatingSystem.IsLinux() ? new EpollPoller() : new SelectPoller();
        _loop = new EventLoop(_poller, TimeProvider.System, _logger);
        _jobs = new JobManager(
            new WorkerLauncher(_loop.Context, _logger), _loop.Context, options.JobQueue, TimeProvider.System, _logger);
        _server = new ChatServer(_loop, options, _jobs, _logger);
        _listeners = new Listeners(_loop, _poller, _server, _logger);
    }

    /// <summary>Runs the server; returns the exit code.</summary>
    public static int Run(ChatOptions options)
    {
        using ServerProgram program = new(options);
        return program.Run();
    }

    public void Dispose()
    {
        _listeners.Dispose();
        _meter?.Dispose();
        _loop.Dispose();
        _logger.Dispose();
    }

    private int Run()
    {
        CheckOpenFiles();
        if (!_listeners.TryOpen(_options, out string error))
        {
            Console.Error.WriteLine($"aotchat: {error}");
            return ExitCode.CannotStart;
        }

        // Registered before the line that others wait for: who has read it may send a signal.
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        Announce();
        _loop.Post(_ => _jobs.Start(_options.Workers), null);
        _loop.Post(_ => _meter = new ChatMeter(_server.Counters), null);
        _loop.Run();
        NetLog.Stopped(_logger);
        return ExitCode.Done;
    }

    private void Announce()
    {
        string lines = string.Concat(_listeners.EndPoints.Select(endPoint => $"Listening on {Shown(endPoint)}\n"));
        try
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(Encoding.UTF8.GetBytes(lines));
        }
        catch (IOException exception)
        {
            // Nobody can read it, but everybody can still join.
            NetLog.NotAnnounced(_logger, string.Join(", ", _listeners.EndPoints.Select(Shown)), exception.Message);
        }
    }

    private static string Shown(EndPoint endPoint) => endPoint is UnixDomainSocketEndPoint ? $"unix:{endPoint}" : endPoint.ToString()!;

    private void CheckOpenFiles()
    {
        if (OpenFiles.RaiseLimit() is { } limit && limit - OpenFiles.Reserve < _options.MaxConnections)
        {
            NetLog.FewFiles(_logger, limit, Math.Max(0, limit - OpenFiles.Reserve), _options.MaxConnections);
        }
    }

    // On a thread of the runtime's.
    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _loop.Post(_ => Stop(context.Signal), null);
        }
        else
        {
            // The workers end with this process.
            Environment.Exit(128 + (context.Signal == PosixSignal.SIGINT ? 2 : 15));
        }
    }

    private void Stop(PosixSignal signal)
    {
        NetLog.Stopping(_logger, signal.ToString());
        _listeners.Dispose();

        // Workers first: commands that wait for a job still answer, in front of the farewell.
        bool workersEnded = false;
        bool sessionsEnded = false;
        _jobs.Stop(() =>
        {
            workersEnded = true;
            StopLoopIf(sessionsEnded);
        });
        _loop.Schedule(WorkerEndLimit, _jobs.Kill);
        _server.Stop(() =>
        {
            sessionsEnded = true;
            StopLoopIf(workersEnded);
        });
    }

    private void StopLoopIf(bool othersEnded)
    {
        if (othersEnded)
        {
            _loop.Stop();
        }
    }
}
