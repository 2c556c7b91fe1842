using System.Globalization;
using System.Net.Sockets;
using System.Runtime.Versioning;
using CliWrap;

namespace AotChat.EndToEnd.Tests;

/// <summary>What a server may lack.</summary>
public enum Lack
{
    /// <summary>RLIMIT_NOFILE is used up.</summary>
    Descriptors,

    /// <summary>RLIMIT_NPROC is used up: no new thread and no new process.</summary>
    Threads,

    /// <summary>RLIMIT_DATA leaves a few MiB more than the server has.</summary>
    Memory,

    /// <summary>RLIMIT_FSIZE is 0, and the log is a file.</summary>
    FileSize,

    /// <summary>The log is on a disk that is full.</summary>
    Disk,

    /// <summary>Nothing is mounted at /proc.</summary>
    Proc,

    /// <summary>The file system is read-only.</summary>
    WritableRoot,

    /// <summary>None of the standard streams is open.</summary>
    Streams,
}

/// <summary>A published server that lacks something from its start on, or from some moment on. It listens on a Unix socket.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class StarvedServer : IAsyncDisposable
{
    // No account of the machine has it: what its processes take is what this server takes.
    private static int s_lastUser = 54_000 + (Environment.ProcessId % 1_000 * 10);

    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _log = [];
    private readonly string _folder;
    private readonly string _log2;
    private readonly CommandTask<CommandResult> _process;

    // Another user than the one of the tests; 0 for none. Who runs as root is not limited in processes.
    private readonly int _user;

    private StarvedServer(string folder, string before, string streams, string[] arguments, int user = 0)
    {
        _folder = folder;
        _user = user;
        _log2 = Path.Combine(folder, "log");
        SocketPath = Path.Combine(folder, "chat.sock");
        string executable = Path.Combine(folder, "aotchat");
        File.Copy(Executable.Path, executable);
        File.SetUnixFileMode(executable, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        _process = Cli.Wrap("/bin/sh")
            .WithArguments(["-c", $"log=$1; shift; {before} \"$@\" {streams}", "sh", _log2, executable, "--host", $"unix:{SocketPath}", "--flood-rate", "0", .. arguments])
            .WithEnvironmentVariables(Server.WithoutSettings)
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Note))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(_end.Token);
    }

    public string SocketPath { get; }

    public int ProcessId => _process.ProcessId;

    public int[] Workers => Processes.ChildrenOf(ProcessId);

    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{ProcessId}/fd").Length;

    /// <summary>What it has written to its log.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log) + (File.Exists(_log2) ? File.ReadAllText(_log2) : "");
            }
        }
    }

    /// <summary>Starts it, in want of what can't be taken away later, and waits until somebody can join.</summary>
    public static async Task<StarvedServer> StartAsync(Lack lack, params string[] arguments)
    {
        // On a file system that stays writable where the root is not.
        string folder = Directory.CreateDirectory($"/dev/shm/aotchat-{Guid.NewGuid():N}").FullName;
        string unshare = Environment.IsPrivilegedProcess ? "exec unshare -m" : "exec unshare -rm";
        int user = Interlocked.Increment(ref s_lastUser);
        StarvedServer server = lack switch
        {
            Lack.Threads when Environment.IsPrivilegedProcess => new(folder, $"exec setpriv --reuid={user} --regid={user} --clear-groups", "", arguments, user),
            Lack.FileSize => new(folder, "exec", "2>\"$log\"", arguments),
            Lack.Disk => new(folder, "exec", "2>/dev/full", arguments),
            Lack.Proc => new(folder, unshare + " sh -c 'umount -l /proc && exec \"$@\"' sh", "", arguments),
            Lack.WritableRoot => new(folder, unshare + " sh -c 'mount -o remount,bind,ro / && exec \"$@\"' sh", "", arguments),
            Lack.Streams => new(folder, "exec", "<&- >&- 2>&-", arguments),
            _ => new(folder, "exec", "", arguments),
        };
        try
        {
            await Wait.UntilAsync(() => server._process.Task.IsCompleted || server.CanJoin(), "it listens");
            Assert.False(server._process.Task.IsCompleted, "It did not start: " + server.Log);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes away from the running server what can be taken away then; the rest is missing already.</summary>
    public async Task StarveAsync(Lack lack)
    {
        string[] limits = lack switch
        {
            Lack.Descriptors => [$"--nofile={OpenFiles}:"],
            Lack.Threads => ["--nproc=1:"],
            Lack.Memory => [$"--data={(Data() + (4 * 1024 * 1024)).ToString(CultureInfo.InvariantCulture)}:"],
            Lack.FileSize => ["--fsize=0:"],
            _ => [],
        };
        if (limits.Length > 0)
        {
            string[] command = ["prlimit", "--pid", ProcessId.ToString(CultureInfo.InvariantCulture), .. limits];
            command = _user == 0 ? command : ["setpriv", $"--reuid={_user}", $"--regid={_user}", "--clear-groups", .. command];
            await Cli.Wrap(command[0]).WithArguments(command[1..]).ExecuteAsync();
        }
    }

    /// <summary>Somebody connects and reads the welcome line.</summary>
    public async Task<Client> ConnectAsync()
    {
        Client client = await Client.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        await client.ReadWelcomeAsync();
        return client;
    }

    /// <summary>Waits until it has ended and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync() => (await _process.Task.WaitAsync(Wait.Limit)).ExitCode;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _process;
        }
        catch (OperationCanceledException)
        {
            // Killed: the end of a test that failed.
        }

        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private bool CanJoin()
    {
        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private long Data() => long.Parse(
        File.ReadLines($"/proc/{ProcessId}/status").First(line => line.StartsWith("VmData:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024;

    private void Note(string line)
    {
        lock (_log)
        {
            _log.Add(line);
        }
    }
}
