using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Who may talk in a moderated or slow room, and set the topic of a locked one.</summary>
public sealed class TalkRuleSpecs
{
    private const string NoVoice = "Only people with a voice can talk in #lobby, which is moderated. Ask alice, who owns it, for one.";

    private readonly OwnedRoom _house = new();

    [Fact]
    public void In_a_moderated_room_its_owner_operators_and_those_with_a_voice_talk()
    {
        _house.Alice.Type("/room moderated on");
        foreach (string call in (string[])["hello", "/me waves", "/say lobby hello", "/msg #lobby hello", "/topic mine"])
        {
            Assert.Equal([NoVoice], OwnedRoom.Answer(_house.Bob, call));
        }

        Assert.Equal(["Room #lobby: bob has a voice now, by alice."], OwnedRoom.Answer(_house.Alice, "/voice bob"));
        Assert.Equal("devoice bob #lobby", _house.LastAct.Undo);
        Assert.Equal(["User bob has a voice in #lobby already."], OwnedRoom.Answer(_house.Alice, "/voice bob lobby"));
        Assert.Empty(OwnedRoom.Answer(_house.Bob, "hello"));
        Assert.Empty(OwnedRoom.Answer(_house.Alice, "hello"));
        Assert.Equal([NoVoice], OwnedRoom.Answer(_house.Carol, "hello"));
        _house.Root.Type("join lobby");
        Assert.Empty(OwnedRoom.Answer(_house.Root, "hello"));

        Assert.Contains("Room #lobby: bob has no voice any more, by boss.", _house.Undo());
        Assert.Equal([NoVoice], OwnedRoom.Answer(_house.Bob, "hello"));
    }

    [Theory]
    [InlineData("/voice carol", "Only registered users can have a voice, and carol is a guest.")]
    [InlineData("/voice nobody", "User not found: nobody")]
    [InlineData("/devoice bob", "Nobody called bob has a voice in #lobby.")]
    [InlineData("/voice bob nowhere", "Room not found: nowhere")]
    public void A_voice_is_an_account_s(string line, string answer) => Assert.Equal([answer], OwnedRoom.Answer(_house.Alice, line));

    [Fact]
    public void Only_the_owner_gives_and_takes_a_voice()
    {
        Assert.Equal(["Only alice, who owns #lobby, can do that."], OwnedRoom.Answer(_house.Bob, "/voice bob"));
        Assert.Equal(["Only alice, who owns #lobby, can do that."], OwnedRoom.Answer(_house.Bob, "/devoice bob"));
    }

    [Fact]
    public void In_a_slow_room_each_talks_once_in_the_time_and_is_told_how_long_to_wait()
    {
        _house.Alice.Type("/room slow 10s");
        Assert.Empty(OwnedRoom.Answer(_house.Carol, "one"));
        Assert.Equal(["Not sent: #lobby is slow. You can talk there again in 10 s."], OwnedRoom.Answer(_house.Carol, "two"));
        Assert.Empty(OwnedRoom.Answer(_house.Bob, "/me waves"));
        _house.Chat.Advance(TimeSpan.FromSeconds(9.5));
        Assert.Equal(["Not sent: #lobby is slow. You can talk there again in 1 s."], OwnedRoom.Answer(_house.Carol, "/me waves"));
        _house.Chat.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Empty(OwnedRoom.Answer(_house.Carol, "three"));
        Assert.Equal(["Not sent: #lobby is slow. You can talk there again in 10 s."], OwnedRoom.Answer(_house.Carol, "/topic mine"));

        // No way around it; and not for the owner.
        _house.Carol.Type("/leave", "join lobby");
        Assert.Equal(["Not sent: #lobby is slow. You can talk there again in 10 s."], OwnedRoom.Answer(_house.Carol, "four"));
        Assert.Empty(OwnedRoom.Answer(_house.Alice, "one"));
        Assert.Empty(OwnedRoom.Answer(_house.Alice, "two"));

        Assert.Equal("room #lobby slow off", _house.LastAct.Undo);
        _house.Undo();
        Assert.Empty(OwnedRoom.Answer(_house.Carol, "five"));
    }

    [Fact]
    public void A_locked_topic_is_the_owner_s()
    {
        _house.Alice.Type("/room topic-lock on");
        Assert.Equal(["Only alice, who owns #lobby, can do that."], OwnedRoom.Answer(_house.Bob, "/topic mine"));
        Assert.Equal(["Topic of #lobby: hers"], OwnedRoom.Answer(_house.Alice, "/topic hers"));
        Assert.Equal("hers", _house.Store.Rooms[_house.Lobby.Id].Topic);
        Assert.Equal(["Topic of #lobby: hers"], OwnedRoom.Answer(_house.Bob, "/topic"));
    }
}
