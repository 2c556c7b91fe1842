using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>What the owner of a room does against those who disturb others there.</summary>
public sealed class RoomModerationSpecs
{
    private readonly OwnedRoom _house = new();

    [Fact]
    public void A_member_who_takes_a_banned_name_is_put_out()
    {
        _house.Guest("eve", 9).Type("quit");
        OwnedRoom.Answer(_house.Alice, "/ban eve be kind");
        _house.Carol.ReadTexts();

        Assert.StartsWith("You were banned from #lobby", OwnedRoom.Answer(_house.Carol, "/nick eve")[^1], StringComparison.Ordinal);
        Assert.StartsWith("You are in #other", OwnedRoom.Answer(_house.Carol, "join other")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_is_kicked_is_told_why_and_where_words_go_now_and_may_come_again()
    {
        _house.Carol.Type("/join dev", "/room lobby");
        Assert.Equal(["User carol was put out of #lobby."], OwnedRoom.Answer(_house.Alice, "/kick carol be kind"));
        Assert.Equal(["You were kicked from #lobby by alice: be kind. You now talk in #dev."], _house.Carol.ReadTexts()[^1..]);
        Assert.Equal(["#lobby - carol was put out by alice: be kind"], _house.Bob.ReadTexts());
        Assert.Equal(("kick", "carol", "lobby", "be kind", ""), (_house.LastAct.Action, _house.LastAct.Target, _house.LastAct.Room, _house.LastAct.Reason, _house.LastAct.Undo));
        Assert.Equal(["User carol is not in #lobby."], OwnedRoom.Answer(_house.Alice, "/kick carol"));
        Assert.StartsWith("You are in #lobby", OwnedRoom.Answer(_house.Carol, "/join lobby")[0], StringComparison.Ordinal);

        // Also from elsewhere.
        _house.Alice.Type("/leave");
        Assert.Equal(["User carol was put out of #lobby."], OwnedRoom.Answer(_house.Alice, "kick carol #lobby"));
        Assert.Equal("You were kicked from #lobby by alice. You now talk in #dev.", _house.Carol.ReadTexts()[^1]);
    }

    [Theory]
    [InlineData("/kick alice", "You cannot do that to yourself. To leave: /leave lobby")]
    [InlineData("/kick nobody", "User not found: nobody")]
    [InlineData("/kick bob #nowhere", "Room not found: #nowhere")]
    [InlineData("/kick", "Invalid kick parameters: USER is missing. Usage: /kick USER [#ROOM] [REASON]")]
    [InlineData("/ban nobody", "User not found: nobody")]
    [InlineData("/ban alice", "You cannot do that to yourself. To leave: /leave lobby")]
    [InlineData("/ban boss", "Only operators can do that to boss, who is an operator.")]
    [InlineData("/ban '; DROP TABLE bans; --", "User not found: ';")]
    [InlineData("/ban carol 0s", "Too short: it must last for a second at least.")]
    [InlineData("/ban carol 10ms", "Too short: it must last for a second at least.")]
    [InlineData("/ban 192.0.2.7/33", "User not found: 192.0.2.7/33")]
    [InlineData("/mute root", "Only operators can do that to boss, who is an operator.")]
    [InlineData("/unban carol", "No ban of carol in #lobby. To see all: /bans")]
    [InlineData("/unban 1", "No ban of yours has the number 1. To see all: /bans")]
    [InlineData("/unban 99999999999999999999", "No ban of 99999999999999999999 in #lobby. To see all: /bans")]
    [InlineData("/unban carol lobby", "Invalid parameters: a room begins with # here. Usage: /unban TARGET [#ROOM]")]
    [InlineData("/bans lobby", "Invalid parameters: a room begins with # here. Usage: /bans [#ROOM]")]
    [InlineData("/bans", "Nobody is banned from #lobby or muted there.")]
    [InlineData("/kick bob *", "Only operators can do that.")]
    [InlineData("/ban bob *", "Only operators can do that.")]
    [InlineData("/bans *", "Only operators can do that.")]
    public void What_makes_no_sense_is_one_clear_line(string line, string answer)
    {
        Assert.Equal([answer], OwnedRoom.Answer(_house.Alice, line));
        Assert.Empty(_house.Store.Audit);
        Assert.Empty(_house.Store.Bans);
    }

    [Fact]
    public void Only_the_owner_and_operators_do_any_of_it()
    {
        foreach (string call in (string[])["kick carol", "ban carol", "mute carol", "unban carol", "unmute carol", "bans", "delete 1", "kick carol #lobby"])
        {
            Assert.Equal(["Only alice, who owns #lobby, can do that."], OwnedRoom.Answer(_house.Bob, $"/{call}"));
        }

        Assert.Equal(["You are not in a room. Join one: join ROOM"], OwnedRoom.Answer(_house.Guest("dave", 9), "kick carol"));
        Assert.Equal(["User alice was put out of #lobby."], OwnedRoom.Answer(_house.Root, "kick alice #lobby"));
    }

    [Fact]
    public void A_banned_guest_is_put_out_and_can_not_come_again_under_another_name_or_over_another_connection()
    {
        Assert.Equal(["Ban 1: carol until 20240301 00:59:58, by alice: spam"], OwnedRoom.Answer(_house.Alice, "/ban carol 1h spam"));
        Assert.Equal("You were banned from #lobby by alice until 20240301 00:59:58: spam.", _house.Carol.ReadTexts()[^1]);
        Assert.Equal(["#lobby - carol was put out by alice: spam"], _house.Bob.ReadTexts());

        string refusal = "You are banned from #lobby by alice until 20240301 00:59:58: spam.";
        Assert.Equal([refusal], OwnedRoom.Answer(_house.Carol, "join lobby"));
        Assert.Equal([refusal], OwnedRoom.Answer(_house.Carol.Type("nick other"), "join lobby"));
        Assert.Equal([refusal], OwnedRoom.Answer(_house.Guest("dave", 7), "join lobby"));
        Assert.Equal([refusal], OwnedRoom.Answer(_house.Guest("carol", 8), "join lobby"));
        Assert.StartsWith("You are in #lobby", OwnedRoom.Answer(_house.Guest("erin", 8), "join lobby")[0], StringComparison.Ordinal);

        // The owner sees no address; the operator does.
        Assert.Equal("Ban 1: carol until 20240301 00:59:58, by alice: spam", OwnedRoom.Answer(_house.Alice, "/bans")[0]);
        Assert.Equal("Ban 1: carol and 192.0.2.7 until 20240301 00:59:58, by alice: spam", OwnedRoom.Answer(_house.Root, "bans #lobby")[0]);

        _house.Chat.Advance(TimeSpan.FromHours(1));
        Assert.StartsWith("You are in #lobby", OwnedRoom.Answer(_house.Carol, "join lobby")[0], StringComparison.Ordinal);
        Assert.Equal(["Nobody is banned from #lobby or muted there."], OwnedRoom.Answer(_house.Alice, "/bans"));
        _house.Alice.Type("/mute bob");
        Assert.Equal(2, Assert.Single(_house.Store.Bans).Key);
    }

    [Fact]
    public void A_banned_account_is_kept_out_wherever_it_logs_in_and_its_neighbours_are_not()
    {
        _house.Alice.Type("/ban bob");
        Account bob = _house.UserOf("bob").Account!;
        Assert.Equal((bob.Id, "bob", ""), (_house.Store.Bans[1].Account, _house.Store.Bans[1].Name, _house.Store.Bans[1].Address));
        Assert.Equal(["You are banned from #lobby by alice."], OwnedRoom.Answer(_house.Bob.Type("nick robert"), "join lobby"));
        SimulatedClient phone = _house.Guest("phone", 9);
        _house.LogIn("phone", bob);
        Assert.Equal(["You are banned from #lobby by alice."], OwnedRoom.Answer(phone, "join lobby"));
    }

    [Fact]
    public void An_address_is_banned_for_all_but_operators_and_the_owner()
    {
        Assert.Equal(["Ban 1: 192.0.2.0/24, by alice"], OwnedRoom.Answer(_house.Alice, "/ban 192.0.2.99/24"));
        Assert.Equal("You were banned from #lobby by alice.", _house.Carol.ReadTexts()[^1]);
        Assert.DoesNotContain(_house.Bob.ReadTexts(), line => line.StartsWith("You", StringComparison.Ordinal));
        Assert.Equal(["No longer banned from #lobby: 192.0.2.0/24"], OwnedRoom.Answer(_house.Alice, "/unban 192.0.2.0/24"));
        Assert.Equal("ban 192.0.2.0/24 #lobby", _house.LastAct.Undo);
    }

    [Fact]
    public void Every_session_of_a_banned_user_is_told_and_leaves()
    {
        SimulatedClient phone = _house.Chat.Connect();
        _house.LogIn("u1004", _house.UserOf("bob").Account!);
        phone.ReadTexts();
        _house.Alice.Type("/ban bob");
        Assert.Equal(["You were banned from #lobby by alice."], phone.ReadTexts());
        Assert.Equal("You were banned from #lobby by alice.", _house.Bob.ReadTexts()[^1]);
    }

    [Fact]
    public void Bans_and_mutes_are_undone_by_number_from_everywhere_and_redone_with_what_is_left_of_the_time()
    {
        foreach (string kind in (string[])["ban", "mute"])
        {
            _house.Alice.Type($"/{kind} carol 1h spam, again");
            string undo = _house.LastAct.Undo;
            Assert.Matches($@"^un{kind} \d+$", undo);
            _house.Chat.Advance(TimeSpan.FromMinutes(30));
            Assert.Equal([kind == "ban" ? "No longer banned from #lobby: carol" : "No longer muted in #lobby: carol"], _house.Undo());
            Assert.Empty(_house.Store.Bans);
            Assert.Equal($"{kind} carol #lobby 30m spam, again", _house.LastAct.Undo);
            _house.Undo();
            StoredBan again = Assert.Single(_house.Store.Bans).Value;
            Assert.Equal(("carol", "192.0.2.7", "spam, again"), (again.Name, again.Address, again.Reason));
            Assert.Equal(TimeSpan.FromMinutes(30), new TimeSpan(again.Until - again.Since));
            _house.Alice.Type($"/un{kind} carol");
            Assert.Empty(_house.Store.Bans);
        }
    }

    [Fact]
    public void Others_can_not_undo_an_owner_s_ban_nor_see_that_there_is_one()
    {
        _house.Alice.Type("/ban carol");
        Assert.Equal(["No ban of yours has the number 1. To see all: /bans"], OwnedRoom.Answer(_house.Bob, "/unban 1"));
        Assert.Equal(["No mute of yours has the number 1. To see all: /bans"], OwnedRoom.Answer(_house.Alice, "/unmute 1"));
        Assert.Equal(["No longer banned from #lobby: carol"], OwnedRoom.Answer(_house.Alice, "/unban 1"));
        Assert.StartsWith("You are in #lobby", OwnedRoom.Answer(_house.Carol, "join lobby")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_muted_hears_everything_and_says_nothing_until_it_ends()
    {
        Assert.Equal(["Mute 1: carol until 20240301 00:09:58, by alice"], OwnedRoom.Answer(_house.Alice, "/mute carol 10m"));
        string refusal = "You are muted in #lobby by alice until 20240301 00:09:58.";
        Assert.Equal(refusal, _house.Carol.ReadTexts()[^1]);
        foreach (string call in (string[])["hello", "/me waves", "/say lobby hi", "/msg #lobby hi", "/topic mine"])
        {
            Assert.Equal([refusal], OwnedRoom.Answer(_house.Carol, call));
        }

        _house.Bob.ReadTexts();
        Assert.Empty(OwnedRoom.Answer(_house.Bob, "hello"));
        Assert.Equal(["#lobby bob hello"], _house.Carol.ReadTexts());
        Assert.Equal(["Message is delivered to bob"], OwnedRoom.Answer(_house.Carol, "/msg bob hi"));
        _house.Carol.Type("/join dev");
        Assert.Empty(OwnedRoom.Answer(_house.Carol, "hello"));

        _house.Chat.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(OwnedRoom.Answer(_house.Carol, "/say lobby hello"));
    }

    [Theory]
    [InlineData("/mute carol")]
    [InlineData("/room moderated on")]
    public void Somebody_who_may_not_talk_says_nothing_on_leaving_the_chat_either(string line)
    {
        _house.Alice.Type(line);
        _house.ReadAll();

        _house.Carol.Type("/quit you all stink");

        Assert.Equal(["#lobby - carol quit"], _house.Bob.ReadTexts());
    }

    [Fact]
    public void Banning_somebody_again_replaces_the_ban()
    {
        _house.Alice.Type("/ban bob 1h first");
        Assert.Equal(["Ban 1: bob, by alice: second"], OwnedRoom.Answer(_house.Alice, "/ban bob second"));
        Assert.Equal("second", Assert.Single(_house.Store.Bans).Value.Reason);
        Assert.Equal(1, _house.Chat.Server.Chat.Bans.Count);
    }

    [Fact]
    public void Somebody_who_has_left_can_be_banned_and_somebody_who_was_never_here_can_not()
    {
        _house.Carol.HangUp();
        Assert.Equal(["Ban 1: carol, by alice"], OwnedRoom.Answer(_house.Alice, "/ban @carol"));
        Assert.Equal(["You are banned from #lobby by alice."], OwnedRoom.Answer(_house.Guest("Carol", 9), "join lobby"));
    }

    [Fact]
    public void A_room_has_a_limited_number_of_bans_and_a_reason_a_length()
    {
        for (int i = 0; i < ChatOptions.RoomBans; i++)
        {
            _house.Alice.Type($"/ban 10.0.{i}.0/24");
        }

        Assert.Equal([$"Too many bans in #lobby (limit {ChatOptions.RoomBans}). To see them: /bans #lobby"], OwnedRoom.Answer(_house.Alice, "/ban bob"));
        Assert.Equal(["Mute 201: bob, by alice"], OwnedRoom.Answer(_house.Alice, "/mute bob"));
        string[] list = OwnedRoom.Answer(_house.Alice, "/bans");
        Assert.Equal($"Bans not shown, which are older: {ChatOptions.RoomBans + 1 - ChatOptions.BansShown}", list[0]);
        Assert.Equal(ChatOptions.BansShown + 1, list.Length);
        Assert.Equal(["Too long: a reason has at most 300 bytes."], OwnedRoom.Answer(_house.Alice, $"/kick bob {new string('x', 301)}"));
        Assert.Equal(["User bob was put out of #lobby."], OwnedRoom.Answer(_house.Alice, $"/kick bob {new string('x', 300)}"));
    }

    [Fact]
    public void An_owner_can_not_be_put_out_by_anybody_but_an_operator()
    {
        _house.Alice.Type("/room owner bob");
        Assert.Equal(["Only bob, who owns #lobby, can do that."], OwnedRoom.Answer(_house.Alice, "/ban bob"));
        Assert.Equal(["Ban 1: bob, by boss"], OwnedRoom.Answer(_house.Root, "ban bob #lobby"));

        // Nobody keeps an owner out of what is the owner's.
        Assert.Contains("#lobby", string.Concat(OwnedRoom.Answer(_house.Bob, "/whois bob")), StringComparison.Ordinal);
    }
}
