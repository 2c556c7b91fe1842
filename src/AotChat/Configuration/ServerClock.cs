namespace AotChat.Configuration;

/// <summary>
/// The machine's clock, in the time zone that <c>TZ</c> asks for. The runtime takes each value that it does not know for
/// UTC and says nothing; this knows the POSIX form too, and says what it could not follow.
/// </summary>
internal sealed class ServerClock : TimeProvider
{
    // Meant as UTC, and shown so, on a machine without time zone data too.
    private static readonly string[] NamesOfUtc = ["UTC", "GMT", "Etc/UTC", "Etc/GMT"];

    private TimeZoneInfo? _zone;

    private ServerClock(TimeZoneInfo? zone, string? problem)
    {
        _zone = zone;
        Problem = problem;
    }

    /// <summary>Why times are shown in UTC instead of what <c>TZ</c> asks for; null where all is well.</summary>
    public string? Problem { get; }

    /// <summary>The server's time zone. Read when it is first asked for, by any thread, and kept.</summary>
    public override TimeZoneInfo LocalTimeZone => _zone ??= ReadLocal() ?? TimeZoneInfo.Utc;

    /// <summary>Reads what <c>TZ</c> says: nothing, the name of a zone, the path of its file, or a POSIX rule.</summary>
    /// <param name="value">The value of the environment variable; null where there is none.</param>
    /// <param name="zones">The machine's zones.</param>
    public static ServerClock Of(string? value, ZoneDirectory zones)
    {
        string text = value?.StartsWith(':') == true ? value[1..] : value ?? "";
        if (text.Length == 0)
        {
            return new ServerClock(null, null);
        }

        // A file comes first, as in glibc: EST5EDT may be one.
        if (zones.HasFile(text))
        {
            return ReadLocal() is { } local ? new ServerClock(local, null) : FallBack(text, "its file is damaged");
        }

        if (NamesOfUtc.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return new ServerClock(TimeZoneInfo.Utc, null);
        }

        if (PosixTimeZone.TryParse(text, out PosixTimeZone? posix))
        {
            return posix.ToTimeZone(text) is { } zone
                ? new ServerClock(zone, null)
                : FallBack(text, "an offset must be at most 14 hours, in whole minutes");
        }

        return FallBack(text, Reason(text, zones));
    }

    private static string Reason(string text, ZoneDirectory zones) =>
        !zones.HasZones ? "this machine has no time zone data"
        : zones.Find(text) is { } meant ? $"this machine has no such time zone, but it has {meant}"
        : "it is neither a time zone of this machine nor a rule as POSIX has them";

    private static ServerClock FallBack(string text, string reason) => new(TimeZoneInfo.Utc, $"TZ is '{SafeText.Of(text)}': {reason}");

    // Null where the file was cut off, which the runtime reads beyond its end.
    private static TimeZoneInfo? ReadLocal()
    {
        try
        {
            return TimeZoneInfo.Local;
        }
        catch (IndexOutOfRangeException)
        {
            return null;
        }
    }
}
