using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Rooms, each line to the letter.</summary>
public sealed class RoomSpecs
{
    private readonly SimulatedChat _chat = new(new ChatOptions { FloodRate = 0, MaxRoomsPerUser = 3, MaxRooms = 4 });
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;
    private readonly SimulatedClient _carol;

    public RoomSpecs()
    {
        _alice = Named("alice");
        _bob = Named("bob");
        _carol = Named("carol");
    }

    [Fact]
    public void Joining_says_so_in_one_line_and_the_others_hear_it()
    {
        Assert.Equal(["You are in #lobby (1 person). What you type is said there; commands begin with /."], _alice.Type("join #lobby").ReadTexts());
        Assert.Equal(["You are in #lobby (2 people). What you type is said there; commands begin with /."], _bob.Type("join LOBBY").ReadTexts());
        Assert.Equal(["#lobby + bob joined"], _alice.ReadTexts());
        Assert.Equal(["You are already in #lobby and now talk there."], _bob.Type("/join lobby").ReadTexts());
        Assert.Empty(_alice.ReadTexts());
    }

    [Fact]
    public void What_is_said_reaches_the_room_and_nobody_else()
    {
        InLobby(_alice, _bob);
        Assert.Empty(_alice.Type("hello there").ReadTexts());

        Assert.Equal(["#lobby alice hello there"], _bob.ReadTexts());
        Assert.Empty(_carol.ReadTexts());
    }

    [Fact]
    public void Words_and_deeds_can_not_be_taken_for_joining_or_history()
    {
        InLobby(_alice, _bob);
        _alice.Type("* bob joined", "/me joined", "+ carol joined", "[7] bob hi");

        Assert.Equal(
            ["#lobby alice * bob joined", "#lobby * alice joined", "#lobby alice + carol joined", "#lobby alice [7] bob hi"], _bob.ReadTexts());
    }

    [Fact]
    public void Say_speaks_in_any_room_that_one_is_in()
    {
        InLobby(_alice, _bob);
        _alice.Type("/join dev").ReadTexts();
        Assert.Empty(_alice.Type("/say #lobby over here").ReadTexts());

        Assert.Equal(["#lobby alice over here"], _bob.ReadTexts());
        Assert.Equal(["Only people in #lobby can do that. Join it: join lobby"], _carol.Type("say lobby let me in").ReadTexts());
        Assert.Equal(["Room not found: nowhere"], _carol.Type("say nowhere hello").ReadTexts());
        Assert.Empty(_bob.ReadTexts());
    }

    [Fact]
    public void Leaving_is_heard_and_the_room_joined_before_is_talked_in_again()
    {
        InLobby(_alice, _bob);
        _alice.Type("/join dev").ReadTexts();
        Assert.Equal(["You left #dev and now talk in #lobby."], _alice.Type("/leave").ReadTexts());
        Assert.Equal(["You left #lobby."], _alice.Type("/leave lobby").ReadTexts());

        Assert.Equal(["#lobby - alice left"], _bob.ReadTexts());
        Assert.Equal(["You are not in a room. Join one: join ROOM"], _alice.Type("/leave").ReadTexts());
        Assert.Equal(["You are not in #lobby."], _alice.Type("leave lobby").ReadTexts());
        Assert.Equal(["Room not found: dev"], _alice.Type("leave dev").ReadTexts());
    }

    [Fact]
    public void Leaving_another_room_than_the_one_that_is_talked_in_changes_nothing_about_that()
    {
        InLobby(_alice, _bob);
        _alice.Type("/join dev", "/join ops", "/room lobby").ReadTexts();

        Assert.Equal(["You left #dev and now talk in #lobby."], _alice.Type("/leave dev", "hello").ReadTexts());
        Assert.Equal(["#lobby alice hello"], _bob.ReadTexts());
    }

    [Fact]
    public void Quitting_is_heard_with_the_last_words()
    {
        InLobby(_alice, _bob, _carol);
        _alice.Type("/quit see you\u001b[2J");
        Assert.Equal(["#lobby - alice quit: see you"], _bob.ReadTexts());
        Assert.True(_alice.Transport.Closed);

        _carol.HangUp();
        Assert.Equal(["#lobby - carol quit"], _bob.ReadTexts());
        Assert.Equal(["No other user is connected."], _bob.Type("/w").ReadTexts());
    }

