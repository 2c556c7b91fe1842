using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Where a line goes: to a command, or to the room that one is in.</summary>
public sealed class LineRouterSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _speaker;
    private readonly SimulatedClient _listener;

    public LineRouterSpecs()
    {
        _speaker = _chat.Connect();
        _listener = _chat.Connect();
    }

    [Theory]
    [InlineData("hello all", "Unknown command: hello")]
    [InlineData("//hello all", "Unknown command: //hello")]
    [InlineData("/hello all", "Unknown command: hello")]
    [InlineData("/w", "Online users: u1001")]
    [InlineData("  /W", "Online users: u1001")]
    [InlineData("  w", "Online users: u1001")]
    public void In_no_room_every_line_is_a_command(string line, string answer) =>
        Assert.Equal(answer, _speaker.Type(line).ReadTexts()[0]);

    [Theory]
    [InlineData("/")]
    [InlineData("   ")]
    [InlineData(" \t")]
    public void An_empty_line_does_nothing(string line)
    {
        Assert.Empty(_speaker.Type(line).ReadTexts());
        Join();

        Assert.Empty(_speaker.Type(line).ReadTexts());
        Assert.Empty(_listener.ReadTexts());
    }

    [Theory]
    [InlineData("hello all", "#lobby u1000 hello all")]
    [InlineData("broadcast news", "#lobby u1000 broadcast news")]
    [InlineData("  indented", "#lobby u1000   indented")]
    [InlineData("//hello all", "#lobby u1000 /hello all")]
    [InlineData(" //", "#lobby u1000 /")]
    [InlineData("///", "#lobby u1000 //")]
    [InlineData("a/b", "#lobby u1000 a/b")]
    [InlineData("msg u1001", "#lobby u1000 msg u1001")]
    [InlineData("ready or not", "#lobby u1000 ready or not")]
    [InlineData("esc \u001b[31m", "#lobby u1000 esc ")]
    public void In_a_room_a_line_without_a_slash_is_said(string line, string heard)
    {
        Join();

        Assert.Empty(_speaker.Type(line).ReadTexts());
        Assert.Equal([heard], _listener.ReadTexts());
    }

    [Theory]
    [InlineData("/w", "Online users: u1001")]
    [InlineData("/bar baz", "Unknown command: bar")]
    [InlineData(" /w", "Online users: u1001")]
    [InlineData("/msg u1001 secret", "Message is delivered to u1001")]
    public void In_a_room_a_slash_starts_a_command(string line, string answer)
    {
        Join();

        Assert.Equal(answer, _speaker.Type(line).ReadTexts()[0]);
        Assert.DoesNotContain(_listener.ReadTexts(), heard => heard.StartsWith('#'));
    }

    [Theory]
    [InlineData("quit", "To leave: /quit")]
    [InlineData("exit", "To leave: /quit")]
    [InlineData(":q", "To leave: /quit")]
    [InlineData(" HELP ", "To run it as a command: /help")]
    [InlineData("who", "To run it as a command: /w")]
    [InlineData("\u00a0?\u200b", "To run it as a command: /help")]
    public void The_bare_name_of_a_command_is_said_and_explained_once_a_session(string line, string hint)
    {
        Join();

        Assert.Equal([$"You said \"{line.Trim(' ', '\u00a0', '\u200b')}\" in #lobby. {hint}"], _speaker.Type(line).ReadTexts());
        Assert.Equal([$"#lobby u1000 {line}"], _listener.ReadTexts());
        Assert.Empty(_speaker.Type(line, "quit").ReadTexts());
        Assert.Equal([$"#lobby u1000 {line}", "#lobby u1000 quit"], _listener.ReadTexts());
    }

    [Theory]
    [InlineData("\u00a0/w")]
    [InlineData("\ufeff/w")]
    [InlineData("\u3000\u200b\u200d/w\u00a0")]
    [InlineData("\u001b[A/w")]
    public void Invisible_characters_in_front_of_a_slash_change_nothing(string line)
    {
        Join();

        Assert.Equal(["Online users: u1001"], _speaker.Type(line).ReadTexts());
        Assert.Empty(_listener.ReadTexts());
    }

    [Fact]
    public void A_user_who_has_left_the_last_room_gives_commands_again()
    {
        Join();
        _speaker.Type("/leave").ReadTexts();

        Assert.Equal("Unknown command: hello", _speaker.Type("hello").ReadTexts()[0]);
    }

    private void Join()
    {
        _speaker.Type("join lobby");
        _listener.Type("join lobby");
        _speaker.ReadTexts();
        _listener.ReadTexts();
    }
}
