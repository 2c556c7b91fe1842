using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Chat;

/// <summary>Rooms of an earlier process.</summary>
public sealed class RoomRestoreSpecs
{
    private readonly OwnedRoom _house = new();

    [Fact]
    public void A_room_comes_back_as_it_was_and_its_numbers_go_on()
    {
        _house.Bob.Type("one", "two");
        _house.Alice.Type("/topic all about chat", "/room topic-lock on", "/room slow 5s", "/voice bob", "/ban carol 1h", "/mute bob");
        SimulatedChat later = Restart();
        Room lobby = Find(later, "lobby");

        Assert.Equal(_house.Lobby.Settings with { Voices = lobby.Settings.Voices, Invited = lobby.Settings.Invited }, lobby.Settings);
        Assert.Equal(_house.Lobby.Settings.Voices.ToArray(), lobby.Settings.Voices.ToArray());
        Assert.Equal((_house.Lobby.Id, 2L), (lobby.Id, lobby.History.LastGiven));
        Assert.Equal(2, later.Server.Chat.Bans.Count);

        SimulatedClient dave = later.Connect();
        Assert.Equal(
            [
                "You are in #lobby (1 person). What you type is said there; commands begin with /. Topic: all about chat",
                "#lobby [1] bob one",
                "#lobby [2] bob two",
            ],
            dave.Type("join lobby").ReadTexts());
        dave.Type("three");
        Assert.Equal(3, _house.Store.Lines[^1].Number);
        Assert.Equal(["#lobby [2] bob two", "#lobby [3] u1000 three"], dave.Type("/history 2").ReadTexts()[1..]);
        later.Advance(TimeSpan.FromSeconds(5));
        dave.Type("/join other", "hi");
        Assert.True(Find(later, "other").Id > lobby.Id);
    }

    [Fact]
    public void An_owner_s_room_stays_empty_and_a_guest_s_goes_unless_something_was_said_in_it()
    {
        _house.Alice.Type("/join hers");
        _house.Carol.Type("/join empty", "/join said", "hello", "/join current");
        SimulatedChat later = Restart();

        Assert.Equal(["hers", "lobby", "said"], later.Server.Chat.Rooms.All.Select(room => room.ToString()[1..]).Order());
        Assert.Equal(["hers", "lobby", "said"], _house.Store.Rooms.Values.Select(room => room.Name).Order());
        later.Connect().Type("join said", "/leave", "join hers", "/leave", "join new", "/leave");
        Assert.Equal(["hers", "lobby", "said"], _house.Store.Rooms.Values.Select(room => room.Name).Order());
    }

    [Fact]
    public void When_rooms_are_short_those_without_an_owner_go_and_the_silent_ones_first()
    {
        _house.Carol.Type("/join first", "hello", "/join second", "hello");
        SimulatedChat later = Restart(new ChatOptions { FloodRate = 0, MaxRooms = 4 });
        SimulatedClient dave = later.Connect();
        dave.Type("join second", "hi", "/leave", "join third", "/join fourth");

        Assert.Equal(["fourth", "lobby", "second", "third"], _house.Store.Rooms.Values.Select(room => room.Name).Order());
        Assert.Equal(["hello", "hi"], _house.Store.Lines.Select(line => System.Text.Encoding.UTF8.GetString(line.Text)));
        dave.Type("/join fifth");
        Assert.Equal(
            ["Cannot open the room: there are too many rooms (limit 4)"], later.Connect().Type("join sixth").ReadTexts());
    }

    [Fact]
    public void A_room_whose_lines_memory_forgets_keeps_those_on_disk()
    {
        _house.Carol.Type("/join said", "hello", "/leave");
        Room said = Find(_house.Chat, "said");
        _house.Chat.InLoop(() =>
        {
            _house.Chat.Server.Chat.History.Clear(said);
            _house.Chat.Server.Chat.History.Emptied!(said);
        });

        Assert.Same(said, Find(_house.Chat, "said"));
        Assert.Single(_house.Store.Lines);
    }

