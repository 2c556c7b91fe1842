using System.Globalization;
using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Says how long something takes.</summary>
internal static class Duration
{
    /// <summary>Adds a duration in the one unit that matters to people: <c>12 s</c>, <c>5 min</c>, <c>3 h</c>, <c>2 days</c>; what is begun does not count.</summary>
    public static void AppendDuration(this NoticeComposer line, TimeSpan duration)
    {
        (double number, string unit) = duration switch
        {
            { TotalMinutes: < 2 } => (duration.TotalSeconds, " s"),
            { TotalHours: < 2 } => (duration.TotalMinutes, " min"),
            { TotalDays: < 2 } => (duration.TotalHours, " h"),
            _ => (duration.TotalDays, " days"),
        };
        line.AppendNumber((long)number);
        line.AppendLiteral(unit);
    }

    /// <summary>A duration of whole seconds as <see cref="DurationText"/> reads it: <c>10s</c>, <c>1h30m</c>, <c>2d</c>.</summary>
    public static string Typed(TimeSpan duration)
    {
        StringBuilder text = new();
        foreach ((long number, char unit) in (ReadOnlySpan<(long, char)>)[(duration.Days, 'd'), (duration.Hours, 'h'), (duration.Minutes, 'm'), (duration.Seconds, 's')])
        {
            if (number > 0)
            {
                text.Append(number).Append(unit);
            }
        }

        return text.Length > 0 ? text.ToString() : "0s";
    }

    /// <summary>A duration as it was measured, to some two digits: <c>12.3 s</c>, <c>5 min</c>, <c>72 h</c>.</summary>
    public static string Measured(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:F1} s"),
        { TotalMinutes: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalHours:F0} h"),
    };
}
