using Microsoft.Extensions.Logging;

namespace AotChat.Configuration;

/// <summary>
/// Every setting and limit of the server, with its default. Names, ranges and help stand in <see cref="OptionCatalog"/>.
/// </summary>
internal sealed class ChatOptions
{
    /// <summary>The IP address to listen on, or <c>localhost</c>. Default: loopback, since nothing here is encrypted.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The TCP port; 0 takes any free one. Default: 1235, the seed's.</summary>
    public int Port { get; set; } = 1235;

    /// <summary>How many worker processes run jobs. Default: 4, the seed's number.</summary>
    public int Workers { get; set; } = 4;

    /// <summary>How many connections may be open at once. Default: 10,000; each takes a file descriptor and about 1 KiB.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>The longest line in bytes, without its end. Default: 4,096, what a terminal lets one type (termios(3)).</summary>
    public int MaxLineBytes { get; set; } = 4_096;

    /// <summary>
    /// How many bytes may wait for one reader before it is disconnected. Default: 1 MiB, several thousand lines: more
    /// than a slow link lags behind, and little enough that many stuck readers fit into memory.
    /// </summary>
    public int OutboxHardBytes { get; set; } = 1024 * 1024;

    /// <summary>How many jobs may wait for a worker. Default: 256; more would wait longer than anybody does.</summary>
    public int JobQueue { get; set; } = 256;

    /// <summary>The least severe level that is logged. Default: information.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>What a log line looks like. Default: text.</summary>
    public LogFormat LogFormat { get; set; } = LogFormat.Text;
}
