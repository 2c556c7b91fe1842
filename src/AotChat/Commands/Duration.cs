using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Says how long something takes, in the one unit that matters: <c>12 s</c>, <c>5 min</c>, <c>3 h</c>, <c>2 days</c>.</summary>
internal static class Duration
{
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
}
