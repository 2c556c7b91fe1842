using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AotChat.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AotChat.Logging;

/// <summary>
/// Writes a log entry as one line of text, with an exception's stack indented below it, or as one JSON object.
/// </summary>
/// <remarks>
/// Control characters never reach the operator's terminal: what a worker prints ends up here, and jobs handle input of
/// users.
/// </remarks>
internal sealed class LineFormatter(LogFormat format, TimeProvider time) : ConsoleFormatter("line")
{
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        DateTimeOffset now = time.GetLocalNow();
        if (format == LogFormat.Json)
        {
            WriteJson(now, logEntry.LogLevel, logEntry.EventId, message, logEntry.Exception, textWriter);
        }
        else
        {
            WriteText(now, logEntry.LogLevel, message, logEntry.Exception, textWriter);
        }
    }

    private static void WriteText(DateTimeOffset now, LogLevel level, string message, Exception? exception, TextWriter writer)
    {
        writer.Write(now.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture));
        writer.Write(' ');
        writer.Write(WordOf(level));
        writer.Write(' ');
        WriteSafe(message, writer);
        writer.Write('\n');
        if (exception is not null)
        {
            foreach (string line in exception.ToString().Split('\n'))
            {
                writer.Write("    ");
                WriteSafe(line.TrimEnd(), writer);
                writer.Write('\n');
            }
        }
    }

    private static void WriteJson(
        DateTimeOffset now, LogLevel level, EventId eventId, string message, Exception? exception, TextWriter writer)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", now);
            json.WriteString("level", WordOf(level));
            json.WriteNumber("event", eventId.Id);
            json.WriteString("message", message);
            if (exception is not null)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        writer.Write('\n');
    }

    private static void WriteSafe(string text, TextWriter writer)
    {
        foreach (char letter in text)
        {
            writer.Write(char.IsControl(letter) && letter != '\t' ? '?' : letter);
        }
    }

    private static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
