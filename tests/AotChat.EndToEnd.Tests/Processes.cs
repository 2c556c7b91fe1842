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
