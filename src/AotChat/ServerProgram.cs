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
    // After this everything is there, workers included.
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(100);

    // Beside the time that jobs have: for readers to get what waits for them.
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly Func<StartRequest> _read;
    private ChatOptions _options;
    private readonly ServerClock _clock;
    private readonly DeferredLogger _logger;
    private readonly ISocketPoller _poller;
    private readonly EventLoop _loop;
    private readonly JobManager _jobs;
    private readonly ChatServer _server;
    private readonly Listeners _listeners;
    private ChatMeter? _meter;
    private int _signals;

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
        CheckOpenFiles();
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
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp);
        Announce();
        _loop.Post(_ => _jobs.Start(), null);
        _loop.Post(_ => _meter = new ChatMeter(_server.Counters), null);
        _loop.Post(_ => _loop.Schedule(StartUp, StartUpMemory.Release), null);
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

    // On a thread of the runtime's: the file is read here, so that a slow disk holds up nobody.
    private void OnHangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        StartRequest request = _read();
        _loop.Post(_ => Reload(request), null);
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
