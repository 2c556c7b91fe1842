using System.Text;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>What a newcomer is told, and in which words: with the slash to those who need it.</summary>
public sealed class WayInSpecs
{
    private readonly SimulatedChat _chat = new();

    [Theory]
    [InlineData("msg", "Invalid msg parameters: USER is missing. Usage: /msg USER TEXT")]
    [InlineData("nick", "Invalid nick parameters: NAME is missing. Usage: /nick NAME")]
    [InlineData("rooms a", "Invalid rooms parameters: too many words. Usage: /rooms")]
    [InlineData("history 0x", "Invalid history parameters. Usage: /history [ROOM] [N or FROM-TO]")]
    [InlineData("history a b c", "Invalid history parameters: too many words. Usage: /history [ROOM] [N or FROM-TO]")]
    [InlineData("help a b", "Invalid help parameters: too many words. Usage: /help [NAME]")]
    [InlineData("msg u1000, u1000", "Invalid msg parameters: TEXT is missing. Usage: /msg USER TEXT")]
    [InlineData("msg nobody, u1000 hi", "Not sent: \"nobody\" was not found. To send to several: /msg USER,USER TEXT")]
    [InlineData("mgs u1000 hi", "Unknown command: mgs. Did you mean /msg?")]
    [InlineData("bar", "Unknown command: bar")]
    [InlineData("motd", "Type \"/join lobby\" to talk with others, \"/help\" for all commands.")]
    [InlineData("say dev hi", "Only people in #dev can do that. Join it: /join dev")]
    [InlineData("room dev", "You are not in #dev. Join it: /join dev")]
    [InlineData("join ops", "You are in too many rooms (limit 1). Leave one: /leave ROOM")]
    [InlineData("fib u1000", "Invalid fib parameters.")]
    public void Commands_in_answers_have_the_slash_in_a_room(string line, string answer)
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxRoomsPerUser = 1 });
        SimulatedClient client = chat.Connect();
        chat.Connect().Type("join dev");
        client.Type("join lobby").ReadTexts();

        Assert.Equal(answer, client.Type("/" + line).ReadTexts()[0]);
    }

    [Fact]
    public void No_command_shows_a_usage_without_the_slash_in_a_room() => Assert.All(CommandDispatcher.All.ToArray(), command =>
    {
        SimulatedClient client = _chat.Connect();
        client.Type("join lobby").ReadTexts();
        client.Type($"/{command.Name} a b c d e f g", $"/{command.Name} \t");

        // Not line by line: to clear the screen takes no line.
        Assert.All(
            Encoding.UTF8.GetString(client.Transport.Read()).Split('\n').Where(line => line.Contains("Usage: ", StringComparison.Ordinal)),
            line => Assert.EndsWith($" Usage: /{command.Usage}", line, StringComparison.Ordinal));
    });

    [Fact]
    public void How_to_get_help_is_said_once_a_session_as_it_is_typed_there()
    {
        SimulatedClient client = _chat.Connect().Type("join lobby");
        client.ReadTexts();

        Assert.Equal(["Unknown command: bar", "Type \"/help\" for all commands."], client.Type("/bar").ReadTexts());
        Assert.Equal(["Unknown command: baz", "Unknown command: bay"], client.Type("/baz", "/leave", "bay").ReadTexts().Where(IsUnknown));
        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], _chat.Connect().Type("bar").ReadTexts());
    }

    [Fact]
    public void Motd_shows_the_message_of_the_day_or_the_way_in()
    {
        SimulatedChat chat = new(new ChatOptions { MessageOfTheDay = ["Rules: be kind.", "", "[31mRed"] });

        Assert.Equal(["Rules: be kind.", "", "[31mRed"], chat.Connect().Type("MOTD").ReadTexts());
        Assert.Equal(["Type \"join lobby\" to talk with others, \"help\" for all commands."], _chat.Connect().Type("motd").ReadTexts());
    }

    [Fact]
    public void Clear_clears_the_callers_screen_in_its_place_among_the_lines()
    {
        SimulatedClient alice = _chat.Connect();
        SimulatedClient bob = _chat.Connect();
        alice.Type("time off", "color on").ReadLines();
        alice.Transport.Deliver("jobs\nclear\njobs\n"u8.ToArray());
        _chat.Settle();

        Assert.Equal("You have no jobs.\n\u001b[H\u001b[2JYou have no jobs.\n", Encoding.ASCII.GetString(alice.Transport.Read()));
        Assert.Empty(bob.ReadLines());
        Assert.Equal("Invalid clear parameters: too many words. Usage: clear", Assert.Single(bob.Type("clear x").ReadTexts()));
    }

    [Fact]
    public void A_slow_reader_who_clears_is_held_to_the_same_limits()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, OutboxSoftBytes = 1_000, OutboxHardBytes = 2_000 });
        SimulatedClient client = chat.Connect();
        client.Transport.Window = 0;
        for (int i = 0; i < 1_000; i++)
        {
            client.Type("clear");
        }

        Assert.InRange(chat.Server.Counters.OutboxBytes, 0, 4_096);
    }

    [Theory]
    [InlineData("quit")]
    [InlineData("EXIT")]
    [InlineData("bye")]
    [InlineData(":q")]
    public void Words_of_other_programs_leave_the_chat(string line) => Assert.True(_chat.Connect().Type(line).Transport.Closed);

    [Theory]
    [InlineData("who", "No other user is connected.")]
    [InlineData("names", "No other user is connected.")]
    [InlineData("users", "No other user is connected.")]
    [InlineData("list", "No room is open. Open one: join ROOM")]
    [InlineData("ls", "No room is open. Open one: join ROOM")]
    [InlineData("part", "You are not in a room. Join one: join ROOM")]
    [InlineData("j lobby", "You are in #lobby (1 person). What you type is said there; commands begin with /.")]
    [InlineData("name alice", "You are now known as alice")]
    [InlineData("emote waves", "You are not in a room. Join one: join ROOM")]
    [InlineData("?", "Talking:")]
    [InlineData("/?", "Talking:")]
    [InlineData("commands", "Talking:")]
    public void Words_of_other_chats_list_people_and_rooms(string line, string answer) =>
        Assert.Equal(answer, _chat.Connect().Type(line).ReadTexts()[0]);

    private static bool IsUnknown(string line) => line.StartsWith("Unknown", StringComparison.Ordinal) || line.StartsWith("Type", StringComparison.Ordinal);
}
