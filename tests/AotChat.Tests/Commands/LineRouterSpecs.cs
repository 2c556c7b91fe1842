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
    public void A_line_without_anything_is_nothing(string line)
    {
        Assert.Empty(_speaker.Type(line).ReadTexts());
        Join();

        Assert.Empty(_speaker.Type(line).ReadTexts());
        Assert.Empty(_listener.ReadTexts());
    }

    [Theory]
    [InlineData("hello all", "#lobby u1000 hello all")]
    [InlineData("w", "#lobby u1000 w")]
    [InlineData("broadcast news", "#lobby u1000 broadcast news")]
    [InlineData("quit", "#lobby u1000 quit")]
    [InlineData("  indented", "#lobby u1000   indented")]
    [InlineData("//hello all", "#lobby u1000 /hello all")]
    [InlineData(" //", "#lobby u1000 /")]
    [InlineData("///", "#lobby u1000 //")]
    [InlineData("a/b", "#lobby u1000 a/b")]
    [InlineData("msg", "#lobby u1000 msg")]
    [InlineData("msg u1001", "#lobby u1000 msg u1001")]
    [InlineData("msgs u1001 are good", "#lobby u1000 msgs u1001 are good")]
    [InlineData("r", "#lobby u1000 r")]
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
    [InlineData("msg u1001 secret", "msg")]
    [InlineData("MSG u1001 secret", "msg")]
    [InlineData("  msg u1001 secret", "msg")]
    [InlineData("msg u1oo1 secret of one who mistypes a name", "msg")]
    [InlineData("msg\tu1001\tsecret", "msg")]
    [InlineData("msg u1001,u1000 secret", "msg")]
    [InlineData("r secret", "r")]
    [InlineData("R secret and more", "r")]
    public void In_a_room_what_would_be_for_one_alone_is_not_said(string line, string command)
    {
        Join();

        Assert.Equal(
            [$"Not said in #lobby, for it looks private. To send it: /{command} ... To say it all the same: /say lobby ..."],
            _speaker.Type(line).ReadTexts());
        Assert.Empty(_listener.ReadTexts());
        Assert.Equal(["History of #lobby is empty."], _speaker.Type("/history").ReadTexts());
    }

    [Fact]
    public void It_can_be_said_all_the_same()
    {
        Join();
        _speaker.Type("/say lobby msg u1001 is how it is done");

        Assert.Equal(["#lobby u1000 msg u1001 is how it is done"], _listener.ReadTexts());
    }

    [Fact]
    public void Who_has_left_the_last_room_gives_commands_again()
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
