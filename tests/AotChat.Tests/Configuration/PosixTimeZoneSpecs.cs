using System.Diagnostics;
using System.Globalization;
using AotChat.Configuration;

namespace AotChat.Tests.Configuration;

/// <summary>Time zones that <c>TZ</c> spells out.</summary>
public sealed class PosixTimeZoneSpecs
{
    [Theory]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31 00:59:59", "2024-03-31 01:59:59")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31 01:00:00", "2024-03-31 03:00:00")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27 00:59:59", "2024-10-27 02:59:59")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27 01:00:00", "2024-10-27 02:00:00")]
    [InlineData("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-12-31 23:30:00", "2025-01-01 10:30:00")]
    [InlineData("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-04-06 15:59:59", "2024-04-07 02:59:59")]
    [InlineData("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-04-06 16:00:00", "2024-04-07 02:00:00")]
    [InlineData("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-10-05 16:00:00", "2024-10-06 03:00:00")]
    [InlineData("EST5EDT,0/0,J365/25", "2024-12-31 23:30:00", "2024-12-31 19:30:00")]
    [InlineData("EST5EDT,0/0,J365/25", "2025-01-01 04:59:59", "2025-01-01 00:59:59")]
    [InlineData("EST5EDT,0/0,J365/25", "2025-01-01 05:00:00", "2025-01-01 01:00:00")]
    [InlineData("CET-1CEST", "2024-03-10 00:59:59", "2024-03-10 01:59:59")]
    [InlineData("CET-1CEST", "2024-03-10 01:00:00", "2024-03-10 03:00:00")]
    [InlineData("CET-1CEST", "2024-11-03 00:00:00", "2024-11-03 01:00:00")]
    [InlineData("UTC0", "2024-06-01 12:00:00", "2024-06-01 12:00:00")]
    [InlineData("<+03>-3", "2024-06-01 12:00:00", "2024-06-01 15:00:00")]
    public void A_rule_is_followed_to_the_second(string text, string utc, string local) => Assert.Equal(local, Local(Zone(text), Ticks(utc)));

    [Theory]
    [InlineData("EST5EDT")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3")]
    [InlineData("AEST-10AEDT,M10.1.0,M4.1.0/3")]
    [InlineData("<-02>2<-01>,M3.5.0/-1,M10.5.0/0")]
    [InlineData("IST-2IDT,M3.4.4/26,M10.5.0")]
    [InlineData("EET-2EEST,M3.4.4/50,M10.4.4/50")]
    [InlineData("IST-1GMT0,M10.5.0,M3.5.0/1")]
    [InlineData("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0")]
    [InlineData("NZST-12NZDT,M9.5.0,M4.1.0/3")]
    [InlineData("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45")]
    [InlineData("ABC3DEF2,J60/0,J300/12:30")]
    [InlineData("ABC3DEF2,J59,J61")]
    [InlineData("ABC3DEF2,59/0,300/12:30:15")]
    [InlineData("ABC-3DEF-5,M5.1.1/167,M9.2.3/-167")]
    [InlineData("ABC0DEF,M12.5.6,M1.1.0")]
    [InlineData("<-12>12")]
    [InlineData("<+14>-14")]
    [InlineData("ABC+4:30")]
    public async Task Every_hour_of_some_years_is_shown_as_date_shows_it(string text)
    {
        TimeZoneInfo zone = Zone(text);
        long[] seconds = [.. Enumerable.Range(0, 3 * 366 * 24).Select(i => new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() + (i * 3_600L) - 1)];

        string[] expected = await DateAsync(text, seconds);

        Assert.Equal(expected, seconds.Select(second => Local(zone, DateTime.UnixEpoch.Ticks + (second * TimeSpan.TicksPerSecond))));
    }

    [Fact]
    public void Every_month_week_and_day_may_begin_and_end_daylight_saving_time()
    {
        Random random = new(1);
        for (int month = 1; month <= 12; month++)
        {
            for (int week = 1; week <= 5; week++)
            {
                for (int day = 0; day <= 6; day++)
                {
                    CheckRules((month, week, day), (((month + random.Next(3, 9)) % 12) + 1, random.Next(1, 6), random.Next(7)), random);
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("UT0")]
    [InlineData("UTC")]
    [InlineData("5")]
    [InlineData("UTC0 ")]
    [InlineData(" UTC0")]
    [InlineData("UTC25")]
    [InlineData("UTC0:60")]
    [InlineData("UTC0:0:60")]
    [InlineData("UTC+")]
    [InlineData("UTC--1")]
    [InlineData("UTC99999999999999999999")]
    [InlineData("<+03-3")]
    [InlineData("<+3>-3")]
    [InlineData("<+03>")]
    [InlineData("<+0 3>-3")]
    [InlineData("CÉT-1")]
    [InlineData("CET-1C")]
    [InlineData("CET-1CEST,")]
    [InlineData("CET-1CEST,M3.5.0")]
    [InlineData("CET-1CEST,M3.5.0,")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3,")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3x")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/")]
    [InlineData("CET-1CEST,M3.5.0/168,M10.5.0")]
    [InlineData("CET-1CEST,M13.5.0,M10.5.0")]
    [InlineData("CET-1CEST,M0.5.0,M10.5.0")]
    [InlineData("CET-1CEST,M3.6.0,M10.5.0")]
    [InlineData("CET-1CEST,M3.0.0,M10.5.0")]
    [InlineData("CET-1CEST,M3.5.7,M10.5.0")]
    [InlineData("CET-1CEST,M3.5,M10.5.0")]
    [InlineData("CET-1CEST,J0,J300")]
    [InlineData("CET-1CEST,J366,J300")]
    [InlineData("CET-1CEST,366,300")]
    [InlineData("CET-1,M3.5.0,M10.5.0")]
    [InlineData("Europe/Vienna")]
    public void A_text_of_another_form_is_refused(string text) => Assert.False(PosixTimeZone.TryParse(text, out _));

    [Theory]
    [InlineData("ABC15")]
    [InlineData("ABC-14:01")]
    [InlineData("LMT0:58:31")]
    [InlineData("ABC-14DEF,M3.5.0,M10.5.0")]
    public void A_rule_that_the_runtime_cannot_hold_is_no_zone(string text)
    {
        Assert.True(PosixTimeZone.TryParse(text, out PosixTimeZone? zone));
        Assert.Null(zone.ToTimeZone(text));
    }

    [Fact]
    public void Any_text_at_all_is_read_without_an_exception()
    {
        Random random = new(1);
        string[] parts = ["CET", "<+03>", "-", "+", "1", "0", "24", "167", "365", ":", ",", "/", "M", "J", ".", "3.5.0", "10.5.0", "é", "<", ">", " "];
        int zones = 0;
        for (int i = 0; i < 50_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            zones += PosixTimeZone.TryParse(text, out PosixTimeZone? zone) && zone.ToTimeZone(text) is not null ? 1 : 0;
        }

        Assert.NotEqual(0, zones);
    }

    [Fact]
    public void Two_rules_at_odds_with_each_other_still_make_a_zone()
    {
        Random random = new(1);
        for (int i = 0; i < 300; i++)
        {
            string text = $"ABC{random.Next(-13, 14)}DEF{random.Next(-13, 14)},{Date()},{Date()}";
            Assert.Equal(text, Zone(text).Id);
        }

        string Date() => $"{random.Next(3) switch { 0 => $"J{random.Next(1, 366)}", 1 => $"{random.Next(366)}", _ => $"M{random.Next(1, 13)}.{random.Next(1, 6)}.{random.Next(7)}" }}/{random.Next(-167, 168)}";
    }

    private static void CheckRules((int Month, int Week, int Day) start, (int Month, int Week, int Day) end, Random random)
    {
        TimeSpan standard = TimeSpan.FromMinutes(15 * random.Next(-48, 49));
        TimeSpan daylight = standard + TimeSpan.FromMinutes(random.Next(2) == 0 ? 60 : -30);
        TimeSpan startTime = TimeSpan.FromSeconds(random.Next(-167 * 3600, 167 * 3600));
        TimeSpan endTime = TimeSpan.FromHours(random.Next(-167, 168));
        string text = $"<std>{Posix(-standard)}<dst>{Posix(-daylight)},M{start.Month}.{start.Week}.{start.Day}/{Posix(startTime)},M{end.Month}.{end.Week}.{end.Day}/{Posix(endTime)}";
        TimeZoneInfo zone = Zone(text);
        for (int year = 2000; year < 2030; year++)
        {
            DateTime from = DayOf(year, start) + startTime - standard;
            DateTime to = DayOf(year, end) + endTime - daylight;

            TimeSpan[] offsets = [.. new[] { from.AddTicks(-1), from, to.AddTicks(-1), to }.Select(utc => zone.GetUtcOffset(new DateTimeOffset(utc, TimeSpan.Zero)))];
            Assert.True(offsets.SequenceEqual([standard, daylight, daylight, standard]), $"{text} in {year}: {string.Join(' ', offsets)}");
        }
    }

    // As a person finds it in a calendar.
    private static DateTime DayOf(int year, (int Month, int Week, int Day) rule)
    {
        DateTime[] days =
        [
            .. Enumerable.Range(1, DateTime.DaysInMonth(year, rule.Month))
                .Select(day => new DateTime(year, rule.Month, day))
                .Where(date => (int)date.DayOfWeek == rule.Day),
        ];
        return days[Math.Min(rule.Week, days.Length) - 1];
    }

    private static string Posix(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(time < TimeSpan.Zero ? "-" : "")}{(int)time.Duration().TotalHours}:{time.Duration():mm\\:ss}");

    private static TimeZoneInfo Zone(string text)
    {
        Assert.True(PosixTimeZone.TryParse(text, out PosixTimeZone? zone), text);
        return zone.ToTimeZone(text) ?? throw new InvalidOperationException(text);
    }

    private static long Ticks(string utc) => DateTime.ParseExact(utc, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture).Ticks;

    private static string Local(TimeZoneInfo zone, long ticks) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(ticks, TimeSpan.Zero), zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static async Task<string[]> DateAsync(string zone, long[] seconds)
    {
        ProcessStartInfo start = new("date", ["-f", "-", "+%Y-%m-%d %H:%M:%S"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TZ"] = zone;
        using Process date = Process.Start(start)!;
        Task<string> output = date.StandardOutput.ReadToEndAsync();
        await date.StandardInput.WriteAsync(string.Concat(seconds.Select(second => $"@{second}\n")));
        date.StandardInput.Close();
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
