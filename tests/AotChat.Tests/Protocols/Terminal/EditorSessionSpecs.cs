using System.Text;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What a person sees who types in the server's line editor while others talk.</summary>
public sealed class EditorSessionSpecs
{
    private const byte Iac = 255, Dont = 254, Do = 253, Ayt = 246;

    private readonly SimulatedChat _chat = new(new ChatOptions { FloodRate = 0, MessageOfTheDay = ["Hello."] });
    private readonly SimulatedClient _bob;

    public EditorSessionSpecs()
    {
        _bob = _chat.Connect().Type("nick bob", "join lobby");
        _bob.ReadTexts();
    }

    [Fact]
    public void Others_lines_stand_above_the_line_being_typed()
    {
        TelnetUser alice = Join("alice");
        alice.Press("I was just sa");
        _bob.Type("lunch?");
        alice.Look();
        Assert.Equal(["#lobby bob lunch?", "I was just sa|"], alice.Sees[^2..]);

        alice.Press("ying\u001b[D\u001b[D\u001b[D\u001b[D");
        _bob.Type("now?", "hello?");
        alice.Look();
        Assert.Equal(["#lobby bob now?", "#lobby bob hello?", "I was just sa|ying"], alice.Sees[^3..]);

        alice.Press("\u0005!\r");
        Assert.Equal(["#lobby alice I was just saying!"], _bob.ReadTexts());
        Assert.Equal(["I was just saying!", "|"], alice.Sees[^2..]);
    }

    [Fact]
    public void Answers_stand_below_the_command_that_was_typed()
    {
        TelnetUser alice = Join("alice").Press("/w\r");

        Assert.Equal(["/w", "Online users: bob", "|"], alice.Sees[^3..]);
    }

    [Fact]
    public void Earlier_lines_come_back_and_words_are_completed()
    {
        TelnetUser alice = Join("alice").Press("one\rtwo\r\u001b[A\u001b[A\r");
        Assert.Equal(["#lobby alice one", "#lobby alice two", "#lobby alice one"], _bob.ReadTexts());

        alice.Press("/ms\tbo\thi\r");
        Assert.Equal(["alice hi"], _bob.ReadTexts());
        Assert.Equal(["/msg bob hi", "Message is delivered to bob", "|"], alice.Sees[^3..]);
    }

