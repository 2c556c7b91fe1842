using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Who sees a room, and who may come in.</summary>
public sealed class RoomAccessSpecs
{
    private readonly OwnedRoom _house = new();

    [Fact]
    public void A_hidden_room_is_not_there_for_those_who_are_not_in_it()
    {
        _house.Alice.Type("/room hidden on", "/topic secret");
        _house.Bob.Type("the plan");
        SimulatedClient dave = _house.Guest("dave", 9);

        Assert.Equal(["No room is open. Open one: join ROOM"], OwnedRoom.Answer(dave, "rooms"));
        foreach (string call in (string[])["w lobby", "topic lobby", "history lobby", "search plan in:lobby", "say lobby hi", "msg #lobby hi", "room lobby", "leave lobby", "invite bob lobby", "bans #lobby", "kick bob #lobby", "delete 1 lobby", "room lobby hidden off"])
        {
            string answer = Assert.Single(OwnedRoom.Answer(dave, call));
            Assert.Equal(call.Contains('#', StringComparison.Ordinal) ? "Room not found: #lobby" : "Room not found: lobby", answer);
        }

        Assert.DoesNotContain("lobby", Assert.Single(OwnedRoom.Answer(dave, "whois bob")), StringComparison.Ordinal);
        Assert.Contains("in #lobby", Assert.Single(OwnedRoom.Answer(_house.Carol, "/whois bob")), StringComparison.Ordinal);
        Assert.Equal(["Room name is too similar to another one: l0bby"], OwnedRoom.Answer(dave, "join l0bby"));
        Assert.Equal(["#lobby (3 people) secret"], OwnedRoom.Answer(_house.Bob, "/rooms"));
        Assert.Equal(["#lobby (3 people) secret"], OwnedRoom.Answer(_house.Root, "rooms"));
    }

    [Fact]
    public void Who_knows_the_name_of_a_hidden_room_may_join_and_is_a_member_then()
    {
        _house.Alice.Type("/room hidden on");
        SimulatedClient dave = _house.Guest("dave", 9);
        Assert.StartsWith("You are in #lobby", OwnedRoom.Answer(dave, "join lobby")[0], StringComparison.Ordinal);
        Assert.Equal(["Users in #lobby: alice, bob, carol, dave"], OwnedRoom.Answer(dave, "/w lobby"));
    }

    [Fact]
    public void A_private_message_to_a_hidden_room_is_no_slip_to_those_who_do_not_know_it()
    {
        _house.Alice.Type("/room hidden on");
        SimulatedClient dave = _house.Guest("dave", 9);
        dave.Type("join dev").ReadTexts();
        Assert.Equal(OwnedRoom.Answer(dave, "msg #nowhere hello"), OwnedRoom.Answer(dave, "msg #lobby hello"));
    }

    [Fact]
    public void Nobody_joins_an_invite_only_room_uninvited_but_its_owner_and_operators()
    {
        _house.Alice.Type("/room invite-only on", "/leave");
        SimulatedClient dave = _house.Guest("dave", 9);
        Assert.Equal(["Room #lobby is invite-only. Ask alice, who owns it, for an invitation."], OwnedRoom.Answer(dave, "join lobby"));
        Assert.Equal(["Users in #lobby: bob, carol"], OwnedRoom.Answer(dave, "w lobby"));
        Assert.Equal(["Only people in #lobby can do that. Join it: join lobby"], OwnedRoom.Answer(dave, "history lobby"));
        Assert.StartsWith("You are in #lobby", OwnedRoom.Answer(_house.Alice, "join lobby")[0], StringComparison.Ordinal);
        Assert.StartsWith("You are in #lobby", OwnedRoom.Answer(_house.Root, "join lobby")[0], StringComparison.Ordinal);

        _house.Alice.Type("/room hidden on");
        Assert.Equal(["Room #lobby is invite-only. Ask its owner for an invitation."], OwnedRoom.Answer(dave, "join lobby"));
    }

