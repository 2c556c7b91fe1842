using System.Net;
using System.Net.Sockets;
using System.Text;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Logging;
using AotChat.Native;
using AotChat.Net;
using AotChat.Workers;

namespace AotChat;

/// <summary>The executable's first role: puts the server together, runs it until a signal, and takes it apart again.</summary>
internal sealed class ServerProgram : IDisposable
{
    // After this everything is there, workers included.
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(100);

    // How long after the loop's own time limit the process is ended past the loop: it would have answered by then.
    private static readonly TimeSpan LoopMargin = TimeSpan.FromSeconds(2);

    private readonly Func<StartRequest> _read;
    private ChatOptions _options;
    private readonly ServerClock _clock;
    private readonly DeferredLogger _logger;
    private readonly ISocketPoller _poller;
    private readonly EventLoop _loop;
    private readonly JobManager _jobs;
    private readonly ChatServer _server;
    private readonly Listeners _listeners;
    private readonly Shutdown _shutdown;
    private ChatMeter? _meter;
    private long? _fileLimit;
    private int _openFiles;

    private ServerProgram(ChatOptions options, Func<StartRequest> read)
    {
        _options = options;
        _read = read;
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
        _shutdown = new Shutdown(_loop, _listeners, _server, _jobs, _logger);
    }

    /// <summary>Runs the server; returns the exit code.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="read">Reads them anew, for the one who sends SIGHUP.</param>
    public static int Run(ChatOptions options, Func<StartRequest> read)
    {
        using ServerProgram program = new(options, read);
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
        _fileLimit = OpenFiles.RaiseLimit();
        if (_clock.Problem is { } problem)
        {
            NetLog.TimeZoneNotFollowed(_logger, problem);
        }

        if (!_listeners.TryOpen(_options, out string error))
        {
            Console.Error.WriteLine($"aotchat: {error}");
            return ExitCode.CannotStart;
        }

        // Registered before the line that others wait for: who has read it may send a signal.
        ProcessSignals.Register(_loop, Stop, AskForReload, OnDeadlinePassed);
        if (!TryReserveFiles(out error))
        {
            Console.Error.WriteLine($"aotchat: {error}");
            return ExitCode.CannotStart;
        }

        Announce();
        _loop.Post(_ => _jobs.Start(), null);
        _loop.Post(_ => _meter = new ChatMeter(_server.Counters), null);
        _loop.Post(_ => _loop.Schedule(StartUp, StartUpMemory.Release), null);
        _loop.Run();
        if (_shutdown.Code == ExitCode.Done)
        {
            NetLog.Stopped(_logger);
        }

        return _shutdown.Code;
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
        int least = Math.Min(_options.MaxConnections, ChatOptions.MinConnections);
        if (room < least)
        {
            long needed = OpenFiles.Needed(_openFiles, _options.Workers, least);
            error = $"this process may open only {limit} files, but needs {needed} for {_options.Workers} workers and {least} connections; "
                + $"raise the limit (ulimit -n {needed}) or lower workers";
            return false;
        }

        if (room < _options.MaxConnections)
        {
            NetLog.FewFiles(_logger, limit, room, _options.MaxConnections, OpenFiles.Needed(_openFiles, _options.Workers, _options.MaxConnections));
            _server.ConnectionLimit = (int)room;
        }

        return true;
    }

    // The file is read on a thread of the runtime's, so that a slow disk holds up nobody.
    private void AskForReload() => ThreadPool.UnsafeQueueUserWorkItem(
        _ =>
        {
            StartRequest request = _read();
            _loop.Post(_ => Reload(request), null);
        },
        null);

    private void Stop(string reason)
    {
        ProcessSignals.SetDeadline(Shutdown.LimitFor(_options) + LoopMargin);
        _shutdown.Begin(reason, _options);
    }

    // On the signal's thread: the loop had its own time limit, and did not keep it.
    private void OnDeadlinePassed()
    {
        NetLog.LoopStuck(_logger, Shutdown.LimitFor(_options));
        _logger.Dispose();
        SignalCalls.Exit(ExitCode.CannotStop);
    }

    private void Reload(StartRequest request)
    {
        if (request is not StartRequest.Serve serve)
        {
            foreach (string problem in request is StartRequest.Refuse refuse ? refuse.Problems : [])
            {
                NetLog.NotReloaded(_logger, problem);
            }

            return;
        }

        foreach (Option option in OptionCatalog.All)
        {
            string before = option.Show(_options);
            string after = option.Show(serve.Options);
            if (before != after && OptionCatalog.Pool.Contains(option))
            {
                NetLog.Reloaded(_logger, option.Name, before, after);
            }
            else if (before != after)
            {
                NetLog.NeedsRestart(_logger, option.Name, after);
            }
        }

        _options = serve.Options;
        _jobs.Apply(serve.Options);
    }
}
