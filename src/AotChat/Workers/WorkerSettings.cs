using System.Globalization;

namespace AotChat.Workers;

/// <summary>What a worker process is told when it starts, in its environment.</summary>
/// <param name="Lanes">Which jobs it serves, and so what it may do with the network.</param>
/// <param name="MemoryMiB">How much memory it may take beyond what it starts with.</param>
/// <param name="Nice">How far it stands back behind the server (nice(2)), 0 to 19.</param>
/// <param name="Ports">The TCP ports that it may connect to, <c>80,443</c>; empty for any.</param>
/// <param name="Title">What stands behind the flag in the list of processes, for people alone: <c>cpu 3 of 1235</c>.</param>
internal sealed record WorkerSettings(JobLanes Lanes, int MemoryMiB, int Nice, string Ports, string Title)
{
    /// <summary>Which jobs it serves: <c>cpu</c>, <c>io</c> or <c>any</c>.</summary>
    public const string LaneVariable = "AOTCHAT_LANE";

    /// <summary>How much memory it may take, in MiB.</summary>
    public const string MemoryVariable = "AOTCHAT_MEMORY";

    /// <summary>How far it stands back.</summary>
    public const string NiceVariable = "AOTCHAT_NICE";

    /// <summary>Which ports it may connect to.</summary>
    public const string PortsVariable = "AOTCHAT_PORTS";

    /// <summary>The process id of the server.</summary>
    public const string ServerVariable = "AOTCHAT_SERVER";

    /// <summary>The descriptor on which it is told things while it runs a job; not there where the system has no such thing.</summary>
    public const string ControlVariable = "AOTCHAT_CONTROL";

    // Read by the runtime, in hexadecimal without 0x.
    private const string HeapVariable = "DOTNET_GCHeapHardLimit";

    // What a worker may know of the server's environment: time zone, language, and where certificates lie.
    private static readonly string[] KeptVariables = ["TZ", "LANG", "LC_ALL", "PATH", "HOME", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    /// <summary>The name of a set of lanes, in the environment and for people.</summary>
    public static string NameOf(JobLanes lanes) => lanes switch
    {
        JobLanes.Cpu => "cpu",
        JobLanes.Io => "io",
        _ => "any",
    };

    /// <summary>The lanes of that name; all of them where there is none.</summary>
    public static JobLanes LanesOf(string? name) => name switch
    {
        "cpu" => JobLanes.Cpu,
        "io" => JobLanes.Io,
        _ => JobLanes.Both,
    };

    /// <summary>The whole environment of the process, each variable as <c>NAME=VALUE</c>.</summary>
    public IEnumerable<string> Environment()
    {
        foreach (string name in KeptVariables)
        {
            if (System.Environment.GetEnvironmentVariable(name) is { } value)
            {
                yield return $"{name}={value}";
            }
        }

        yield return ServerVariable + "=" + System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        yield return LaneVariable + "=" + NameOf(Lanes);
        yield return MemoryVariable + "=" + MemoryMiB.ToString(CultureInfo.InvariantCulture);
        yield return PortsVariable + "=" + Ports;
        yield return NiceVariable + "=" + Nice.ToString(CultureInfo.InvariantCulture);
        yield return HeapVariable + "=" + (MemoryMiB * 1024L * 1024L).ToString("x", CultureInfo.InvariantCulture);
    }
}
