using Microsoft.Extensions.Logging;

namespace AotChat.Configuration;

/// <summary>The settings of the log; part of <see cref="OptionCatalog"/>.</summary>
internal static class LogOptionCatalog
{
    /// <summary>What is logged; the log takes it on while the server runs.</summary>
    public static Option Level { get; } = Option.Choice(
        "log-level",
        [
            ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("info", LogLevel.Information),
            ("warning", LogLevel.Warning), ("error", LogLevel.Error), ("critical", LogLevel.Critical), ("none", LogLevel.None),
        ],
        "least severe messages on standard error; debug shows who comes and goes",
        static options => options.LogLevel, static (options, value) => options.LogLevel = value);

    /// <summary>In the order in which <c>--help</c> shows them.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Level,
        Option.Choice(
            "log-format", [("text", LogFormat.Text), ("json", LogFormat.Json)], "text is a line for people, json an object for programs",
            static options => options.LogFormat, static (options, value) => options.LogFormat = value),
    ];
}
