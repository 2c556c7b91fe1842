using System.Globalization;
using CliWrap;

namespace AotChat.EndToEnd.Tests;

/// <summary>Looks at processes, and sends them signals.</summary>
internal static class Processes
{
    /// <summary>The processes that this one has started, by whichever of its threads.</summary>
    public static int[] ChildrenOf(int processId) =>
    [
        .. Directory.GetDirectories($"/proc/{processId}/task")
            .SelectMany(task => ReadOrEmpty(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
    ];

    /// <summary>Whether it runs, is stopped or waits; one that is dead and not yet reaped is not alive.</summary>
    public static bool IsAlive(int processId)
    {
        string stat = ReadOrEmpty($"/proc/{processId}/stat");
        return stat.Length > 0 && stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
    }

    /// <summary>What the system says of a process, by name: <c>/proc/PID/status</c>.</summary>
    public static IReadOnlyDictionary<string, string> StatusOf(int processId) => File.ReadLines($"/proc/{processId}/status")
        .Select(line => line.Split(':', 2))
        .ToDictionary(parts => parts[0], parts => parts[1].Trim('\t'));

    /// <summary>The arguments that it was started with, its name in front.</summary>
    public static string[] ArgumentsOf(int processId) => ReadOrEmpty($"/proc/{processId}/cmdline").TrimEnd('\0').Split('\0');

    /// <summary>Sends a signal: TERM, KILL, STOP …; one that has just ended does not mind.</summary>
    public static async Task SignalAsync(int processId, string signal) => await Cli.Wrap("kill")
        .WithArguments([$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)])
        .WithValidation(CommandResultValidation.None)
        .ExecuteAsync();

    /// <summary>How many files a process may have open from now on.</summary>
    public static async Task LimitFilesAsync(int processId, int files) => await Cli.Wrap("prlimit")
        .WithArguments(["--pid", processId.ToString(CultureInfo.InvariantCulture), $"--nofile={files}:"])
        .ExecuteAsync();

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
