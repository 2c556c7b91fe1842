using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AotChat.Load;

/// <summary>A server under load, in a process of its own.</summary>
internal sealed class Target : IDisposable
{
    private const string Announcement = "Listening on 127.0.0.1:";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = [];

    /// <summary>Starts it and waits until it listens.</summary>
    public Target(string path, params string[] arguments)
    {
        ProcessStartInfo start = new(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("CHAT_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // What is measured is the chat, unless a scenario asks for the disk.
        start.Environment["CHAT_DATA"] = "none";

        _process = Process.Start(start) ?? throw new LoadException($"cannot start {path}");
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        string? line = _process.StandardOutput.ReadLine();
        if (line?.StartsWith(Announcement, StringComparison.Ordinal) != true)
        {
            Dispose();
            throw new LoadException($"{path} did not say where it listens, but: {line ?? "nothing"}");
        }

        Port = int.Parse(line[Announcement.Length..], CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>What it has logged so far.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Its resident memory in bytes.</summary>
    public long Memory => MemoryOf(ProcessId);

    /// <summary>The resident memory of one of its workers in bytes, in the median.</summary>
    public long WorkerMemory
    {
        get
        {
            string children = File.ReadAllText($"/proc/{ProcessId}/task/{ProcessId}/children");
            foreach (string thread in Directory.GetDirectories($"/proc/{ProcessId}/task"))
            {
                children += File.ReadAllText(Path.Combine(thread, "children"));
            }

            long[] all = [.. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()
                .Select(child => MemoryOf(int.Parse(child, CultureInfo.InvariantCulture))).Order()];
            return all[all.Length / 2];
        }
    }

    /// <summary>
    /// Its anonymous resident memory in bytes: what it has written, and shares with no other process (proc_pid_status(5)).
    /// Pages of the executable count as resident as soon as they are touched, and cost nothing that others could have.
    /// </summary>
    public long PrivateMemory => Read(ProcessId, "RssAnon:");

    private static long MemoryOf(int processId) => Read(processId, "VmRSS:");

    private static long Read(int processId, string field) => long.Parse(
        File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(field, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1_024;

    /// <summary>Kills it; its workers end by themselves.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void OnExit(object? sender, EventArgs e) => _process.Kill();
}
