using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Diagnostics;
using AotChat.Logging;
using AotChat.Loop;
using AotChat.Native;
using AotChat.Protocols;
using AotChat.Store;
using AotChat.Transport;
using AotChat.Workers.Pool;
using Microsoft.Extensions.Logging;

namespace AotChat;

/// <summary>The executable's first role: puts the server together, runs it until a signal, and takes it apart again.</summary>
internal sealed class ServerProgram : IDisposable
{
    private readonly ChatOptions _options;
    private readonly IReadOnlyList<string> _warnings;
    private readonly SettingsReload _reload;
    private readonly ServerClock _clock;
    private readonly ServerLogger _logger;
    private readonly EventLoop _loop;
    private readonly JobManager _jobs;
    private readonly SqliteStore _store;
    private readonly string? _storeProblem;
    private readonly string? _storeWarning;
    private readonly ChatPort _port;
    private readonly Listeners _listeners;
    private readonly Shutdown _shutdown;
    private ChatMeter? _meter;
    private StoreMeter? _storeMeter;
    private long? _fileLimit;
    private int _openFiles;

    private ServerProgram(StartRequest.Serve settings, Func<StartRequest> read)
    {
        ChatOptions options = settings.Options;
        _options = options;
        _warnings = settings.Warnings;
        _clock = ServerClock.Of(Environment.GetEnvironmentVariable("TZ"), new ZoneDirectory(options.TimeZoneDirectory));
        _logger = new ServerLogger(options, _clock);

        // Asked anew in each place: it is a constant, so that what only other systems need is not in this one's executable.
        EpollPoller? epoll = OperatingSystem.IsLinux() ? new EpollPoller() : null;
        SelectPoller? select = OperatingSystem.IsLinux() ? null : new SelectPoller();
        _loop = new EventLoop(OperatingSystem.IsLinux() ? epoll! : select!, _clock, _logger);
        PoolLoop poolLoop = new(_loop, epoll);
        _jobs = new JobManager(
            OperatingSystem.IsLinux() ? new WorkerSpawner(poolLoop, _logger) : new WorkerLauncher(Environment.ProcessPath!, poolLoop, _logger),
            poolLoop,
            options,
            _logger);
        _store = StoreOpening.Open(_loop, options, _logger, out _storeProblem, out _storeWarning);
        _port = new ChatPort(_loop, options, _jobs, _store, _logger);
        _listeners = new Listeners(_loop, OperatingSystem.IsLinux() ? new EpollSocketFactory(epoll!) : new SelectSocketFactory(select!), _port.Gate, _logger);
        _shutdown = new Shutdown(_loop, _listeners, _port, _jobs, _logger);
        _reload = new SettingsReload(_loop, options, read, TakeOn, _logger);
    }

    /// <summary>Whether the start is over: what fails from now on is no failure to start.</summary>
    public static bool IsRunning { get; private set; }

    /// <summary>Whether the operator wants to see the stack of a failure.</summary>
    public static bool IsDebugged { get; private set; }

