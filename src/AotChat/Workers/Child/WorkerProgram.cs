using System.Globalization;
using AotChat.Configuration;
using AotChat.Logging;
using AotChat.Native;

namespace AotChat.Workers.Child;

/// <summary>
/// The executable's second role: reads jobs from standard input, runs one at a time and writes what came of it to
/// standard output. It ends with its input, and with its server.
/// </summary>
internal static class WorkerProgram
{
    private const int Done = 0;
    private const int Usage = 2;

    /// <summary>Runs until the input ends; returns the exit code.</summary>
    public static int Run()
    {
        if (!TryReadNumber(WorkerSettings.ServerVariable, out int serverProcessId))
        {
            StandardStreams.WriteErrorLine($"aotchat: {WorkerContract.Flag} is for the server only, which starts its own workers with it");
            return Usage;
        }

        // First: becoming another user makes the kernel forget what the second asks for.
        bool isUnprivileged = ProcessRights.TryDrop();
        if (!WorkerHost.DieWithParent(serverProcessId))
        {
            return Done;
        }

        WorkerHost.SetNice(TryReadNumber(WorkerSettings.NiceVariable, out int nice) ? nice : 0);
        bool isConfined = WorkerConfinement.TryApply(
            WorkerSettings.LanesOf(Environment.GetEnvironmentVariable(WorkerSettings.LaneVariable)),
            PortList.TryParse(Environment.GetEnvironmentVariable(WorkerSettings.PortsVariable) ?? "", out int[]? ports) ? ports : null);
        WorkerMemory.Limit(TryReadNumber(WorkerSettings.MemoryVariable, out int memory) ? memory : 0);
        using Stream input = WorkerHost.TakeInput();
        using Stream output = WorkerHost.TakeOutput();
        using WorkerLoop loop = new(input, output);
        try
        {
            loop.SayReady((isConfined ? WorkerLimits.Network : WorkerLimits.None) | (isUnprivileged ? WorkerLimits.Unprivileged : WorkerLimits.None));
            WorkerControl.Start(loop, TryReadNumber(WorkerSettings.ControlVariable, out int control) ? control : -1);
            return loop.Run() ? Done : WorkerContract.OutOfMemory;
        }
        catch (IOException)
        {
            // The server is gone: nobody is left to work for.
            return Done;
        }
    }

    private static bool TryReadNumber(string variable, out int number) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
