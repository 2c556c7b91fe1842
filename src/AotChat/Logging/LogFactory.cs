using AotChat.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace AotChat.Logging;

/// <summary>Puts the console logger together by hand: a service container for one logger costs 5 ms and 1 MiB at start.</summary>
internal static class LogFactory
{
    /// <summary>Logs to standard error, on the logger's own thread; standard output belongs to the line that says where the server listens.</summary>
    public static ILoggerFactory Create(ChatOptions options, TimeProvider time)
    {
        LineFormatter formatter = new(options.LogFormat, time);
        ConsoleLoggerOptions console = new()
        {
            FormatterName = formatter.Name,
            LogToStandardErrorThreshold = LogLevel.Trace,

            // A log that nobody reads must not stop the chat.
            QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite,
        };

        // The one who asks for it decides what is logged, at any time anew.
        LoggerFactory factory = new([], new LoggerFilterOptions { MinLevel = LogLevel.Trace });

        // Added, not passed in: only so does disposing the factory wait for the last lines.
        factory.AddProvider(new ConsoleLoggerProvider(new FixedOptions(console), [formatter]));
        return factory;
    }

    /// <summary>Options that never change.</summary>
    private sealed class FixedOptions(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => options;

        public ConsoleLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
