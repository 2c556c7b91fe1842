using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AotChat.Load;

/// <summary>What the one who runs the bench reads.</summary>
internal static class Report
{
    /// <summary>A Markdown table.</summary>
    public static string Markdown(IReadOnlyList<Measured> all, LoadOptions options, double bareSend)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Machine()}. Medians of {options.Runs} runs of {options.Seconds} s; the load runs on the same machine.\n");
        text.Append(CultureInfo.InvariantCulture, $"A bare `send` of a line to one of 100 connections takes {bareSend / 1_000:0.00} µs of CPU here.\n\n");
        text.Append("| scenario | figure | AotChat | floor | ratio |\n| --- | --- | ---: | ---: | ---: |\n");
        foreach (Measured measured in all)
        {
            string title = measured.Scenario.Title;
            for (int i = 0; i < measured.Server.Values.Count; i++)
            {
                (string name, double value) = measured.Server.Values[i];
                double? floor = measured.Floor?.Values[i].Value;
                text.Append($"| {title} | {name} | {Show(value)} | {(floor is { } least ? Show(least) : "")} | {(floor > 0 ? Show(value / floor.Value) : "")} |\n");
                title = "";
            }
        }

        text.Append("\n| messages | sent | expected | received | lost | duplicated | out of order | changed |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (Measured measured in all.Where(measured => measured.Traffic.Count > 0))
        {
            string counts = string.Join(" | ", Counts(measured).Select(count => count.Value.ToString("N0", CultureInfo.InvariantCulture)));
            text.Append($"| {measured.Scenario.Name} | {counts} |\n");
        }

        return text.ToString();
    }

    /// <summary>One JSON object.</summary>
    public static string Json(IReadOnlyList<Measured> all, LoadOptions options, double bareSend)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("machine", Machine());
            json.WriteNumber("runs", options.Runs);
            json.WriteNumber("seconds", options.Seconds);
            json.WriteNumber("bareSendMicroseconds", Math.Round(bareSend / 1_000, 3));
            json.WriteStartArray("scenarios");
            foreach (Measured measured in all)
            {
                json.WriteStartObject();
                json.WriteString("name", measured.Scenario.Name);
                Write(json, "server", measured.Server.Values);
                if (measured.Floor is { } floor)
                {
                    Write(json, "floor", floor.Values);
                }

                if (measured.Traffic.Count > 0)
                {
                    Write(json, "messages", Counts(measured));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static IEnumerable<(string Name, double Value)> Counts(Measured measured) =>
    [
        ("sent", measured.Sum(result => result.Sent)),
        ("expected", measured.Sum(result => result.Expected)),
        ("received", measured.Sum(result => result.Received)),
        ("lost", measured.Sum(result => result.Lost)),
        ("duplicated", measured.Sum(result => result.Duplicated)),
        ("misordered", measured.Sum(result => result.Misordered)),
        ("changed", measured.Sum(result => result.Corrupt)),
    ];

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<(string Name, double Value)> values)
    {
        json.WriteStartObject(name);
        foreach ((string figure, double value) in values)
        {
            json.WriteNumber(figure, Math.Round(value, 4));
        }

        json.WriteEndObject();
    }

    // Three digits that matter, and whole numbers from a thousand on.
    private static string Show(double value) => value switch
    {
        >= 1_000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static string Machine()
    {
        string model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1]
            ?? RuntimeInformation.ProcessArchitecture.ToString();
        string kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return $"{model}, {Environment.ProcessorCount} cores, Linux {kernel}";
    }
}