    [Fact]
    public void An_invited_account_may_join_from_then_on_until_the_invitation_is_taken_back()
    {
        _house.Alice.Type("/room invite-only on");
        _house.Bob.Type("/leave").ReadTexts();
        Assert.StartsWith("Room #lobby is invite-only.", OwnedRoom.Answer(_house.Bob, "join lobby")[0], StringComparison.Ordinal);
        Assert.Equal(["User bob is invited to #lobby."], OwnedRoom.Answer(_house.Alice, "/invite bob"));
        Assert.Equal(["You are invited to #lobby by alice. Join it: /join lobby"], _house.Bob.ReadTexts());
        Assert.Equal(_house.UserOf("bob").Account!.Id, Assert.Single(_house.Store.Rooms[_house.Lobby.Id].Invited));
        Assert.Equal("uninvite bob #lobby", _house.LastAct.Undo);

        Assert.StartsWith("You are in #lobby", OwnedRoom.Answer(_house.Bob, "/join lobby")[0], StringComparison.Ordinal);
        Assert.Equal(["User bob is in #lobby already."], OwnedRoom.Answer(_house.Alice, "/invite bob"));
        _house.Bob.Type("/leave");
        Assert.Equal(["Room #lobby: bob is no longer invited."], _house.Undo());
        Assert.StartsWith("Room #lobby is invite-only.", OwnedRoom.Answer(_house.Bob, "join lobby")[0], StringComparison.Ordinal);
        Assert.Equal(["Nobody called bob is invited to #lobby."], OwnedRoom.Answer(_house.Alice, "/uninvite bob"));
    }

    [Fact]
    public void An_invited_guest_may_join_while_here()
    {
        _house.Alice.Type("/room invite-only on");
        SimulatedClient dave = _house.Guest("dave", 9);
        Assert.Equal(["User dave is invited to #lobby."], OwnedRoom.Answer(_house.Alice, "/invite dave"));
        Assert.StartsWith("You are in #lobby", OwnedRoom.Answer(dave, "join lobby")[0], StringComparison.Ordinal);
        dave.Type("/leave");
        Assert.Equal(["User dave is no longer invited to #lobby."], _house.Undo());
        Assert.StartsWith("Room #lobby is invite-only.", OwnedRoom.Answer(dave, "join lobby")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Members_ask_others_into_an_open_room_and_only_its_owner_into_an_invite_only_one()
    {
        SimulatedClient dave = _house.Guest("dave", 9);
        dave.ReadTexts();
        Assert.Equal(["User dave is invited to #lobby."], OwnedRoom.Answer(_house.Carol, "/invite dave"));
        Assert.Equal(["You are invited to #lobby by carol. Join it: /join lobby"], dave.ReadTexts());
        Assert.Equal(["Only people in #lobby can do that. Join it: join lobby"], OwnedRoom.Answer(dave, "invite bob lobby"));
        Assert.Equal(["User not found: nobody"], OwnedRoom.Answer(_house.Carol, "/invite nobody"));
        Assert.Equal(["You are not in a room. Join one: join ROOM"], OwnedRoom.Answer(dave, "invite bob"));
        Assert.Empty(_house.Store.Audit);

        _house.Alice.Type("/room invite-only on");
        Assert.Equal(["Only alice, who owns #lobby, can do that."], OwnedRoom.Answer(_house.Carol, "/invite dave"));
        Assert.Equal(["Only alice, who owns #lobby, can do that."], OwnedRoom.Answer(_house.Carol, "/uninvite dave"));
        Assert.Equal(["User not found: nobody"], OwnedRoom.Answer(_house.Alice, "/invite nobody"));
    }

    [Fact]
    public void Who_is_banned_is_not_invited()
    {
        _house.Alice.Type("/room invite-only on", "/ban carol");
        Assert.Equal(["Cannot invite carol, who is banned from #lobby."], OwnedRoom.Answer(_house.Alice, "/invite carol"));
    }
}
