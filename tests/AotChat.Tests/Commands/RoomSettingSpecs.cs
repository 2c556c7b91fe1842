using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>What an owner makes of a room with <c>room</c>.</summary>
public sealed class RoomSettingSpecs
{
    private readonly OwnedRoom _house = new();

    [Fact]
    public void The_registered_user_who_opens_a_room_owns_it_and_a_guest_s_room_is_nobodys()
    {
        Assert.Equal(["You now talk in #lobby.", "Room #lobby: owned by alice"], OwnedRoom.Answer(_house.Alice, "/room lobby"));
        _house.Carol.Type("/join other");
        Assert.Equal(["You now talk in #other."], OwnedRoom.Answer(_house.Carol, "/room"));
        Assert.Equal(
            ["Only operators can do that, since nobody owns #other."], OwnedRoom.Answer(_house.Carol, "/room hidden on"));
        Assert.Equal(["You are not in #lobby. Join it: join lobby", "Room #lobby: owned by alice"], OwnedRoom.Answer(_house.Root, "room lobby"));
        Assert.Equal(_house.UserOf("alice").Account!.Id, _house.Store.Rooms[_house.Lobby.Id].Owner);
    }

    [Theory]
    [InlineData("topic-lock", nameof(RoomModes.TopicLock))]
    [InlineData("invite-only", nameof(RoomModes.InviteOnly))]
    [InlineData("hidden", nameof(RoomModes.Hidden))]
    [InlineData("moderated", nameof(RoomModes.Moderated))]
    public void An_owner_switches_something_on_and_off_and_an_operator_undoes_it(string setting, string mode)
    {
        Assert.Equal([$"Room #lobby: {setting} is on now, by alice."], OwnedRoom.Answer(_house.Alice, $"/room {setting.ToUpperInvariant()} ON"));
        Assert.Equal([$"Room #lobby: {setting} is on now, by alice."], _house.Bob.ReadTexts());
        Assert.Equal(mode, _house.Store.Rooms[_house.Lobby.Id].Modes.ToString());
        Assert.Equal(("room", $"{setting} on", "lobby", $"room #lobby {setting} off"), (_house.LastAct.Action, _house.LastAct.Target, _house.LastAct.Room, _house.LastAct.Undo));
        Assert.Equal([$"Room #lobby: {setting} is on already."], OwnedRoom.Answer(_house.Alice, $"/room lobby {setting} on"));
        Assert.Equal($"Room #lobby: owned by alice, {setting}", OwnedRoom.Answer(_house.Alice, "/room")[1]);

        Assert.Equal([$"Room #lobby: {setting} is off now."], _house.Undo());
        Assert.Equal(RoomModes.None, _house.Lobby.Settings.Modes);
        Assert.Equal(RoomModes.None, _house.Store.Rooms[_house.Lobby.Id].Modes);
        Assert.Equal($"room #lobby {setting} on", _house.LastAct.Undo);
    }

    [Fact]
    public void Nobody_else_changes_a_room()
    {
        foreach (string call in (string[])["hidden on", "slow 5s", "owner bob", "close", "lobby close", "hidden", "slow"])
        {
            Assert.Equal(["Only alice, who owns #lobby, can do that."], OwnedRoom.Answer(_house.Bob, $"/room {call}"));
        }

        Assert.Empty(_house.Store.Audit);
    }

    [Theory]
    [InlineData("/room hidden", "Invalid room parameters: hidden is on or off. Usage: /room [ROOM] hidden on|off")]
    [InlineData("/room hidden maybe", "Invalid room parameters: hidden is on or off. Usage: /room [ROOM] hidden on|off")]
    [InlineData("/room slow", "Invalid room parameters: slow is off, or whole seconds from 1s to 6h. Usage: /room [ROOM] slow DURATION|off")]
    [InlineData("/room slow 0s", "Invalid room parameters: slow is off, or whole seconds from 1s to 6h. Usage: /room [ROOM] slow DURATION|off")]
    [InlineData("/room slow 1500ms", "Invalid room parameters: slow is off, or whole seconds from 1s to 6h. Usage: /room [ROOM] slow DURATION|off")]
    [InlineData("/room slow 7h", "Invalid room parameters: slow is off, or whole seconds from 1s to 6h. Usage: /room [ROOM] slow DURATION|off")]
    [InlineData("/room slow -1s", "Invalid room parameters: slow is off, or whole seconds from 1s to 6h. Usage: /room [ROOM] slow DURATION|off")]
    [InlineData("/room slow 99999999999999999999s", "Invalid room parameters: slow is off, or whole seconds from 1s to 6h. Usage: /room [ROOM] slow DURATION|off")]
    [InlineData("/room owner", "Invalid room parameters: USER is missing. Usage: /room [ROOM] owner USER")]
    [InlineData("/room owner nobody", "User not found: nobody")]
    [InlineData("/room owner carol", "Only registered users can own a room, and carol is a guest.")]
    [InlineData("/room owner boss", "Only somebody in #lobby can be given it.")]
    [InlineData("/room owner alice", "Room #lobby is that user's already.")]
    [InlineData("/room owner -", "User not found: -")]
    [InlineData("/room lobby loud on", "Invalid room parameters: no setting is called loud. Usage: /room [ROOM] [SETTING VALUE]")]
    [InlineData("/room lobby hidden on now", "Invalid room parameters: too many. Usage: /room [ROOM] [SETTING VALUE]")]
    [InlineData("/room lobby close now", "Invalid room parameters: too many. Usage: /room [ROOM] close")]
    [InlineData("/room nowhere hidden on", "Room not found: nowhere")]
    [InlineData("/room loud on", "Room not found: loud")]
    [InlineData("/room # hidden on", "Room not found: #")]
    [InlineData("/room #lobby'; DROP TABLE rooms", "Invalid room parameters: too many. Usage: /room [ROOM] [SETTING VALUE]")]
    public void What_makes_no_sense_is_one_clear_line_and_changes_nothing(string line, string answer)
    {
        Assert.Equal([answer], OwnedRoom.Answer(_house.Alice, line));
        Assert.Empty(_house.Store.Audit);
    }

