using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AotChat.Configuration;
using AotChat.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AotChat.Logging;

/// <summary>
/// Writes a log entry as one line of text, with an exception's stack indented below it, or as one JSON object with the named
/// values of the message as fields of their own.
/// </summary>
/// <remarks>
/// Nothing reaches the operator's terminal that <see cref="TerminalText"/> would not send to a user's: names, the calls of
/// jobs and what a worker prints come from outside. Each part has a bounded length.
/// </remarks>
internal sealed class LineFormatter(LogFormat format, TimeProvider time) : ConsoleFormatter("line")
{
    private const string Template = "{OriginalFormat}";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter) => Write(
        logEntry.LogLevel, logEntry.EventId, logEntry.Formatter(logEntry.State, logEntry.Exception), logEntry.State, logEntry.Exception, textWriter);

    /// <summary>Writes one entry. Not generic, so that it is compiled once and not for each kind of entry.</summary>
    /// <param name="level">How severe it is.</param>
    /// <param name="eventId">The number of its kind.</param>
    /// <param name="text">What it says.</param>
    /// <param name="values">The named values of the message, as a list of pairs; something else has none.</param>
    /// <param name="exception">What is shown with its stack; null for nothing.</param>
    /// <param name="writer">Where the line goes.</param>
    public void Write(LogLevel level, EventId eventId, string text, object? values, Exception? exception, TextWriter writer)
    {
        string message = Bounded(text);
        DateTimeOffset now = time.GetLocalNow();
        if (format == LogFormat.Json)
        {
            WriteJson(now, level, eventId, message, values, exception, writer);
        }
        else
        {
            WriteText(now, level, message, exception, writer);
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
            foreach (string line in exception.ToString().Split('\n').Take(ChatOptions.LogStackLines))
            {
                writer.Write("    ");
                WriteSafe(Bounded(line.TrimEnd()), writer);
                writer.Write('\n');
            }
        }
    }

    private static void WriteJson(
        DateTimeOffset now, LogLevel level, EventId eventId, string message, object? values, Exception? exception, TextWriter writer)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", now);
            json.WriteString("level", WordOf(level));
            json.WriteNumber("event", eventId.Id);
            json.WriteString("message", message);
            foreach ((string name, object? value) in values as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
            {
                if (name != Template)
                {
                    WriteField(json, JsonNamingPolicy.CamelCase.ConvertName(name), value);
                }
            }

            if (exception is not null)
            {
                string[] stack = exception.ToString().Split('\n');
                json.WriteString("exception", string.Join('\n', stack.Take(ChatOptions.LogStackLines).Select(line => Bounded(line.TrimEnd()))));
            }

            json.WriteEndObject();
        }

        // The writer escapes all that is not ASCII, so that this is one line for every reader.
        writer.Write(Encoding.ASCII.GetString(buffer.WrittenSpan));
        writer.Write('\n');
    }

    private static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;

            case int number:
                json.WriteNumber(name, number);
                break;

            case uint number:
                json.WriteNumber(name, number);
                break;

            case long number:
                json.WriteNumber(name, number);
                break;

            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;

            case bool truth:
                json.WriteBoolean(name, truth);
                break;

            default:
                json.WriteString(name, Bounded(value.ToString() ?? ""));
                break;
        }
    }

    private static string Bounded(string text) =>
        text.Length <= ChatOptions.LogLineLetters ? text : text[..ChatOptions.LogLineLetters] + "…";

    private static void WriteSafe(string text, TextWriter writer)
    {
        Span<char> letters = stackalloc char[2];
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Half a surrogate pair is a replacement character by now.
            writer.Write(letters[..(TerminalText.IsSafe(rune) ? rune : (Rune)'?').EncodeToUtf16(letters)]);
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
