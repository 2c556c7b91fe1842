using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace AotChat.Configuration;

/// <summary>All settings: a new one is one entry here and one property in <see cref="ChatOptions"/>.</summary>
internal static class OptionCatalog
{
    /// <summary>In the order in which <c>--help</c> shows them.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        new Option(
            "host",
            "an IP address or localhost",
            "address to listen on; 0.0.0.0 lets the whole network in, unencrypted",
            static (options, text) =>
            {
                options.Host = text;

                // "0", "127.1" and "010.0.0.1" are addresses too, to a parser; to a person they are typos.
                return text == "localhost"
                    || (IPAddress.TryParse(text, out IPAddress? address)
                        && (address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text : !text.StartsWith('[')));
            },
            static options => options.Host),
        Option.Integer(
            "port", 0, 65_535, "TCP port; 0 takes any free one and prints it",
            static options => options.Port, static (options, value) => options.Port = value),
        Option.Integer(
            "workers", 1, 256, "processes that run jobs (fib, url), about one a core",
            static options => options.Workers, static (options, value) => options.Workers = value),
        Option.Integer(
            "max-connections", 1, 1_000_000, "connections open at once; who comes later hears that the server is full",
            static options => options.MaxConnections, static (options, value) => options.MaxConnections = value),
        Option.Integer(
            "max-line-bytes", 64, 16_384, "bytes in one line; longer ones are skipped",
            static options => options.MaxLineBytes, static (options, value) => options.MaxLineBytes = value),
        Option.Integer(
            "outbox-hard", 64 * 1024, 1024 * 1024 * 1024, "bytes that may wait for a reader before it is disconnected",
            static options => options.OutboxHardBytes, static (options, value) => options.OutboxHardBytes = value),
        Option.Integer(
            "job-queue", 1, 100_000, "jobs that may wait for a worker; further ones are refused",
            static options => options.JobQueue, static (options, value) => options.JobQueue = value),
        Option.Choice(
            "log-level",
            [
                ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("info", LogLevel.Information),
                ("warning", LogLevel.Warning), ("error", LogLevel.Error), ("critical", LogLevel.Critical), ("none", LogLevel.None),
            ],
            "least severe messages on standard error; debug shows who comes and goes",
            static options => options.LogLevel, static (options, value) => options.LogLevel = value),
        Option.Choice(
            "log-format", [("text", LogFormat.Text), ("json", LogFormat.Json)], "a line for people, or an object for machines",
            static options => options.LogFormat, static (options, value) => options.LogFormat = value),
    ];
}