    [Fact]
    public void A_connection_that_breaks_is_heard_as_a_quit()
    {
        InLobby(_alice, _bob);
        _alice.Transport.Broken = true;
        _chat.Settle();

        Assert.Equal(["#lobby - alice quit"], _bob.ReadTexts());
    }

    [Fact]
    public void A_stop_of_the_server_tells_nobody_that_the_others_leave()
    {
        InLobby(_alice, _bob);
        _chat.Stop(TimeSpan.FromSeconds(5), () => { });
        _chat.Settle();

        Assert.Equal(["Server is shutting down."], _alice.ReadTexts());
        Assert.Equal(["Server is shutting down."], _bob.ReadTexts());
    }

    [Fact]
    public void Room_chooses_where_plain_text_goes()
    {
        InLobby(_alice, _bob);
        _alice.Type("/join dev").ReadTexts();
        Assert.Equal(["You now talk in #dev."], _alice.Type("/room").ReadTexts());
        Assert.Equal(["You now talk in #lobby."], _alice.Type("/room #lobby", "hello").ReadTexts());

        Assert.Equal(["#lobby alice hello"], _bob.ReadTexts());
        Assert.Equal(["You are not in #dev. Join it: /join dev"], _bob.Type("/room dev").ReadTexts());
        Assert.Equal(["Room not found: nowhere"], _bob.Type("/room nowhere").ReadTexts());
        Assert.Equal(["You are not in a room. Join one: join ROOM"], _carol.Type("room").ReadTexts());
    }

    [Fact]
    public void Rooms_are_listed_fullest_first_with_topics()
    {
        Assert.Equal(["No room is open. Open one: join ROOM"], _carol.Type("rooms").ReadTexts());
        InLobby(_alice, _bob);
        _alice.Type("/join dev", "/topic dev all about code").ReadTexts();

        Assert.Equal(["#lobby (2 people)", "#dev (1 person) all about code"], _carol.Type("rooms").ReadTexts());
    }