    [Fact]
    public void A_room_may_be_called_like_a_setting()
    {
        _house.Alice.Type("/join hidden", "/join owner", "/join lobby");

        // Alone it is the room, as it has always been; in front of a value the setting.
        Assert.Equal("You now talk in #hidden.", OwnedRoom.Answer(_house.Alice, "/room hidden")[0]);
        Assert.Equal(["Room #hidden: slow is 5s now, by alice."], OwnedRoom.Answer(_house.Alice, "/room slow 5s"));
        Assert.Equal(["Room #hidden: hidden is on now, by alice."], OwnedRoom.Answer(_house.Alice, "/room hidden on"));
        Assert.Equal(["Room #hidden: hidden is off now, by alice."], OwnedRoom.Answer(_house.Alice, "/room hidden hidden off"));
        Assert.Equal(["User not found: close"], OwnedRoom.Answer(_house.Alice, "/room owner close"));
        Assert.StartsWith("Room #owner was closed", OwnedRoom.Answer(_house.Alice, "/room #owner close")[0], StringComparison.Ordinal);
        Assert.Equal("You now talk in #hidden.", OwnedRoom.Answer(_house.Alice, "/room #hidden")[0]);
    }

    [Fact]
    public void An_owner_gives_a_room_to_somebody_in_it_and_is_a_member_like_others_then()
    {
        Assert.Equal(["Room #lobby: it is owned by bob now, by alice."], OwnedRoom.Answer(_house.Alice, "/room owner bob"));
        Assert.Equal(["Only bob, who owns #lobby, can do that."], OwnedRoom.Answer(_house.Alice, "/room hidden on"));
        Assert.Equal(_house.UserOf("bob").Account!.Id, _house.Store.Rooms[_house.Lobby.Id].Owner);

        Assert.Equal("room #lobby owner alice", _house.LastAct.Undo);
        Assert.Equal(["Room #lobby: it is owned by alice now."], _house.Undo());
        Assert.Equal(["Room #lobby: it is owned by nobody now."], OwnedRoom.Answer(_house.Root, "room lobby owner -"));
        Assert.Equal(["Room #lobby: it is owned by alice now."], OwnedRoom.Answer(_house.Root, "room lobby owner alice"));
        Assert.Equal("room #lobby owner -", _house.LastAct.Undo);
    }

    [Fact]
    public void A_room_is_not_given_to_somebody_who_owns_as_many_as_allowed()
    {
        OwnedRoom house = new(new ChatOptions { FloodRate = 0, MaxRoomsPerAccount = 2 });
        house.Bob.Type("/join one", "/join two", "/join three");
        Assert.Equal(
            ["Cannot open the room: you own too many rooms (limit 2). Close one: /room ROOM close"], OwnedRoom.Answer(house.Bob, "/join three"));
        Assert.Equal(["Cannot give #lobby away: bob owns too many rooms (limit 2)"], OwnedRoom.Answer(house.Alice, "/room owner bob"));
        house.Bob.Type("/room one close");
        Assert.Equal(["Room #lobby: it is owned by bob now, by alice."], OwnedRoom.Answer(house.Alice, "/room owner bob"));
    }

    [Fact]
    public void A_closed_room_is_gone_with_all_that_was_said_and_who_was_banned()
    {
        _house.Bob.Type("secret plans", "/join dev");
        _house.Alice.Type("/ban carol");
        long id = _house.Lobby.Id;
        _house.ReadAll();
        Assert.Equal(["Room #lobby was closed by alice, with all that was said in it."], OwnedRoom.Answer(_house.Alice, "/room close"));

        Assert.Equal(["Room #lobby was closed by alice, with all that was said in it."], _house.Bob.ReadTexts());
        Assert.Empty(_house.Carol.ReadTexts());
        Assert.False(_house.Chat.Server.Chat.Rooms.TryFind("lobby"u8, out _));
        Assert.False(_house.Store.Rooms.ContainsKey(id));
        Assert.Empty(_house.Store.Lines);
        Assert.Equal(0, _house.Chat.Server.Chat.Bans.Count);
        Assert.Equal("", _house.LastAct.Undo);
        Assert.Equal(0, _house.Chat.Server.Chat.History.Count);
        Assert.StartsWith("You are in #lobby (1 person)", OwnedRoom.Answer(_house.Carol, "join lobby")[0], StringComparison.Ordinal);
        Assert.NotEqual(id, _house.Lobby.Id);
    }

    [Fact]
    public void An_owner_who_is_elsewhere_closes_a_room_by_its_name()
    {
        _house.Alice.Type("/leave lobby");
        Assert.Equal(["Room #lobby is closed."], OwnedRoom.Answer(_house.Alice, "room lobby close"));
        Assert.Equal("Room #lobby was closed by alice, with all that was said in it.", _house.Bob.ReadTexts()[^1]);
    }
}