    [Fact]
    public void A_line_is_cleaned_and_guarded_as_any_other()
    {
        TelnetUser alice = Join("alice").Press("msg bob secret\r");

        Assert.Empty(_bob.ReadTexts());
        Assert.StartsWith("Not sent: this looks private.", alice.Sees[^3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void A_long_line_is_seen_in_a_window_of_any_width(int columns)
    {
        TelnetUser alice = Join("alice").Resize(columns);
        string text = string.Concat(Enumerable.Range(0, 60).Select(number => $"{number} "));
        alice.Press(text);
        Assert.EndsWith("58 59 |", alice.Sees[^1], StringComparison.Ordinal);
        Assert.InRange(alice.Sees[^1].Length, columns / 2, columns);

        alice.Press("\r");
        Assert.Equal([$"#lobby alice {text}"], _bob.ReadTexts());
    }

    [Fact]
    public void The_end_key_on_an_empty_line_ends_the_session()
    {
        TelnetUser alice = Join("alice").Press("x\b\u0004");

        Assert.True(alice.Client.Transport.Closed);
        Assert.Equal(["#lobby - alice quit"], _bob.ReadTexts());
    }

    [Theory]
    [InlineData("\u00e4\u00f6", false)]
    [InlineData("\u00e4\u00f6", true)]
    [InlineData("\u001b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;24;25", false)]
    [InlineData("lost \u001b]0;title", false)]
    public void The_end_of_the_connection_says_nothing_about_a_half_typed_line(string typed, bool isReset)
    {
        TelnetUser alice = Join("alice").Press("half");
        alice.Send(Encoding.Latin1.GetBytes(typed));
        alice.Client.Transport.Read();
        alice.Client.Transport.Reset = isReset;
        alice.Client.HangUp();

        Assert.True(alice.Client.Transport.Closed);
        Assert.DoesNotContain('\n', Encoding.UTF8.GetString(alice.Client.Transport.Read()));
    }

    [Fact]
    public void A_half_typed_line_is_not_said_when_the_connection_ends()
    {
        Join("alice").Press("I hate").Client.HangUp();

        Assert.Equal(["#lobby - alice quit"], _bob.ReadTexts());
    }

    [Fact]
    public void A_client_in_line_mode_gets_the_editor_when_its_user_asks()
    {
        TelnetUser alice = new(_chat);
        alice.Send("editor on\r\n"u8.ToArray());
        Assert.True(alice.IsInCharacterMode);
        Assert.Equal(["The line editor is on: arrow keys move, Up shows earlier lines, Tab completes. To end it: editor off", "|"], Unwrap(alice.Sees)[^2..]);
        alice.Press("editor on\r");
        Assert.Equal("The line editor is already on.", alice.Sees[^2]);

        alice.Press("editor off\r");
        Assert.False(alice.IsInCharacterMode);
        Assert.Equal("The line editor is off.", alice.Sees[^2]);
        alice.Send("w\r\n"u8.ToArray());
        Assert.Equal("Online users: bob", alice.Sees[^2]);
        alice.Send("editor off\r\n"u8.ToArray());
        Assert.Equal("The line editor is already off.", alice.Sees[^2]);
    }

    [Fact]
    public void A_client_can_go_back_to_line_mode_by_itself()
    {
        TelnetUser alice = Join("alice").Press("half ").SwitchToLines();
        alice.Send("and whole\r\n"u8.ToArray());

        Assert.Equal(["#lobby alice half and whole"], _bob.ReadTexts());
        alice.SwitchToCharacters().Press("and by character\r");
        Assert.Equal(["#lobby alice and by character"], _bob.ReadTexts());
    }

    [Theory]
    [InlineData("/msg bob my pass", "word is x\r\n")]
    [InlineData("/msg bob my password is x\r", "")]
    [InlineData("", "/msg bob my password is x\r\n")]
    public void A_change_of_the_mode_in_one_packet_with_text_parts_no_line(string before, string after)
    {
        byte[] leave = [Iac, Dont, 3, Iac, Dont, 1];
        TelnetUser alice = Join("alice");
        alice.Send([.. Encoding.ASCII.GetBytes(before), .. leave, .. Encoding.ASCII.GetBytes(after)]);

        Assert.Equal(["alice my password is x"], _bob.ReadTexts());
    }

    [Fact]
    public void The_rest_of_a_line_that_was_too_long_is_skipped_in_the_other_mode_too()
    {
        TelnetUser alice = new(_chat);
        alice.Send(Encoding.ASCII.GetBytes("join lobby\r\n/msg bob " + new string('x', 5_000)));
        _bob.ReadTexts();
        alice.SwitchToCharacters().Send("tail secret\r\nhello\r"u8.ToArray());

        Assert.Equal(["#lobby u1001 hello"], _bob.ReadTexts());
    }

    [Fact]
    public void A_line_that_did_not_fit_is_refused_and_can_be_called_back()
    {
        TelnetUser alice = Join("alice");
        alice.Send(Encoding.ASCII.GetBytes(new string('x', 4_090) + "the end of it\r"));

        Assert.Empty(_bob.ReadTexts());
        Assert.Equal("Line too long (limit 4096 bytes).", alice.Sees[^2]);
        alice.Press("\u001b[A");
        Assert.EndsWith("xxxthe en|", alice.Sees[^1], StringComparison.Ordinal);
        alice.Press("\u0015short\r");
        Assert.Equal(["#lobby alice short"], _bob.ReadTexts());
    }

    [Fact]
    public void A_line_that_a_control_sequence_swallows_is_not_lost_without_a_word()
    {
        TelnetUser alice = Join("alice").Press("\u001bPhello everybody\r");

        Assert.Equal("Part of your line was left out: it looked like a terminal control sequence.", string.Concat(alice.Sees[^3..^1]));
        Assert.Empty(_bob.ReadTexts());
    }

    [Fact]
    public void Keys_that_the_client_showed_before_the_editor_began_are_shown_in_the_same_place()
    {
        TelnetUser alice = new(_chat);
        alice.Screen.Write("half"u8.ToArray());
        alice.Send("half"u8.ToArray()).SwitchToCharacters().Press(" typed");

        Assert.Equal("half typed|", alice.Sees[^1]);
    }

    [Fact]
    public void A_slow_reader_is_not_shown_the_half_typed_line_again()
    {
        TelnetUser alice = Join("alice").Press("half typed");
        alice.Client.Transport.Window = 0;
        for (int i = 0; i < 1_000; i++)
        {
            _bob.Type($"line {i}");
        }

        // The lines alone, about 40 bytes each, in a buffer that doubles.
        Assert.InRange(_chat.Server.Counters.OutboxBytes, 40_000, 128_000);
        alice.Client.Transport.Window = int.MaxValue;
        _chat.Settle();
        alice.Look();
        Assert.Equal(["#lobby bob line 999", "half typed|"], alice.Sees[^2..]);
    }

    [Fact]
    public void Are_you_there_is_answered_with_one_visible_line_a_packet()
    {
        SimulatedClient alice = _chat.Connect().Send([Iac, Ayt, Iac, Ayt, Iac, Ayt]);
        Assert.Equal(["Yes, the chat is here."], alice.ReadTexts());
        Assert.Equal(["Yes, the chat is here."], alice.Send([Iac, Ayt]).ReadTexts());
    }

    [Fact]
    public void Lines_end_with_cr_lf_from_the_first_telnet_command_on()
    {
        SimulatedClient alice = _chat.Connect().Type("w");
        Assert.DoesNotContain((byte)'\r', alice.Transport.Read());
        alice.Send([Iac, Do, 5]).Type("w");

        Assert.EndsWith("Online users: bob\r\n", Encoding.Latin1.GetString(alice.Transport.Read()), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_without_end_are_slowed_down_like_lines()
    {
        SimulatedChat chat = new(new ChatOptions { FloodBurst = 5, FloodRate = 1 });
        TelnetUser alice = new TelnetUser(chat).SwitchToCharacters();
        for (int i = 0; i < 50; i++)
        {
            alice.Client.Transport.Deliver(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("\u001b[D\u001b[C", 20))));
        }

        chat.Settle();
        Assert.InRange(alice.Client.Transport.Waiting, 40 * 120, 50 * 120);
    }

    [Fact]
    public void Clearing_the_screen_keeps_what_is_half_typed()
    {
        TelnetUser alice = Join("alice").Press("half\u000c");

        Assert.Equal(["half|"], alice.Sees);
    }

    private TelnetUser Join(string name)
    {
        TelnetUser user = new TelnetUser(_chat).SwitchToCharacters().Press($"nick {name}\rjoin lobby\r");
        _bob.ReadTexts();
        return user;
    }

    // A line that the screen's width has broken, in one piece.
    private static string[] Unwrap(string[] lines)
    {
        int first = Array.FindIndex(lines, line => line.StartsWith("The line editor is on", StringComparison.Ordinal));
        return [.. lines[..first], string.Concat(lines[first..^1]), lines[^1]];
    }
}
