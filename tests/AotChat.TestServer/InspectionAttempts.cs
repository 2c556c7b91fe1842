using System.Globalization;
using System.Runtime.InteropServices;

namespace AotChat.Jobs;

/// <summary>What a job would do that wants to know what the server, or another worker, has in its memory.</summary>
internal static unsafe partial class InspectionAttempts
{
    private const int Attach = 16;
    private const int Detach = 17;
    private const int OpenProcess = 434;
    private const int TakeDescriptor = 438;

    /// <summary>All of them: what works, with commas between.</summary>
    public static string All()
    {
        int server = GetParentProcessId();
        IEnumerable<string> works = Working(server).Select(attempt => "server's " + attempt);
        if (Sibling(server) is { } sibling)
        {
            works = works.Concat(Working(sibling).Select(attempt => "worker's " + attempt));
        }

        return string.Join(", ", works.DefaultIfEmpty("nothing"));
    }

    private static IEnumerable<string> Working(int processId)
    {
        if (Works(() => File.ReadAllBytes($"/proc/{processId}/environ").Length > 0))
        {
            yield return "environment";
        }

        if (Works(() => File.ReadAllText($"/proc/{processId}/maps").Length > 0))
        {
            yield return "maps";
        }

        if (Works(() => File.OpenRead($"/proc/{processId}/mem").CanRead))
        {
            yield return "memory";
        }

        if (Works(() => Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length > 0))
        {
            yield return "descriptors";
        }

        // The address need not be mapped: whether one may look comes first.
        if (Works(() => ReadMemory(processId) || Marshal.GetLastPInvokeError() == 14))
        {
            yield return "pages";
        }

        if (Works(() => Trace(Attach, processId, 0, 0) == 0 && Trace(Detach, processId, 0, 0) == 0))
        {
            yield return "tracing";
        }

        if (Works(() => Kill(processId, 0) == 0))
        {
            yield return "end";
        }

        if (Works(() => Call(TakeDescriptor, Call(OpenProcess, processId, 0, 0), 0, 0) >= 0))
        {
            yield return "input";
        }
    }

    // Another process that the server has started.
    private static int? Sibling(int server) => Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int processId) ? processId : 0)
        .Where(processId => processId > 0 && processId != Environment.ProcessId && ParentOf(processId) == server)
        .Select(processId => (int?)processId)
        .FirstOrDefault();

    private static int ParentOf(int processId)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }

    private static bool ReadMemory(int processId)
    {
        byte value;
        Part local = new() { Start = &value, Length = 1 };
        Part remote = new() { Start = (void*)0x1000, Length = 1 };
        return ReadPages(processId, &local, 1, &remote, 1, 0) > 0;
    }

    private static bool Works(Func<bool> attempt)
    {
        try
        {
            return attempt();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentProcessId();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    private static partial nint Trace(int request, int processId, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "process_vm_readv", SetLastError = true)]
    private static partial nint ReadPages(int processId, Part* local, nuint localCount, Part* remote, nuint remoteCount, nuint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint a, nint b, nint c);

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public void* Start;
        public nuint Length;
    }
}
