using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Times in front of lines, as each reader wants them.</summary>
public sealed class TimeSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;

    public TimeSpecs()
    {
        _alice = _chat.Connect();
        _bob = _chat.Connect();
    }

    [Theory]
    [InlineData("utc", "UTC", "[20240229 23:59:58] ")]
    [InlineData("Asia/Kathmandu", "Asia/Kathmandu", "[20240301 05:44:58] ")]
    public void Time_changes_the_time_in_front_for_one_alone(string zone, string name, string stamp)
    {
        Assert.Equal([stamp + $"Times are now shown in {name}."], _bob.Type("time " + zone).ReadSeconds());
        _alice.Type("broadcast hi");

        Assert.Equal([stamp + "u1000 hi"], _bob.ReadSeconds());
        Assert.Equal([stamp + $"Times are shown in full, in {name}."], _bob.Type("time").ReadSeconds());
        Assert.Equal(["[20240229 23:59:58] Online users: u1001"], _alice.Type("w").ReadSeconds());
    }

    [Fact]
    public void Time_off_leaves_it_out_and_local_brings_it_back()
    {
        Assert.Equal(["Times are no longer shown.", "Times are not shown."], _bob.Type("time OFF", "time").ReadSeconds());
        _alice.Type("broadcast hi");
        Assert.Equal(["u1000 hi"], _bob.ReadSeconds());

        Assert.Equal(
            [
                "[20240229 23:59:58] Times are now shown in the server's time zone.",
                "[20240229 23:59:58] Times are shown in full, in the server's time zone.",
            ],
            _bob.Type("time local", "time").ReadSeconds());
    }

    [Fact]
    public void Time_short_shows_the_minute_and_the_date_when_the_day_changes()
    {
        Assert.Equal(["[23:59] Times are now shown as HH:MM."], _bob.Type("time short").ReadSeconds());
        _alice.Type("broadcast late");
        _chat.Advance(TimeSpan.FromSeconds(5));
        _alice.Type("broadcast early", "broadcast again");

        Assert.Equal(["[23:59] u1000 late", "[20240301 00:00] u1000 early", "[00:00] u1000 again"], _bob.ReadSeconds());
        Assert.Equal(["[00:00] Times are shown as HH:MM, in the server's time zone."], _bob.Type("time").ReadSeconds());
        Assert.Equal(["[20240301 00:00:03] Times are now shown in full."], _bob.Type("time long").ReadSeconds());
    }

    [Fact]
    public void Each_reader_of_short_times_sees_the_date_once_whenever_the_next_line_comes()
    {
        _alice.Type("time short").ReadSeconds();
        _bob.Type("time short").ReadSeconds();
        _chat.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["[20240301 00:00] Online users: u1000"], _bob.Type("w").ReadSeconds());
        Assert.Equal(["[20240301 00:00] Online users: u1001"], _alice.Type("w").ReadSeconds());
        _chat.Connect().Type("broadcast hi");

        Assert.Equal(["[00:00] u1002 hi"], _alice.ReadSeconds());
        Assert.Equal(["[00:00] u1002 hi"], _bob.ReadSeconds());
    }

    [Fact]
    public void Short_times_keep_the_zone_and_show_the_date_of_another_one()
    {
        _bob.Type("time Asia/Kathmandu", "time short").ReadSeconds();
        Assert.Equal(["[05:44] Times are shown as HH:MM, in Asia/Kathmandu."], _bob.Type("time").ReadSeconds());
        Assert.Equal(["[20240229 23:59] Times are now shown in UTC."], _bob.Type("time utc").ReadSeconds());
        Assert.Equal(["Times are no longer shown.", "[20240229 23:59:58] Times are now shown in UTC."], _bob.Type("time off", "time UTC").ReadSeconds());
    }

    [Fact]
    public void Short_times_show_the_date_of_lines_of_another_day_in_the_history()
    {
        _alice.Type("join lobby", "yesterday");
        _chat.Advance(TimeSpan.FromSeconds(5));
        _alice.Type("today");
        _bob.Type("time short").ReadSeconds();

        Assert.Equal(
            [
                "[00:00] You are in #lobby (2 people). What you type is said there; commands begin with /.",
                "[20240229 23:59] #lobby [1] u1000 yesterday",
                "[20240301 00:00] #lobby [2] u1000 today",
            ],
            _bob.Type("join lobby").ReadSeconds());
    }

    [Fact]
    public void A_date_that_a_slow_reader_missed_is_shown_with_the_next_line()
    {
        _bob.Type("time short").ReadSeconds();
        _bob.Transport.Window = 0;
        for (int i = 0; i < 100; i++)
        {
            _alice.Type("broadcast " + new string('x', 4_000));
        }

        _chat.Advance(TimeSpan.FromSeconds(5));
        _alice.Type("broadcast missed");
        _bob.Transport.Window = int.MaxValue;
        _chat.Settle();
        string[] lines = _bob.ReadSeconds();

        Assert.All(lines[..^1], line => Assert.StartsWith("[23:59] u1000 x", line, StringComparison.Ordinal));
        Assert.StartsWith("[20240301 00:00] You missed ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Time_off_keeps_the_time_of_what_was_said_before()
    {
        _alice.Type("join lobby", "hello there");
        _bob.Type("time off").ReadSeconds();

        Assert.Equal(
            [
                "You are in #lobby (2 people). What you type is said there; commands begin with /.",
                "[20240229 23:59:58] #lobby [1] u1000 hello there",
                "History of #lobby, lines 1-1 of 1-1:",
                "[20240229 23:59:58] #lobby [1] u1000 hello there",
            ],
            _bob.Type("join lobby", "/history").ReadSeconds());
    }

    [Theory]
    [InlineData("Europe/Atlantis")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("Europe")]
    [InlineData("Europe//Vienna")]
    [InlineData("Europe/Vienna/")]
    [InlineData("tzdata.zi")]
    [InlineData("zone.tab")]
    [InlineData("leapseconds")]
    [InlineData("localtime")]
    [InlineData("posix/Europe/Vienna")]
    [InlineData("right/Europe/Vienna")]
    public void An_unknown_zone_is_said_to_be_one(string zone) => Assert.Equal(
        [$"Unknown time zone: {zone} (short, long, off, utc, local, or one like Europe/Vienna)"], _bob.Type("time " + zone).ReadTexts());

    [Fact]
    public void A_zone_is_answered_the_same_in_any_case_whoever_asked_first()
    {
        string[] typed = ["europe/vienna", "Europe/Vienna", "EUROPE/VIENNA", "europe/vienna"];

        Assert.All(typed, zone => Assert.Equal(["Times are now shown in Europe/Vienna."], _bob.Type("time " + zone).ReadTexts()));
    }

    [Fact]
    public void A_machine_without_zones_says_so()
    {
        SimulatedClient client = new SimulatedChat(new ChatOptions { FloodRate = 0, TimeZoneDirectory = "/nonexistent" }).Connect();

        Assert.Equal(
            [
                "This server has no time zone data: use utc or local.",
                "This server has no time zone data: use utc or local.",
                "Times are now shown in UTC.",
            ],
            client.Type("time Europe/Vienna", "time ../x", "time UTC").ReadTexts());
    }
}
