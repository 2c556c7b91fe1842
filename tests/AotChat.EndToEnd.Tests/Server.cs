using System.Globalization;
using System.Net;
using CliWrap;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>A running server: the published binary on a free port, in a process of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<IPEndPoint> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _log = [];
    private readonly CommandTask<CommandResult> _process;

    private Server(string[] arguments)
    {
        _process = Cli.Wrap(Executable.Path)
            .WithArguments(["--port", "0", .. arguments])
            .WithEnvironmentVariables(WithoutSettings)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(OnOutput))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(OnLog))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(_end.Token);
    }

    /// <summary>Variables of this machine must not leak into the tests.</summary>
    public static IReadOnlyDictionary<string, string?> WithoutSettings { get; } = Environment.GetEnvironmentVariables().Keys
        .Cast<string>()
        .Where(name => name.StartsWith("CHAT_", StringComparison.Ordinal))
        .ToDictionary(name => name, _ => (string?)null);

    public int ProcessId => _process.ProcessId;

    public IPEndPoint EndPoint => _listening.Task.Result;

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

    /// <summary>How many descriptors it holds.</summary>
    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{ProcessId}/fd").Length;

    /// <summary>The processes of its workers.</summary>
    public int[] Workers => Processes.ChildrenOf(ProcessId);

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<Server> StartAsync(params string[] arguments)
    {
        Server server = new(arguments);
        await Task.WhenAny(server._listening.Task, server._process.Task).WaitAsync(Wait.Limit);
        Assert.True(server._listening.Task.IsCompleted, "It did not start: " + string.Join('\n', server.Log));
        return server;
    }

    /// <summary>Runs the binary to its end with just these arguments.</summary>
    public static async Task<BufferedCommandResult> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        Dictionary<string, string?> variables = new(WithoutSettings);
        foreach ((string name, string value) in environment)
        {
            variables[name] = value;
        }

        using CancellationTokenSource limit = new(Wait.Limit);
        return await Cli.Wrap(Executable.Path)
            .WithArguments(arguments)
            .WithEnvironmentVariables(variables)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
    }

    /// <summary>Somebody connects and reads the welcome line.</summary>
    public async Task<Client> ConnectAsync()
    {
        Client client = await Client.ConnectAsync(EndPoint);
        await client.ReadWelcomeAsync();
        return client;
    }

    /// <summary>Waits until it has ended and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync() => (await _process.Task.WaitAsync(Wait.Limit)).ExitCode;

    /// <summary>Waits until all workers are there and none is anybody's child any more that should not be.</summary>
    public Task WaitForWorkersAsync(int count) => Wait.UntilAsync(() => Workers.Length == count, $"{count} workers");

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

    private void OnOutput(string line)
    {
        const string Prefix = "Listening on ";
        if (line.StartsWith(Prefix, StringComparison.Ordinal) && IPEndPoint.TryParse(line[Prefix.Length..], out IPEndPoint? endPoint))
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
}
