using AotChat.Chat;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>What owners do while the disk is broken, or slow.</summary>
public sealed class RoomFaultSpecs
{
    private readonly OwnedRoom _house = new();

    [Theory]
    [InlineData("/room hidden on")]
    [InlineData("/room slow 10s")]
    [InlineData("/room owner bob")]
    [InlineData("/room close")]
    [InlineData("/kick bob")]
    [InlineData("/ban bob")]
    [InlineData("/mute bob")]
    [InlineData("/voice bob")]
    [InlineData("/delete 1")]
    public void What_can_not_be_kept_is_refused_and_not_done(string line)
    {
        _house.Bob.Type("hello");
        _house.Store.Problem = "the disk is full";
        RoomSettings before = _house.Lobby.Settings;
        Assert.Equal(["Not done: nothing can be kept at present (the disk is full). Try again later."], OwnedRoom.Answer(_house.Alice, line));

        Assert.Equal(before, _house.Lobby.Settings);
        Assert.Equal(3, _house.Lobby.Members.Length);
        Assert.Equal(0, _house.Chat.Server.Chat.Bans.Count);
        Assert.False(_house.Lobby.IsClosing);
        _house.Store.Problem = null;
        Assert.NotEqual("Not done", OwnedRoom.Answer(_house.Alice, line)[0][..8]);
        Assert.Single(_house.Store.Audit);
    }

    [Fact]
    public void Nothing_takes_effect_before_it_is_on_disk_and_quick_changes_are_all_kept()
    {
        _house.Store.IsSlow = true;
        _house.Alice.Type("/room hidden on", "/room slow 10s", "/topic new", "/room moderated on", "/kick bob");
        Assert.Equal(RoomModes.None, _house.Lobby.Settings.Modes);
        Assert.NotNull(_house.UserOf("bob").MembershipOf(_house.Lobby));
        Answer();

        RoomSettings settings = _house.Lobby.Settings;
        StoredRoom kept = _house.Store.Rooms[_house.Lobby.Id];
        Assert.Equal((RoomModes.Hidden | RoomModes.Moderated, 10), (settings.Modes, settings.SlowSeconds));
        Assert.Equal((settings.Modes, settings.SlowSeconds, "new"), (kept.Modes, kept.SlowSeconds, kept.Topic));
        Assert.Null(_house.UserOf("bob").MembershipOf(_house.Lobby));
    }

    [Fact]
    public void A_change_that_fails_takes_none_along_that_were_asked_for_behind_it()
    {
        _house.Store.IsSlow = true;
        _house.Store.Problem = "the disk is full";
        _house.Alice.Type("/room hidden on");
        _house.Alice.Type("/topic new");
        Answer();
        _house.Store.Problem = null;
        _house.Alice.Type("/room moderated on");
        Answer();

        Assert.Equal(RoomModes.Moderated, _house.Lobby.Settings.Modes);
        Assert.Equal((RoomModes.Moderated, "new"), (_house.Store.Rooms[_house.Lobby.Id].Modes, _house.Store.Rooms[_house.Lobby.Id].Topic));
    }

    [Fact]
    public void A_room_that_is_being_closed_takes_no_more_changes()
    {
        _house.Store.IsSlow = true;
        _house.Alice.Type("/room close", "/room hidden on", "/room close", "/ban bob");
        Answer();

        Assert.Empty(_house.Store.Rooms);
        Assert.Empty(_house.Store.Bans);
        Assert.Equal(0, _house.Chat.Server.Chat.Bans.Count);
    }

    [Theory]
    [InlineData("room #lobby owner bob")]
    [InlineData("voice bob #lobby")]
    public void An_account_that_goes_while_the_disk_is_slow_gets_nothing_in_a_room(string line)
    {
        Account bob = _house.UserOf("bob").Account!;
        _house.Store.IsSlow = true;
        _house.Root.Type(line);
        _house.Chat.InLoop(() => _house.Chat.Server.Chat.Forget(bob));
        Answer();

        Assert.False(_house.Lobby.Settings.Names(bob.Id));
        Assert.Equal(_house.Lobby.Owner, _house.Store.Rooms[_house.Lobby.Id].Owner);
        Assert.Equal(_house.Lobby.Settings.Voices, _house.Store.Rooms[_house.Lobby.Id].Voices);
    }

    [Theory]
    [InlineData("room #lobby hidden on")]
    [InlineData("ban carol #lobby")]
    [InlineData("delete 1 #lobby")]
    public void Somebody_is_answered_though_the_room_is_gone_by_then(string line)
    {
        _house.Bob.Type("hello");
        _house.Root.ReadTexts();
        _house.Store.IsSlow = true;
        _house.Root.Type(line);
        _house.Chat.InLoop(() => _house.Chat.Server.Chat.Rooms.Close(_house.Lobby));
        Answer();

        Assert.Equal(["Room not found: lobby"], _house.Root.ReadTexts());
    }

    [Fact]
    public void Somebody_who_leaves_while_the_disk_is_slow_is_not_put_out_again()
    {
        _house.Store.IsSlow = true;
        _house.Alice.Type("/kick bob");
        _house.Bob.Type("/leave").ReadTexts();
        Answer();

        Assert.Empty(_house.Bob.ReadTexts());
    }

    private void Answer()
    {
        for (int i = 0; i < 10; i++)
        {
            _house.Chat.InLoop(_house.Store.Answer);
            _house.Chat.Settle();
        }

        Assert.DoesNotContain(_house.Chat.Log.Entries, entry => entry.ToString()!.Contains("failed", StringComparison.Ordinal));
    }
}
