using System.Text;
using AotChat.Chat;
using AotChat.Protocols.Terminal;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Lines as each reader wants them.</summary>
public sealed class ViewSpecs
{
    private const string Bell = "\a";

    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;

    public ViewSpecs()
    {
        _alice = _chat.Connect();
        _bob = _chat.Connect();
    }

    [Fact]
    public void Color_shows_names_in_colours_for_one_alone()
    {
        _bob.Type("time off", "color on").ReadSeconds();
        _alice.Type("broadcast hi \u001b[31mred", "msg u1001 you");

        Assert.All(_bob.ReadSeconds(), line => Assert.Matches(@"^\x1b\[\d\dmu1000\x1b\[0m (hi red|you)$", line));
        Assert.Equal(["Message is delivered to u1001"], _alice.ReadTexts());
        Assert.Matches(@"^Online users: \x1b\[\d\dmu1000\x1b\[0m$", Assert.Single(_bob.Type("w").ReadSeconds()));
        Assert.Equal(["Names are shown in color."], _bob.Type("color").ReadSeconds());
        Assert.Equal(["Names are no longer shown in color.", "Names are not shown in color.", "Online users: u1000"], _bob.Type("colour OFF", "color", "w").ReadSeconds());
        Assert.Equal(["Invalid color parameters: the word must be on or off. Usage: color [on|off]"], _bob.Type("color red").ReadSeconds());
    }

    [Fact]
    public void A_broadcast_is_marked_for_those_who_have_joined_a_room_or_chosen_a_name()
    {
        SimulatedClient carol = _chat.Connect();
        Assert.Equal(["You are now known as bob"], _bob.Type("nick bob").ReadTexts());
        carol.Type("join lobby", "/leave").ReadTexts();
        SimulatedClient dave = _chat.Connect();
        dave.Type("nick x x", "nick admin!", "join a b", "msg u1000 hi").ReadTexts();
        _alice.ReadTexts();
        SimulatedClient sender = _chat.Connect();
        sender.Type("broadcast hello all", "msg bob hi", "msg u1002 hi");

        Assert.Equal(["(all) u1004 hello all", "u1004 hi"], _bob.ReadTexts());
        Assert.Equal(["(all) u1004 hello all", "u1004 hi"], carol.ReadTexts());
        Assert.Equal(["u1004 hello all"], _alice.ReadTexts());
        Assert.Equal(["u1004 hello all"], dave.ReadTexts());
    }

    [Fact]
    public void A_mark_stays_when_the_look_changes()
    {
        _bob.Type("join lobby", "/time off", "/color on", "/color off", "/time local").ReadSeconds();
        _alice.Type("broadcast hi");

        Assert.Equal(["(all) u1000 hi"], _bob.ReadTexts());
    }

    [Fact]
    public void A_sender_is_told_when_a_broadcast_reaches_nobody()
    {
        Assert.Empty(_alice.Type("broadcast hi").ReadTexts());
        _bob.Type("ignore u1000");
        Assert.Equal(["Nobody was reached."], _alice.Type("broadcast hi").ReadTexts());
        _bob.Type("quit");
        Assert.Equal(["Nobody was reached."], _alice.Type("broadcast hi").ReadTexts());
    }

    [Fact]
    public void A_line_that_names_me_is_marked_for_me_when_color_is_on()
    {
        SimulatedClient carol = _chat.Connect();
        _alice.Type("nick alice", "join lobby", "/time off", "/color on").ReadSeconds();
        _bob.Type("join lobby", "/time off", "/color on").ReadSeconds();
        _alice.ReadSeconds();
        carol.Type("join lobby", "hi @Alice, and alicia", "/me likes alice.", "/topic lobby alice and all", "/msg alice alice?", "/quit bye alice");

        string[] seen = [.. _alice.ReadSeconds().Select(Plain)];
        Assert.Equal(
            [
                "#lobby + <u1002> joined", "#lobby <u1002> hi @{Alice}, and alicia", "#lobby * <u1002> likes {alice}.",
                "#lobby = <u1002> set the topic: {alice} and all", "<u1002> {alice}?", "#lobby - <u1002> quit: bye {alice}",
            ],
            seen);
        Assert.DoesNotContain('{', string.Concat(_bob.ReadSeconds().Select(Plain)));
        Assert.Contains("#lobby [1] <u1002> hi @{Alice}, and alicia", _alice.Type("/history").ReadSeconds().Select(line => Plain(line[(line.IndexOf(']') + 2)..])));
    }