    /// <summary>Runs the server; returns the exit code.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="read">Reads them anew after SIGHUP.</param>
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
        _storeMeter?.Dispose();
        _store.Dispose();
        _loop.Dispose();
        _logger.Dispose();
    }

    private int Run()
    {
        _fileLimit = OpenFiles.RaiseLimit();
        if (_clock.Problem is { } problem)
        {
            StartLog.TimeZoneNotFollowed(_logger, problem);
        }

        if (_storeProblem is not null)
        {
            StandardStreams.WriteErrorLine($"aotchat: {_storeProblem}");
            return ExitCode.CannotStart;
        }

        if (StoreOpening.Load(_store, out string? unreadable) is not { } state)
        {
            StandardStreams.WriteErrorLine($"aotchat: {unreadable}");
            return ExitCode.CannotStart;
        }

        _port.Chat.Restore(state);
        if (!_listeners.TryOpen(_options, out string error))
        {
            StandardStreams.WriteErrorLine($"aotchat: {error}");
            return ExitCode.CannotStart;
        }

        if (PrivilegeDrop.Apply(_options, _store.Files) is { } refusal)
        {
            StandardStreams.WriteErrorLine($"aotchat: {refusal}");
            return ExitCode.CannotStart;
        }

        // Registered before the line that others wait for: a process that has read it may send a signal.
        ProcessSignals.Register(_loop, Stop, _reload.Ask, OnDeadlinePassed);
        _reload.Start();
        if (!TryReserveFiles(out error))
        {
            StandardStreams.WriteErrorLine($"aotchat: {error}");
            return ExitCode.CannotStart;
        }

        _store.Start();
        Announce();
        _jobs.Pool.Place = _listeners.EndPoints.First() is IPEndPoint ip ? ip.Port.ToString(CultureInfo.InvariantCulture) : _listeners.EndPoints.First().ToString()!;
        _loop.Post(_ => _jobs.Start(), null);
        _loop.Post(_ => _meter = new ChatMeter(_port.Counters), null);
        _loop.Post(_ => _storeMeter = new StoreMeter(_store), null);
        _loop.Post(_ => LogStart(), null);
        IsRunning = true;
        _loop.Run();
        _port.Chat.End();

        // The disk may take its time, but not for ever.
        ProcessSignals.SetDeadline(ChatOptions.StoreStopLimit + ChatOptions.LoopMargin);
        _store.Dispose();
        if (_shutdown.Code == ExitCode.Done)
        {
            StartLog.Stopped(_logger);
        }

        return _shutdown.Code;
    }

    private void Announce()
    {
        string lines = string.Concat(_listeners.EndPoints.Select(endPoint => $"Listening on {Shown(endPoint)}\n"));
        if (StandardStreams.WriteOutput(lines, mayWait: false) is { } reason)
        {
            // Nobody can read it, but everybody can still join.
            StartLog.NotAnnounced(_logger, string.Join(", ", _listeners.EndPoints.Select(Shown)), reason);
        }
    }

    // After the announcement: nobody who waits for that should wait for the log.
    private void LogStart()
    {
        StartLog.Started(
            _logger,
            HelpText.VersionNumber,
            Environment.ProcessId,
            string.Join(", ", _listeners.EndPoints.Select(Shown)),
            _port.Gate.Admission.Limit,
            _options.Workers);
        foreach (string warning in _warnings)
        {
            StartLog.Warned(_logger, warning);
        }

        if (_store.Path is { } path)
        {
            StoreLog.Opened(_logger, path);
        }
        else if (_storeWarning is not null)
        {
            StoreLog.MemoryOnly(_logger, _storeWarning);
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

    private static string Shown(EndPoint endPoint) => endPoint is UnixDomainSocketEndPoint ? $"unix:{endPoint}" : endPoint.ToString()!;

    // Sets aside what workers and reloading need; connections may take the rest.
    private bool TryReserveFiles(out string error)
    {
        error = "";
        if (_fileLimit is not { } limit)
        {
            return true;
        }

        _openFiles = OpenFiles.CountOpen(limit);
        long room = OpenFiles.RoomForConnections(limit, _openFiles, _options.Workers);
        _port.Gate.Admission.Limit = (int)Math.Min(room, _options.MaxConnections);
        int min = Math.Min(_options.MaxConnections, ChatOptions.MinConnections);
        if (room < min)
        {
            long needed = OpenFiles.Needed(_openFiles, _options.Workers, min);
            error = $"this process may open only {limit} files, but needs {needed} for {_options.Workers} workers and {min} connections; "
                + $"raise the limit (ulimit -n {needed}) or lower workers";
            return false;
        }

        if (room < _options.MaxConnections)
        {
            StartLog.FewFiles(_logger, limit, room, _options.MaxConnections, OpenFiles.Needed(_openFiles, _options.Workers, _options.MaxConnections));
        }

        return true;
    }

    private void Stop(string reason)
    {
        ProcessSignals.SetDeadline(Shutdown.LimitFor(_options) + ChatOptions.LoopMargin);
        _shutdown.Begin(reason, _options);
    }

    // On the signal's thread: the loop had its own time limit, and did not keep it.
    private void OnDeadlinePassed()
    {
        StartLog.LoopStuck(_logger, Shutdown.LimitFor(_options).TotalSeconds);
        _logger.Dispose();
        SignalCalls.Exit(ExitCode.CannotStop);
    }

    // On the loop, after the settings have changed.
    private void TakeOn()
    {
        _logger.TakeOn(_options);
        _port.TakeOn();
        _jobs.Apply(_options);
        if (_fileLimit is { } limit)
        {
            // More workers take descriptors that connections could have had. Those that are there stay.
            long room = OpenFiles.RoomForConnections(limit, _openFiles, _jobs.Pool.MaxWorkers);
            _port.Gate.Admission.Limit = (int)Math.Clamp(room, 0, _options.MaxConnections);
        }
    }
}
