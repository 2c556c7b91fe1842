using AotChat.Protocols.Terminal;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Simulation;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordingLogger : ILogger
{
    public List<(LogLevel Level, string Message, Exception? Exception)> Entries { get; } = [];

    /// <summary>The least severe level that is kept. Debug lines would allocate on paths whose allocation is tested.</summary>
    public LogLevel MinLevel { get; set; } = LogLevel.Information;

    /// <summary>Whether it is kept who comes, goes and takes another name, which most tests are not about.</summary>
    public bool KeepsVisits { get; set; }

    /// <summary>What goes wrong with each line; null where nothing does.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Gets each line too, visits included; null for nobody.</summary>
    public ILogger? Also { get; set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= MinLevel;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        Also?.Log(logLevel, eventId, state, exception, formatter);
        if (!KeepsVisits && (eventId.Name is nameof(SessionLog.Joined) or nameof(SessionLog.Left) or nameof(SessionLog.Renamed)))
        {
            return;
        }

        lock (Entries)
        {
            Entries.Add((logLevel, formatter(state, exception), exception));
        }
    }
}
