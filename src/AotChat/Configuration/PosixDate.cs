namespace AotChat.Configuration;

/// <summary>How a <see cref="PosixDate"/> names a day.</summary>
internal enum PosixDateForm
{
    /// <summary><c>Jn</c>: day 1 to 365 of the year, as if no year had a 29 February.</summary>
    JulianDay,

    /// <summary><c>n</c>: day 0 to 365 of the year, a 29 February counted.</summary>
    DayOfYear,

    /// <summary><c>Mm.w.d</c>: a day of the week in a week of a month, the fifth being the last.</summary>
    DayOfWeek,
}

/// <summary>When a clock changes in each year, by the clock before the change.</summary>
/// <param name="Form">How the day is named.</param>
/// <param name="Day">The day of the year, or of the week, 0 being Sunday.</param>
/// <param name="Week">The week of the month, 1 to 5; for <see cref="PosixDateForm.DayOfWeek"/> only.</param>
/// <param name="Month">The month; for <see cref="PosixDateForm.DayOfWeek"/> only.</param>
/// <param name="Time">The time of day; it may be negative, and more than a day.</param>
internal readonly record struct PosixDate(PosixDateForm Form, int Day, int Week, int Month, TimeSpan Time)
{
    /// <summary>The date and time in a year.</summary>
    public DateTime In(int year)
    {
        DateTime newYear = new(year, 1, 1);
        DateTime date = Form switch
        {
            PosixDateForm.JulianDay => newYear.AddDays(Day - (DateTime.IsLeapYear(year) && Day >= 60 ? 0 : 1)),
            PosixDateForm.DayOfYear => newYear.AddDays(Day),
            _ => InMonth(new DateTime(year, Month, 1)),
        };
        return date + Time;
    }

    private DateTime InMonth(DateTime first)
    {
        int toFirst = (Day - (int)first.DayOfWeek + 7) % 7;
        DateTime date = first.AddDays(toFirst + ((Week - 1) * 7));
        return date.Month == Month ? date : date.AddDays(-7);
    }
}