    [Fact]
    public void Neither_my_own_lines_nor_lists_nor_the_servers_words_are_marked_for_me()
    {
        _alice.Type("nick alice", "color on", "bell on", "time off").ReadSeconds();
        string[] lines = _alice.Type("msg alice alice", "join lobby", "I am alice", "/history", "/w lobby", "/whois alice", "/topic lobby alice", "/alice").ReadSeconds();

        Assert.All(lines, line => Assert.DoesNotContain("\u001b[7m", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain(Bell, line, StringComparison.Ordinal));
        _bob.Type("join lobby", "/leave", "/w").ReadSeconds();
        Assert.All(_alice.ReadSeconds(), line => Assert.DoesNotContain(Bell, line, StringComparison.Ordinal));
    }

    [Fact]
    public void The_bell_rings_for_what_names_me_and_for_what_is_written_to_me_alone()
    {
        _alice.Type("nick alice", "join lobby").ReadTexts();
        Assert.Equal(["The bell is off.", "The bell now rings when somebody names you or sends you a private message."], _alice.Type("/bell", "/bell on").ReadTexts());
        _bob.Type("join lobby", "hi all", "hi ALICE", "/msg alice psst", "/broadcast tea", "/broadcast tea, @alice");

        Assert.Equal(
            [
                "#lobby + u1001 joined", "#lobby u1001 hi all", "#lobby u1001 hi ALICE" + Bell, "u1001 psst" + Bell,
                "(all) u1001 tea", "(all) u1001 tea, @alice" + Bell,
            ],
            _alice.ReadTexts());
        Assert.All(_alice.Type("/history").ReadTexts(), line => Assert.DoesNotContain(Bell, line, StringComparison.Ordinal));
        Assert.Equal(["The bell rings when somebody names you or sends you a private message.", "The bell is now off."], _alice.Type("/bell", "/bell off").ReadTexts());
        _bob.Type("/msg alice psst");
        Assert.Equal(["u1001 psst"], _alice.ReadTexts());
    }

    [Fact]
    public void A_user_can_ring_no_bell()
    {
        _alice.Type("nick alice", "bell on").ReadTexts();
        _bob.Type("msg alice a\ab", "broadcast a\ab");

        Assert.Equal(["u1001 ab" + Bell, "(all) u1001 ab"], _alice.ReadTexts());
    }

    [Fact]
    public void Lines_of_one_turn_stay_in_order_when_the_view_changes_in_it()
    {
        _bob.Send("w\ntime off\nw\ntime utc\ntime local\nw\n");

        Assert.Equal(
            [
                "[20240229 23:59:58] Online users: u1000",
                "Times are no longer shown.",
                "Online users: u1000",
                "[20240229 23:59:58] Times are now shown in UTC.",
                "[20240229 23:59:58] Times are now shown in the server's time zone.",
                "[20240229 23:59:58] Online users: u1000",
            ],
            _bob.ReadSeconds());
    }

    [Fact]
    public void Lines_of_one_turn_stay_in_order_when_some_are_marked()
    {
        _bob.Type("nick bob", "color on", "bell on", "time off").ReadSeconds();
        _alice.Send("broadcast 1\nbroadcast 2 bob\nbroadcast 3\nmsg bob 4\nbroadcast 5\n");

        Assert.Equal(
            ["(all) <u1000> 1", "(all) <u1000> 2 {bob}" + Bell, "(all) <u1000> 3", "<u1000> 4" + Bell, "(all) <u1000> 5"],
            _bob.ReadSeconds().Select(Plain));
    }

    [Fact]
    public void A_look_is_forgotten_with_its_last_reader()
    {
        _alice.Type("time Asia/Kathmandu", "color on");
        _bob.Type("time Asia/Kathmandu", "color on");
        Assert.Equal(1, _chat.Server.Encoders.Count);

        _bob.Type("quit");
        Assert.Equal(1, _chat.Server.Encoders.Count);
        _alice.Type("time local", "color off");
        Assert.Equal(0, _chat.Server.Encoders.Count);
    }

    [Fact]
    public void Lines_to_a_telnet_speaker_end_with_cr_lf_and_those_to_others_do_not()
    {
        _chat.InLoop(() =>
        {
            foreach (User user in _chat.Server.Users)
            {
                ((SessionTerminal)user.Sessions[0]).EndLinesWithCrLf();
                break;
            }
        });
        _alice.Type("nick alice", "join lobby", "/time off", "/color on", "/w");
        _bob.Type("join lobby", "hi alice");

        string seen = Encoding.UTF8.GetString(_alice.Transport.Read());
        Assert.Contains("hi ", seen, StringComparison.Ordinal);
        Assert.All(seen.Split('\n')[..^1], line => Assert.EndsWith("\r", line, StringComparison.Ordinal));
        Assert.DoesNotContain((byte)'\r', _bob.Transport.Read());
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

    // Names in colours as <name>, the reader's own as {name}.
    private static string Plain(string line) => System.Text.RegularExpressions.Regex.Replace(
        line.Replace("\u001b[7m", "{", StringComparison.Ordinal), "\u001b\\[(\\d\\d)m([^\u001b]*)\u001b\\[0m", "<$2>").Replace("\u001b[0m", "}", StringComparison.Ordinal);
}
