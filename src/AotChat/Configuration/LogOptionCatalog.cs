using Microsoft.Extensions.Logging;

namespace AotChat.Configuration;

/// <summary>The settings of the log; part of <see cref="OptionCatalog"/>.</summary>
internal static class LogOptionCatalog
{
    /// <summary>What is logged; the log takes it on while the server runs.</summary>
    public static Option Level { get; } = Option.Choice(
        "log-level",
        ["trace", "debug", "info", "warning", "error", "critical", "none"],
        "least severe messages on standard error; debug shows who comes and goes",
        static options => (int)options.LogLevel, static (options, value) => options.LogLevel = (LogLevel)value);

    /// <summary>In the order in which <c>--help</c> shows them.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Level,
        Option.Choice(
            "log-format", ["text", "json"], "text is a line for people, json an object for programs",
            static options => (int)options.LogFormat, static (options, value) => options.LogFormat = (LogFormat)value),
    ];
}
