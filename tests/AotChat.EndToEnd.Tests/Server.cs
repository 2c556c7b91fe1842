using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>A running server: the published binary on a free port, in a process of its own.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private const string UnixPrefix = "unix:";

    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<EndPoint> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _log = [];
    private readonly CommandTask<CommandResult> _process;

    private Server(string[] command, string[] arguments, params (string Name, string Value)[] environment)
    {
        _process = Cli.Wrap(command[0])
            .WithArguments([.. command[1..], "--port", "0", .. arguments.Contains("--flood-rate") ? arguments : ["--flood-rate", "0", .. arguments]])
            .WithEnvironmentVariables(WithSettings(environment))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(OnOutput))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(OnLog))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(_end.Token);
    }

    /// <summary>Variables of this machine must not leak into the tests, and no test may find what another one has kept.</summary>
    public static IReadOnlyDictionary<string, string?> WithoutSettings { get; } = Environment.GetEnvironmentVariables().Keys
        .Cast<string>()
        .Where(name => name.StartsWith("CHAT_", StringComparison.Ordinal))
        .ToDictionary(name => name, _ => (string?)null)
        .Append(new("CHAT_DATA", "none"))
        .ToDictionary();

    public int ProcessId => _process.ProcessId;

    /// <summary>The first place where it listens.</summary>
    public EndPoint EndPoint => _listening.Task.Result;

    /// <summary>Its TCP port.</summary>
    public int Port => ((IPEndPoint)EndPoint).Port;

    /// <summary>What it has logged so far.</summary>
    public string[] Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>
    /// The warnings and errors that it has logged, beside that it runs as root, as tests in a container do, and that turns
    /// were slow, as they are on a busy machine.
    /// </summary>
    public IEnumerable<string> Complaints => Log.Where(line =>
        !line.EndsWith("Running as root; use --user NAME", StringComparison.Ordinal) && !line.Contains(" info ", StringComparison.Ordinal)
        && !line.Contains("A turn of the event loop took", StringComparison.Ordinal));

    /// <summary>How many descriptors it holds.</summary>
    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{ProcessId}/fd").Length;

    /// <summary>How much memory it has in use, in KiB.</summary>
    public long ResidentKilobytes => long.Parse(
        File.ReadLines($"/proc/{ProcessId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>The processes of its workers.</summary>
    public int[] Workers => Processes.ChildrenOf(ProcessId);

    /// <summary>
    /// Starts it and waits until it listens. There is no flood control where the test does not ask for it, since tests
    /// type faster than people.
    /// </summary>
    public static Task<Server> StartAsync(params string[] arguments) => StartAsync(arguments, []);

    /// <inheritdoc cref="StartAsync(string[])"/>
    public static Task<Server> StartAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        StartAsync([Executable.Path], arguments, environment);

    /// <summary>The same for the server with jobs that misbehave.</summary>
    public static Task<Server> StartTestServerAsync(params string[] arguments) => StartAsync([Executable.TestServer], arguments, []);

    /// <summary>The same without metadata.</summary>
    public static Task<Server> StartStrippedServerAsync(params string[] arguments) => StartAsync([Executable.StrippedServer], arguments, []);

    /// <summary>The same for an executable that lies elsewhere.</summary>
    public static Task<Server> StartFromAsync(string executable, params string[] arguments) => StartAsync([executable], arguments, []);

    /// <summary>The same for a server that may not open more than so many files.</summary>
    public static Task<Server> StartWithFilesAsync(int files, params string[] arguments) =>
        StartAsync(["/bin/sh", "-c", $"ulimit -n {files} && exec \"$@\"", "sh", Executable.Path], arguments, []);

    /// <summary>
    /// The same on a pseudo-terminal of its own, as from somebody's window; <see cref="ProcessId"/> is the window's, and its
    /// output goes past it.
    /// </summary>
    public static Task<Server> StartInWindowAsync(params string[] arguments) => StartAsync(
        ["/bin/sh", "-c", "exec 3>&1 4>&2 && exec script -qec \"exec $* >&3 2>&4\" /dev/null >/dev/null", "sh", Executable.Path], arguments, []);

    /// <summary>The same for a server that gets open files beside its standard streams from the one who starts it.</summary>
    public static Task<Server> StartWithOpenFilesAsync(params string[] arguments) =>
        StartAsync(["/bin/sh", "-c", "exec 5</dev/null 9</etc/passwd && exec \"$@\"", "sh", Executable.Path], arguments, []);

    /// <summary>The same for a server that sees a small file system of its own in a directory, which ends with it; needs root.</summary>
    public static Task<Server> StartOnSmallDiskAsync(string directory, string size, params string[] arguments) => StartAsync(
        ["unshare", "-m", "/bin/sh", "-c", $"mount -t tmpfs -o size={size} tmpfs \"$0\" && exec \"$@\"", directory, Executable.Path], arguments, []);

    /// <summary>The same for a test server that is process 1 of a namespace, as in a container; the process here is that of unshare(1).</summary>
    public static Task<Server> StartAsInitAsync(params string[] arguments) =>
        StartAsync(["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", Executable.TestServer], arguments, []);

    private static async Task<Server> StartAsync(string[] command, string[] arguments, (string Name, string Value)[] environment)
    {
        Server server = new(command, arguments, environment);
        await Task.WhenAny(server._listening.Task, server._process.Task).WaitAsync(Wait.Limit);
        Assert.True(server._listening.Task.IsCompleted, "It did not start: " + string.Join('\n', server.Log));
        return server;
    }

    /// <summary>Runs the binary to its end with just these arguments.</summary>
    public static async Task<BufferedCommandResult> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using CancellationTokenSource limit = new(Wait.Limit);
        return await Cli.Wrap(Executable.Path)
            .WithArguments(arguments)
            .WithEnvironmentVariables(WithSettings(environment))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
    }

    /// <summary>Somebody connects and reads the welcome line.</summary>
    public async Task<Client> ConnectAsync(int receiveBuffer = 0)
    {
        Client client = await Client.ConnectAsync(EndPoint, receiveBuffer);
        await client.ReadWelcomeAsync();
        return client;
    }

    /// <summary>Waits until it has ended and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync() => (await _process.Task.WaitAsync(Wait.Limit)).ExitCode;

    /// <summary>Waits until it has logged this.</summary>
    public Task WaitForLogAsync(string text) =>
        Wait.UntilAsync(() => Log.Any(line => line.Contains(text, StringComparison.Ordinal)), $"the log says «{text}»");

    /// <summary>Waits until all workers are there and none is anybody's child any more that should not be.</summary>
    public Task WaitForWorkersAsync(int count) => Wait.UntilAsync(() => Workers.Length == count, $"{count} workers");

    /// <summary>Waits until a worker runs a job, and returns its process.</summary>
    public async Task<int> WaitForBusyWorkerAsync()
    {
        using Client watcher = await ConnectAsync();
        while (true)
        {
            await watcher.TypeAsync("workers");
            await watcher.TypeAsync("end-of-workers");
            int busy = 0;
            for (string? line = await watcher.ReadAsync(); line?.StartsWith("Worker ", StringComparison.Ordinal) == true; line = await watcher.ReadAsync())
            {
                if (BusyWorker().Match(line) is { Success: true } match)
                {
                    busy = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                }
            }

            if (busy > 0)
            {
                return busy;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _process;
        }
        catch (OperationCanceledException)
        {
            // Killed: the usual end of a test.
        }

        _end.Dispose();
    }

    private static Dictionary<string, string?> WithSettings((string Name, string Value)[] environment)
    {
        Dictionary<string, string?> variables = new(WithoutSettings);
        foreach ((string name, string value) in environment)
        {
            variables[name] = value;
        }

        return variables;
    }

    private void OnOutput(string line)
    {
        const string Prefix = "Listening on ";
        string place = line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..] : "";
        if (place.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            _listening.TrySetResult(new UnixDomainSocketEndPoint(place[UnixPrefix.Length..]));
        }
        else if (IPEndPoint.TryParse(place, out IPEndPoint? endPoint))
        {
            _listening.TrySetResult(endPoint);
        }
        else
        {
            _listening.TrySetException(new InvalidDataException("Standard output said: " + line));
        }
    }

    private void OnLog(string line)
    {
        lock (_log)
        {
            _log.Add(line);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"aotchat (process {ProcessId})");

    [GeneratedRegex(@"process (\d+)\): busy with job")]
    private static partial Regex BusyWorker();
}
