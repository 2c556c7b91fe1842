using AotChat.Configuration;

namespace AotChat.Tests.Configuration;

/// <summary>What the server makes of the environment variable TZ.</summary>
public sealed class ServerClockSpecs : IDisposable
{
    private readonly ZoneFolder _folder = new ZoneFolder().Add("Europe/Vienna", "EST5EDT").Write("zone.tab", new byte[100]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("Europe/Vienna")]
    [InlineData(":Europe/Vienna")]
    [InlineData("EST5EDT")]
    public void A_zone_that_the_runtime_follows_is_left_to_it(string? value)
    {
        ServerClock clock = ServerClock.Of(value, _folder.Names);

        Assert.Null(clock.Problem);
        Assert.Equal(TimeZoneInfo.Local.Id, clock.LocalTimeZone.Id);
    }

    [Fact]
    public void The_path_of_a_zone_file_is_left_to_the_runtime() =>
        Assert.Null(ServerClock.Of(Path.Combine(_folder.Path, "Europe/Vienna"), new ZoneDirectory("")).Problem);

    [Theory]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3")]
    [InlineData(":CET-1CEST,M3.5.0,M10.5.0/3")]
    public void A_rule_in_POSIX_form_is_followed(string value)
    {
        ServerClock clock = ServerClock.Of(value, _folder.Names);

        Assert.Null(clock.Problem);
        Assert.Equal(2, clock.LocalTimeZone.GetUtcOffset(new DateTimeOffset(2024, 7, 1, 0, 0, 0, TimeSpan.Zero)).Hours);
        Assert.Equal(1, clock.LocalTimeZone.GetUtcOffset(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)).Hours);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    [InlineData("GMT")]
    [InlineData("UTC0")]
    public void UTC_needs_no_time_zone_data(string value)
    {
        ServerClock clock = ServerClock.Of(value, new ZoneDirectory(""));

        Assert.Null(clock.Problem);
        Assert.Equal(TimeSpan.Zero, clock.LocalTimeZone.BaseUtcOffset);
    }

    [Theory]
    [InlineData("Mars/Phobos", "TZ is 'Mars/Phobos': it is neither a time zone of this machine nor a rule as POSIX has them")]
    [InlineData("europe/vienna", "TZ is 'europe/vienna': this machine has no such time zone, but it has Europe/Vienna")]
    [InlineData("Europe", "TZ is 'Europe': it is neither a time zone of this machine nor a rule as POSIX has them")]
    [InlineData("zone.tab", "TZ is 'zone.tab': it is neither a time zone of this machine nor a rule as POSIX has them")]
    [InlineData("/etc/passwd", "TZ is '/etc/passwd': it is neither a time zone of this machine nor a rule as POSIX has them")]
    [InlineData("CET-1CEST,M3.5.0", "TZ is 'CET-1CEST,M3.5.0': it is neither a time zone of this machine nor a rule as POSIX has them")]
    [InlineData("ABC15", "TZ is 'ABC15': an offset must be at most 14 hours, in whole minutes")]
    [InlineData("LMT0:58:31", "TZ is 'LMT0:58:31': an offset must be at most 14 hours, in whole minutes")]
    [InlineData("A\u001b[2J", "TZ is 'A?[2J': it is neither a time zone of this machine nor a rule as POSIX has them")]
    public void A_zone_that_cannot_be_followed_is_named_and_UTC_is_shown(string value, string problem)
    {
        ServerClock clock = ServerClock.Of(value, _folder.Names);

        Assert.Equal(problem, clock.Problem);
        Assert.Same(TimeZoneInfo.Utc, clock.LocalTimeZone);
    }

    [Fact]
    public void A_machine_without_time_zone_data_is_said_to_be_one() =>
        Assert.Equal("TZ is 'Europe/Vienna': this machine has no time zone data", ServerClock.Of("Europe/Vienna", new ZoneDirectory("")).Problem);

    [Fact]
    public void The_server_keeps_its_zone_when_the_runtime_forgets_all_zones()
    {
        ServerClock clock = ServerClock.Of(null, _folder.Names);
        TimeZoneInfo before = clock.LocalTimeZone;

        TimeZoneInfo.ClearCachedData();

        Assert.Same(before, clock.LocalTimeZone);
    }
}