    [Fact]
    public void Bans_that_have_ended_or_whose_room_has_gone_are_forgotten()
    {
        _house.Alice.Type("/ban carol 1h", "/ban bob");
        _house.Store.Bans.Add(90, new StoredBan(90, BanKind.Ban, 999, 0, "eve", "", "alice", "", 0, StoredBan.Forever));
        SimulatedChat later = new(store: _house.Store);
        later.Advance(TimeSpan.FromHours(2));
        later.InLoop(() => later.Server.Chat.Restore(_house.Store.State));

        Assert.Equal("bob", Assert.Single(later.Server.Chat.Bans.All).Name);
        Assert.Equal("bob", Assert.Single(_house.Store.Bans).Value.Name);
    }

    [Fact]
    public void Broken_rows_do_no_harm()
    {
        StoredRoom room = new(50, "broken name", "", 0, 5, RoomModes.None, 0, [], [], 0);
        _house.Store.Rooms.Add(50, room);
        _house.Store.Rooms.Add(51, room with { Id = 51, Name = "L0bby" });
        _house.Store.Rooms.Add(52, room with { Id = 52, Name = "" });
        SimulatedChat later = Restart();

        Assert.Equal("#lobby", Assert.Single(later.Server.Chat.Rooms.All).ToString());
        Assert.Single(_house.Store.Rooms);
    }

    [Fact]
    public void Rooms_count_for_the_account_of_their_owner_and_not_for_the_address()
    {
        OwnedRoom house = new(new ChatOptions { FloodRate = 0, MaxRooms = 100, MaxRoomsPerAddress = 1, MaxRoomsPerAccount = 2 });
        SimulatedClient dave = house.Guest("dave", 9);
        house.LogIn("dave", TestAccounts.New("dave"));
        SimulatedClient erin = house.Guest("erin", 9);
        dave.Type("join one", "/join two");
        Assert.StartsWith("You are in #three", OwnedRoom.Answer(erin, "join three")[0], StringComparison.Ordinal);
        Assert.Equal(["Cannot open the room: there are too many rooms from your address (limit 1)"], OwnedRoom.Answer(erin, "/join four"));
        Assert.Equal(["Cannot open the room: you own too many rooms (limit 2). Close one: /room ROOM close"], OwnedRoom.Answer(dave, "/join four"));

        // What is given away counts for the other.
        house.Root.Type("room one owner alice");
        Assert.StartsWith("You are in #four", OwnedRoom.Answer(dave, "/join four")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Rooms_of_an_account_that_goes_are_nobodys()
    {
        _house.Alice.Type("/voice bob", "/leave");
        Account alice = _house.UserOf("alice").Account!;
        RoomDirectory rooms = _house.Chat.Server.Chat.Rooms;
        _house.Chat.InLoop(() => rooms.ForgetAccount(alice.Id));
        Assert.Equal((0, 0L, 0), (rooms.OwnedBy(alice.Id), _house.Lobby.Owner, (int)_house.Store.Rooms[_house.Lobby.Id].Owner));
        Assert.NotEmpty(_house.Lobby.Settings.Voices);
        _house.Chat.InLoop(() => rooms.ForgetAccount(_house.UserOf("bob").Account!.Id));
        Assert.Empty(_house.Lobby.Settings.Voices);

        _house.Bob.Type("/leave");
        _house.Carol.Type("/leave");
        Assert.Equal(0, rooms.Count);
        Assert.Empty(_house.Store.Rooms);
    }

    private SimulatedChat Restart(ChatOptions? options = null)
    {
        SimulatedChat later = new(options, store: _house.Store);
        later.InLoop(() => later.Server.Chat.Restore(_house.Store.State));
        return later;
    }

    private static Room Find(SimulatedChat chat, string name)
    {
        Assert.True(chat.Server.Chat.Rooms.TryFind(System.Text.Encoding.UTF8.GetBytes(name), out Room? room), name);
        return room;
    }
}
