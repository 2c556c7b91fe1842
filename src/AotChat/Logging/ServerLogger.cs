using System.Text;
using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Logging;

/// <summary>
/// The server's log. Everything that it needs is there from its start on, and it never throws: it is the last thing that a
/// failing server relies on. A line is made on the thread that logs, which owns what the line tells of, and written on
/// another one. Any thread.
/// </summary>
internal sealed class ServerLogger : ILogger, IDisposable
{
    private readonly TimeProvider _time;
    private volatile LineFormatter _formatter;
    private readonly LogWriter _writer;
    private volatile LogLevel _level;

    /// <param name="options">Level and format.</param>
    /// <param name="time">The clock of the lines.</param>
    /// <param name="sink">Where lines go; null for standard error.</param>
    /// <param name="firstPause">How long to wait after a failed write; null for <see cref="ChatOptions.LogFirstPause"/>.</param>
    /// <exception cref="OutOfMemoryException">The system gives no thread.</exception>
    public ServerLogger(ChatOptions options, TimeProvider time, ILogSink? sink = null, TimeSpan? firstPause = null)
    {
        _level = options.LogLevel;
        _time = time;
        _formatter = new LineFormatter(options.LogFormat, time);
        _writer = new LogWriter(sink ?? new ErrorStreamSink(), LineOfLost, firstPause ?? ChatOptions.LogFirstPause);
    }

    /// <summary>The least severe level that is logged; may be changed at any time.</summary>
    public LogLevel Level
    {
        get => _level;
        set => _level = value;
    }

    /// <summary>Takes on another level and format; may be called at any time.</summary>
    public void TakeOn(ChatOptions options)
    {
        _level = options.LogLevel;
        _formatter = new LineFormatter(options.LogFormat, _time);
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= _level && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        try
        {
            // Nothing more here: this method is compiled for each combination of values that is logged.
            _writer.Queue.Add(LineOf(logLevel, eventId, formatter(state, exception), state, exception));
        }
        catch (Exception)
        {
            // No memory for it, or a value that can't say what it is: the line is lost, and told of later.
            _writer.Queue.CountLost();
        }
    }

    /// <summary>Waits a moment until what was logged has been written.</summary>
    public void Dispose() => _writer.Dispose();

    private byte[] LineOf(LogLevel level, EventId eventId, string text, object? values, Exception? exception)
    {
        using StringWriter writer = new(new StringBuilder(256));
        _formatter.Write(level, eventId, text, values, exception, writer);
        return Encoding.UTF8.GetBytes(writer.ToString());
    }

    private byte[] LineOfLost(long count, string reason)
    {
        LostLines lost = new(count, reason);
        return LineOf(LogLevel.Warning, new EventId(31), lost.ToString(), lost, null);
    }

    /// <summary>Says that lines are missing in the log.</summary>
    private sealed class LostLines(long count, string reason) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 2;

        public KeyValuePair<string, object?> this[int index] => index == 0 ? new("Count", count) : new("Reason", reason);

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
            yield return this[1];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => $"{count} log {(count == 1 ? "line was" : "lines were")} lost: {reason}";
    }
}
