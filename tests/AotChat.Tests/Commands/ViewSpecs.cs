using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Lines as each reader wants them.</summary>
public sealed class ViewSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;

    public ViewSpecs()
    {
        _alice = _chat.Connect();
        _bob = _chat.Connect();
    }

    [Theory]
    [InlineData("utc", "UTC", "[20240229 23:59:58] ")]
    [InlineData("Asia/Kathmandu", "Asia/Kathmandu", "[20240301 05:44:58] ")]
    public void Time_changes_the_time_in_front_for_one_alone(string zone, string name, string stamp)
    {
        Assert.Equal([stamp + $"Your lines have the time of {name}."], _bob.Type("time " + zone).ReadSeconds());
        _alice.Type("broadcast hi");

        Assert.Equal([stamp + "u1000 hi"], _bob.ReadSeconds());
        Assert.Equal([stamp + $"Your lines have the time of {name}."], _bob.Type("time").ReadSeconds());
        Assert.Equal(["[20240229 23:59:58] Online users: u1001"], _alice.Type("w").ReadSeconds());
    }

    [Fact]
    public void Time_off_leaves_it_out_and_local_brings_it_back()
    {
        Assert.Equal(["Your lines have no time."], _bob.Type("time OFF").ReadSeconds());
        _alice.Type("broadcast hi");
        Assert.Equal(["u1000 hi"], _bob.ReadSeconds());

        Assert.Equal(["[20240229 23:59:58] Your lines have the server's time."], _bob.Type("time local").ReadSeconds());
    }

    [Theory]
    [InlineData("Europe/Atlantis")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("Europe")]
    [InlineData("Europe//Vienna")]
    [InlineData("Europe/Vienna/")]
    [InlineData("tzdata.zi")]
    public void An_unknown_zone_is_said_to_be_one(string zone) => Assert.Equal(
        [$"Unknown time zone: {zone} (utc, local, off, or one like Europe/Vienna)"], _bob.Type("time " + zone).ReadTexts());

    [Fact]
    public void Color_shows_names_in_colours_for_one_alone()
    {
        _bob.Type("time off", "color on").ReadSeconds();
        _alice.Type("broadcast hi \u001b[31mred", "msg u1001 you");

        Assert.All(_bob.ReadSeconds(), line => Assert.Matches(@"^\x1b\[\d\dmu1000\x1b\[0m (hi \[31mred|you)$", line));
        Assert.Equal(["Message is delivered to u1001"], _alice.ReadTexts());
        Assert.Matches(@"^Online users: \x1b\[\d\dmu1000\x1b\[0m$", Assert.Single(_bob.Type("w").ReadSeconds()));
        Assert.Equal(["Your lines have no colours.", "Online users: u1000"], _bob.Type("colour OFF", "w").ReadSeconds());
        Assert.Equal(["Invalid color parameters: the word must be on or off. Usage: color on|off"], _bob.Type("color red").ReadSeconds());
    }

    [Fact]
    public void Lines_of_one_turn_stay_in_order_when_the_view_changes_in_it()
    {
        _bob.Send("w\ntime off\nw\ntime utc\ntime local\nw\n");

        Assert.Equal(
            [
                "[20240229 23:59:58] Online users: u1000",
                "Your lines have no time.",
                "Online users: u1000",
                "[20240229 23:59:58] Your lines have the time of UTC.",
                "[20240229 23:59:58] Your lines have the server's time.",
                "[20240229 23:59:58] Online users: u1000",
            ],
            _bob.ReadSeconds());
    }

    [Fact]
    public void A_history_has_the_times_of_the_reader()
    {
        _alice.Type("join lobby", "hi");
        _bob.Type("time Asia/Kathmandu").ReadSeconds();

        Assert.Equal("[20240301 05:44:58] #lobby [1] u1000 hi", _bob.Type("join lobby").ReadSeconds()[1]);
        Assert.Contains("here since 20240301 05:44:58", _bob.Type("/whois u1000").ReadTexts()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_of_names_takes_several_lines_that_all_begin_alike()
    {
        for (int i = 0; i < 1_500; i++)
        {
            _chat.Connect();
        }

        foreach (string setting in (string[])["color off", "color on"])
        {
            string[] lines = _alice.Type(setting, "w").ReadLines()[1..];

            Assert.True(lines.Length > 1);
            Assert.All(lines, line => Assert.InRange(line.Length + 1, 1, 4_096));
            Assert.All(lines, line => Assert.StartsWith("Online users: ", line[27..], StringComparison.Ordinal));
            Assert.Equal(1_501, lines.Sum(line => line[27..].Split(", ").Length));
        }
    }
}