    [Theory]
    [InlineData(100, "#r099 (1 person)")]
    [InlineData(101, "Rooms not shown: 1")]
    public void Rooms_are_shown_up_to_the_limit_and_the_rest_is_counted(int count, string last)
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxRoomsPerUser = count });
        SimulatedClient client = chat.Connect().Type([.. Enumerable.Range(0, count).Select(number => $"/join r{number:000}")]);
        client.ReadTexts();
        string[] lines = client.Type("/rooms").ReadTexts();

        Assert.Equal((count, last), (lines.Length, lines[^1]));
    }

    [Fact]
    public void W_lists_who_is_in_a_room()
    {
        InLobby(_alice, _bob);
        Assert.Equal(["Users in #lobby: alice, bob"], _carol.Type("w #LOBBY").ReadTexts());
        Assert.Equal(["Room not found: nowhere"], _carol.Type("w nowhere").ReadTexts());
        _alice.Type("something", "/leave");
        _bob.Type("/leave");

        Assert.Equal(["Nobody is in #lobby."], _carol.Type("w lobby").ReadTexts());
    }

    [Fact]
    public void A_topic_is_set_by_those_in_the_room_and_read_by_all()
    {
        InLobby(_alice, _bob);
        Assert.Equal(["No topic is set for #lobby."], _carol.Type("topic lobby").ReadTexts());
        Assert.Equal(["Topic of #lobby: fish & chips"], _alice.Type("/topic lobby fish\u001b & chips").ReadTexts());

        Assert.Equal(["#lobby = alice set the topic: fish & chips"], _bob.ReadTexts());
        Assert.Equal(["Topic of #lobby: fish & chips"], _carol.Type("topic #lobby").ReadTexts());
        Assert.Equal(["Only people in #lobby can do that. Join it: join lobby"], _carol.Type("topic lobby mine").ReadTexts());
        Assert.Equal(
            ["You are in #lobby (3 people). What you type is said there; commands begin with /. Topic: fish & chips"],
            _carol.Type("join lobby").ReadTexts());
        Assert.Equal(["Topic too long (limit 300 bytes)."], _alice.Type("/topic lobby " + new string('x', 301)).ReadTexts()[1..]);
        Assert.Equal(["Topic of #lobby: " + new string('x', 300)], _alice.Type("/topic lobby " + new string('x', 300)).ReadTexts());
        Assert.Equal(["Room not found: #nowhere"], _alice.Type("/topic #nowhere x").ReadTexts());
    }

    [Fact]
    public void A_topic_without_a_room_is_about_the_present_one()
    {
        InLobby(_alice, _bob);
        _carol.Type("join dev").ReadTexts();
        Assert.Equal(["No topic is set for #lobby."], _alice.Type("/topic").ReadTexts());
        Assert.Equal(["Topic of #lobby: lunch at one"], _alice.Type("/topic   lunch at one").ReadTexts());
        Assert.Equal(["Topic of #lobby: lunch at one"], _bob.Type("/topic \t").ReadTexts()[1..]);

        // The first word is a room.
        Assert.Equal(["No topic is set for #dev."], _alice.Type("/topic DEV").ReadTexts());
        Assert.Equal(["Only people in #dev can do that. Join it: /join dev"], _alice.Type("/topic dev is down").ReadTexts());
        Assert.Equal(["Room not found: #nowhere"], _alice.Type("/topic #nowhere to go").ReadTexts());
        Assert.Equal(["Topic of #lobby: dev is down"], _alice.Type("/topic lobby dev is down").ReadTexts());
    }

    [Theory]
    [InlineData("join", "Invalid join parameters: ROOM is missing. Usage: join ROOM")]
    [InlineData("join 1st", "Invalid room name: 1st (a name has 1 to 24 ASCII letters, digits, _ - or . and begins with a letter)")]
    [InlineData("join l0bby", "Room name is too similar to #lobby: l0bby")]
    [InlineData("me waves", "You are not in a room. Join one: join ROOM")]
    [InlineData("me", "Invalid me parameters: TEXT is missing. Usage: me TEXT")]
    [InlineData("say lobby", "Invalid say parameters: TEXT is missing. Usage: say ROOM TEXT")]
    [InlineData("topic", "You are not in a room. Join one: join ROOM")]
    [InlineData("topic lunch at one", "Room not found: lunch")]
    [InlineData("leave a b", "Invalid leave parameters: too many words. Usage: leave [ROOM]")]
    [InlineData("rooms a", "Invalid rooms parameters: too many words. Usage: rooms")]
    public void A_room_command_that_fails_answers_in_one_line(string line, string answer)
    {
        InLobby(_alice);

        Assert.Equal([answer], _carol.Type(line).ReadTexts());
    }

    [Theory]
    [InlineData("w lobby\t", "Users in #lobby: alice")]
    [InlineData("w\tlobby \t ", "Users in #lobby: alice")]
    [InlineData("topic lobby\t", "No topic is set for #lobby.")]
    [InlineData("rooms\t", "#lobby (1 person)")]
    [InlineData("history lobby 5\t", "Only people in #lobby can do that. Join it: join lobby")]
    public void Blanks_behind_the_last_argument_are_no_argument(string line, string answer)
    {
        InLobby(_alice);

        Assert.Equal([answer], _carol.Type(line).ReadTexts());
    }

    [Fact]
    public void Nobody_is_in_more_rooms_than_allowed_and_there_are_no_more_than_allowed()
    {
        _alice.Type("join a", "/join b", "/join c").ReadTexts();
        Assert.Equal(["You are in too many rooms (limit 3). Leave one: /leave ROOM"], _alice.Type("/join d").ReadTexts());
        _bob.Type("join d").ReadTexts();

        Assert.Equal(["Cannot open the room: there are too many rooms (limit 4)"], _carol.Type("join e").ReadTexts());
    }

    private SimulatedClient Named(string name)
    {
        SimulatedClient client = _chat.Connect().Type($"nick {name}");
        client.ReadTexts();
        return client;
    }

    private static void InLobby(params SimulatedClient[] clients)
    {
        Array.ForEach(clients, client => client.Type("join lobby"));
        Array.ForEach(clients, client => client.ReadTexts());
    }
}
