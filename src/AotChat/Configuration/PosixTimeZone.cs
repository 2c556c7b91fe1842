using System.Diagnostics.CodeAnalysis;

namespace AotChat.Configuration;

/// <summary>
/// A time zone as <c>TZ</c> may spell it out, such as <c>CET-1CEST,M3.5.0,M10.5.0/3</c> (RFC 8536, 3.3.1; tzset(3)). The
/// runtime knows only names of files there, and takes this form for UTC.
/// </summary>
/// <param name="Standard">What standard time is ahead of UTC.</param>
/// <param name="Daylight">What daylight saving time is ahead of UTC; null where there is none.</param>
/// <param name="Start">When daylight saving time begins, in standard time.</param>
/// <param name="End">When it ends, in daylight saving time.</param>
internal sealed record PosixTimeZone(TimeSpan Standard, TimeSpan? Daylight, PosixDate Start, PosixDate End)
{
    // The rules of the United States, where the text has none, as in glibc.
    private const string DefaultRules = ",M3.2.0,M11.1.0";

    // Nothing that the server shows is older than its start; some generations hence it will have been started anew.
    private const int FirstYear = 1970;
    private const int LastYear = 2199;

    // What TimeZoneInfo holds.
    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    /// <summary>Reads the whole of a text; false where it is not of this form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PosixTimeZone? zone)
    {
        zone = null;
        PosixTimeZoneReader reader = new(text);
        if (!reader.TryReadName() || !reader.TryReadOffset(out TimeSpan standard))
        {
            return false;
        }

        if (reader.IsAtEnd)
        {
            zone = new PosixTimeZone(standard, null, default, default);
            return true;
        }

        if (!reader.TryReadName())
        {
            return false;
        }

        TimeSpan daylight = standard + TimeSpan.FromHours(1);
        if (!reader.IsAtEnd && !reader.IsAt(',') && !reader.TryReadOffset(out daylight))
        {
            return false;
        }

        PosixTimeZoneReader rules = reader.IsAtEnd ? new PosixTimeZoneReader(DefaultRules) : reader;
        if (!rules.TryReadRule(out PosixDate start) || !rules.TryReadRule(out PosixDate end) || !rules.IsAtEnd)
        {
            return false;
        }

        zone = new PosixTimeZone(standard, daylight, start, end);
        return true;
    }

    /// <summary>
    /// The same as the runtime has it; null where an offset is more than 14 hours or not in whole minutes, which it can't
    /// hold. There is standard time only before 1970 and after 2199.
    /// </summary>
    /// <remarks>
    /// Each period of daylight saving time is a rule from one instant to another. The runtime's own rules by month and
    /// week have no hours beyond a day, and their years end where a clock in UTC and one in the zone disagree.
    /// </remarks>
    /// <param name="id">What the zone is called.</param>
    public TimeZoneInfo? ToTimeZone(string id)
    {
        if (!IsHeld(Standard) || (Daylight is { } offset && !IsHeld(offset)))
        {
            return null;
        }

        TimeZoneInfo.AdjustmentRule[] rules = Daylight is { } daylight ? [.. Rules(daylight)] : [];
        return TimeZoneInfo.CreateCustomTimeZone(id, Standard, id, id, id, rules);
    }

    private static bool IsHeld(TimeSpan offset) => offset.Duration() <= LargestOffset && offset.Ticks % TimeSpan.TicksPerMinute == 0;

    private IEnumerable<TimeZoneInfo.AdjustmentRule> Rules(TimeSpan daylight)
    {
        DateTime last = DateTime.MinValue;
        for (int year = FirstYear; year <= LastYear; year++)
        {
            // In the south it ends in the next year.
            DateTime from = Start.In(year) - Standard;
            DateTime to = End.In(year) - daylight;
            to = to < from ? End.In(year + 1) - daylight : to;

            // All year round where each period begins as the one before ends, or earlier.
            from = from < last ? last : from;
            if (from < to)
            {
                yield return Rule(from, to, daylight - Standard);
                last = to;
            }
        }
    }

    // Transitions at the first moment of a year and a millisecond later are how the runtime marks that there are none;
    // the offset of the whole rule is moved instead.
    private static TimeZoneInfo.AdjustmentRule Rule(DateTime from, DateTime to, TimeSpan delta) =>
        TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.SpecifyKind(from, DateTimeKind.Utc),
            DateTime.SpecifyKind(to.AddTicks(-1), DateTimeKind.Utc),
            TimeSpan.Zero,
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(DateTime.MinValue, 1, 1),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(DateTime.MinValue.AddMilliseconds(1), 1, 1),
            delta);
}
