using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Logging;
using AotChat.Net;
using AotChat.Workers;
using Microsoft.Extensions.Logging;

namespace AotChat;

/// <summary>The executable's first role: puts the server together, runs it until a signal, and takes it apart again.</summary>
internal sealed class ServerProgram : IDisposable
{
    // After this everything is there, workers included.
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(100);

    // Beside the time that jobs have: for readers to get what waits for them.
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly ChatOptions _options;
    private readonly IReadOnlyList<string> _warnings;
    private readonly SettingsReload _reload;
    private readonly ServerClock _clock;
    private readonly DeferredLogger _logger;
    private readonly ISocketPoller _poller;
    private readonly EventLoop _loop;
    private readonly JobManager _jobs;
    private readonly ChatServer _server;
    private readonly Listeners _listeners;
    private ChatMeter? _meter;
    private int _signals;

    private ServerProgram(StartRequest.Serve settings, Func<StartRequest> read)
    {
        ChatOptions options = settings.Options;
        _options = options;
        _warnings = settings.Warnings;
        _clock = ServerClock.Of(Environment.GetEnvironmentVariable("TZ"), new ZoneDirectory(options.TimeZoneDirectory));
        _logger = new DeferredLogger(options, _clock);
        EpollPoller? epoll = OperatingSystem.IsLinux() ? new EpollPoller() : null;
        _poller = epoll is null ? new SelectPoller() : epoll;
        _loop = new EventLoop(_poller, _clock, _logger);
        PoolLoop poolLoop = new(_loop, epoll);
        _jobs = new JobManager(
            epoll is null ? new WorkerLauncher(Environment.ProcessPath!, poolLoop, _logger) : new WorkerSpawner(poolLoop, _logger),
            poolLoop,
            options,
            _logger);
        _server = new ChatServer(_loop, options, _jobs, _logger);
        _listeners = new Listeners(_loop, _poller, _server, _logger);
        _reload = new SettingsReload(_loop, options, read, TakeOn, _logger);
    }

    /// <summary>Whether the start is over: what fails from now on is no failure to start.</summary>
    public static bool IsRunning { get; private set; }

    /// <summary>Whether the one who starts the server wants to see the stack of a failure.</summary>
    public static bool IsDebugged { get; private set; }

    /// <summary>Runs the server; returns the exit code.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="read">Reads them anew, for the one who sends SIGHUP.</param>
    public static int Run(StartRequest.Serve settings, Func<StartRequest> read)
    {
        IsDebugged = settings.Options.LogLevel <= LogLevel.Debug;
        using ServerProgram program = new(settings, read);
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
        if (_clock.Problem is { } problem)
        {
            NetLog.TimeZoneNotFollowed(_logger, problem);
        }

        if (!_listeners.TryOpen(_options, out string error))
        {
            StandardStreams.WriteErrorLine($"aotchat: {error}");
            return ExitCode.CannotStart;
        }

        if (PrivilegeDrop.Apply(_options) is { } refusal)
        {
            StandardStreams.WriteErrorLine($"aotchat: {refusal}");
            return ExitCode.CannotStart;
        }

        StartFailure.CheckThreads();

        // Registered before the line that others wait for: who has read it may send a signal.
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp);
        Announce();
        _loop.Post(_ => _jobs.Start(), null);
        _loop.Post(_ => _meter = new ChatMeter(_server.Counters), null);
        _loop.Post(_ => Warn(), null);
        _loop.Post(_ => _loop.Schedule(StartUp, ReleaseMemory), null);
        IsRunning = true;
        _loop.Run();
        NetLog.Stopped(_logger);
        return ExitCode.Done;
    }

    private void Announce()
    {
        string lines = string.Concat(_listeners.EndPoints.Select(endPoint => $"Listening on {Shown(endPoint)}\n"));
        if (StandardStreams.WriteOutput(lines, mayWait: false) is { } reason)
        {
            // Nobody can read it, but everybody can still join.
            NetLog.NotAnnounced(_logger, string.Join(", ", _listeners.EndPoints.Select(Shown)), reason);
        }
    }

    // After the announcement, since the first line costs the log's start.
    private void Warn()
    {
        foreach (string warning in _warnings)
        {
            StartLog.Warned(_logger, warning);
        }

        if (_options.User.Length > 0)
        {
            StartLog.RunsAs(_logger, _options.User);
        }
        else if (PrivilegeDrop.IsRoot)
        {
            StartLog.RunsAsRoot(_logger);
        }
    }

    private void ReleaseMemory()
    {
        if (StartUpMemory.Release() is { } reason)
        {
            StartLog.MemoryKept(_logger, reason);
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

    // On a thread of the runtime's.
    private void OnHangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        _reload.Read();
    }

    // On the loop, after the settings have changed.
    private void TakeOn()
    {
        _logger.Level = _options.LogLevel;
        _server.Users.Reserve(ServerWords.Reserve(_options.MessageOfTheDay, _options.ReservedNames));
        _jobs.Apply(_options);
    }

    private void Stop(PosixSignal signal)
    {
        NetLog.Stopping(_logger, signal.ToString());
        _listeners.Dispose();

        // Jobs first: commands that wait for one still answer, and deliver, in front of the farewell.
        bool workersEnded = false;
        bool sessionsEnded = false;
        long begun = _loop.Time.GetTimestamp();
        TimeSpan drain = TimeSpan.FromSeconds(_options.DrainSeconds);
        _jobs.Stop(
            drain,
            whenDrained: () => _loop.Post(
                _ =>
                {
                    // Whoever took the time for jobs has less for readers: all together end within the sum of both.
                    TimeSpan left = drain + FarewellLimit - _loop.Time.GetElapsedTime(begun);
                    _server.Stop(left < _server.LeaveLimit ? left : _server.LeaveLimit, () =>
                    {
                        sessionsEnded = true;
                        StopLoopIf(workersEnded);
                    });
                },
                null),
            whenEnded: () =>
            {
                workersEnded = true;
                StopLoopIf(sessionsEnded);
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
