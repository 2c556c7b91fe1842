using System.Text;

namespace AotChat.Workers;

/// <summary>What the server and its workers agree on, beside the frames that they exchange.</summary>
internal static class WorkerContract
{
    /// <summary>The argument that makes the executable a worker. What follows it is for people who list processes, and is not read.</summary>
    public const string Flag = "--worker";

    /// <summary>How a worker ends after a job that wanted more memory than there is: what is left of it is not worth much. EX_OSERR of sysexits(3).</summary>
    public const int OutOfMemory = 71;

    private static readonly byte[] BuildName =
        Encoding.UTF8.GetBytes(typeof(WorkerContract).Assembly.GetName().Version?.ToString() ?? "");

    /// <summary>Which build this is; server and worker must be of the same.</summary>
    public static ReadOnlySpan<byte> Build => BuildName;
}
