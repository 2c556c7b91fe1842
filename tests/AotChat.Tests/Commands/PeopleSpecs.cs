using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>Names, and what follows the person behind one.</summary>
public sealed class PeopleSpecs
{
    private static readonly PeerAddress Elsewhere = PeerAddress.FromV4([192, 0, 2, 1], 1);

    private readonly SimulatedChat _chat = new(new ChatOptions { FloodRate = 0, MaxIgnored = 2, MaxAwayBytes = 20 });
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;

    public PeopleSpecs()
    {
        _alice = _chat.Connect();
        _bob = _chat.Connect(peer: Elsewhere);
        _alice.Type("nick alice").ReadTexts();
        _bob.Type("nick bob").ReadTexts();
    }

    [Fact]
    public void A_name_is_chosen_with_nick()
    {
        Assert.Equal(["You are now known as Alice2"], _alice.Type("nick Alice2").ReadTexts());

        Assert.Equal(["Online users: Alice2"], _bob.Type("w").ReadTexts());
        Assert.Equal(["Message is delivered to Alice2"], _bob.Type("msg alice2 hi").ReadTexts());
        Assert.Equal(["bob hi"], _alice.ReadTexts());
        Assert.Equal(["User not found: alice"], _bob.Type("msg alice hi").ReadTexts());
        Assert.Equal(["User not found: u1000"], _bob.Type("msg u1000 hi").ReadTexts());
    }

    [Theory]
    [InlineData("nick", "Invalid nick parameters: NAME is missing. Usage: nick NAME")]
    [InlineData("nick Server.", "Name is reserved: Server.")]
    [InlineData("nick two words", "Invalid nick parameters: too many words. Usage: nick NAME")]
    [InlineData("nick bob", "You are already known as bob.")]
    [InlineData("nick alice", "Name is taken: alice")]
    [InlineData("nick AL1CE", "Name is taken: AL1CE")]
    [InlineData("nick x,y", "Invalid name: x,y (a name has 1 to 24 ASCII letters, digits, _ - or . and begins with a letter)")]
    [InlineData("nick u1000", "Name is reserved: u1000")]
    [InlineData("nick admin", "Name is reserved: admin")]
    [InlineData("nick ad-m1n_0", "Name is reserved: ad-m1n_0")]
    [InlineData("nick sy5tem", "Name is reserved: sy5tem")]
    [InlineData("nick user1", "You are now known as user1")]
    [InlineData("nick @carol", "Invalid name: @carol (a name has 1 to 24 ASCII letters, digits, _ - or . and begins with a letter)")]
    [InlineData("nick u2345", "Name is reserved: u2345")]
    [InlineData("nick Server", "Name is reserved: Server")]
    [InlineData("nick 0nline", "Invalid name: 0nline (a name has 1 to 24 ASCII letters, digits, _ - or . and begins with a letter)")]
    [InlineData("nick Onl1ne", "Name is reserved: Onl1ne")]
    [InlineData("nick msg", "Name is reserved: msg")]
    [InlineData("nick nnsg", "You are now known as nnsg")]
    [InlineData("nick colour", "Name is reserved: colour")]
    public void A_name_that_is_not_allowed_is_refused(string line, string answer) =>
        Assert.Equal([answer], _bob.Type(line).ReadTexts());

    [Fact]
    public void Everybody_sharing_a_room_hears_of_a_new_name_once()
    {
        SimulatedClient carol = _chat.Connect();
        Array.ForEach([_alice, _bob], client => client.Type("join lobby", "/join dev"));
        Array.ForEach([_alice, _bob], client => client.ReadTexts());
        Assert.Equal(["You are now known as alison"], _alice.Type("/nick alison").ReadTexts());

        Assert.Equal(["User alice is now known as alison"], _bob.ReadTexts());
        Assert.Empty(carol.ReadTexts());
        _alice.Type("hello");
        Assert.Equal(["#dev alison hello"], _bob.ReadTexts());
    }

    [Fact]
    public void A_job_follows_its_owner_through_a_new_name()
    {
        _bob.Type("fib alice 5");
        _alice.Type("nick alison").ReadTexts();
        _chat.InLoop(_chat.Jobs.RunNext);
        _chat.Settle();

        Assert.Equal(["fib(5) = 5"], _alice.ReadTexts());
        Assert.Equal(["Fib result is delivered to alison"], _bob.ReadTexts());
    }

    [Fact]
    public void A_user_who_takes_a_name_that_was_left_gets_nothing_meant_for_its_last_owner()
    {
        _bob.Type("fib alice 5");
        _alice.Type("quit");
        SimulatedClient other = _chat.Connect();
        other.Type("nick alice").ReadTexts();

        Assert.Empty(other.ReadTexts());
        Assert.Equal(["Cannot deliver fib result to alice"], _bob.ReadTexts());
    }

    [Fact]
    public void Whois_shows_since_when_how_active_and_in_which_rooms()
    {
        Assert.Equal(["User alice: here since 20240229 23:59:58, idle for 0 s"], _bob.Type("whois ALICE").ReadTexts());
        _alice.Type("join lobby", "/join dev", "/away lunch");
        _chat.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(
            ["User alice: here since 20240229 23:59:58, idle for 5 min, in #lobby #dev", "User alice is away: lunch"],
            _bob.Type("whois alice").ReadTexts());
        Assert.Equal(["User not found: nobody"], _bob.Type("whois nobody").ReadTexts());
    }

    [Fact]
    public void Only_operators_see_an_address()
    {
        Assert.DoesNotContain(", from ", _bob.Type("whois alice").ReadTexts()[0], StringComparison.Ordinal);
        Assert.True(_chat.Server.Users.TryFind("bob"u8, out User? bob));
        bob.Level = UserLevel.Operator;

        Assert.EndsWith($", from {default(PeerAddress)}", _bob.Type("whois alice").ReadTexts()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_who_writes_to_somebody_away_is_told_so()
    {
        Assert.Equal(["You are away: gone\tfishing"], _alice.Type("away gone\tfishing\u001b").ReadTexts());
        Assert.Equal(["Message is delivered to alice", "User alice is away: gone\tfishing"], _bob.Type("msg alice hi").ReadTexts());
        Assert.Equal(["You are back."], _alice.Type("away").ReadTexts()[1..]);
        Assert.Equal(["Message is delivered to alice"], _bob.Type("msg alice hi").ReadTexts());
        Assert.Equal(["You are away."], _alice.Type("away").ReadTexts()[1..]);
        Assert.Equal(["Message is delivered to alice", "User alice is away."], _bob.Type("msg alice hi").ReadTexts());
        Assert.Equal(["Away text too long (limit 20 bytes)."], _alice.Type("away " + new string('x', 21)).ReadTexts()[1..]);
        Assert.DoesNotContain("too long", _alice.Type("away " + new string('x', 20)).ReadTexts()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_ignored_user_is_not_heard_anywhere()
    {
        Array.ForEach([_alice, _bob], client => client.Type("join lobby"));
        Array.ForEach([_alice, _bob], client => client.ReadTexts());
        Assert.Equal(["You now ignore bob."], _alice.Type("/ignore bob").ReadTexts());
        Assert.Equal(["Cannot deliver the message to alice"], _bob.Type("/msg alice hi").ReadTexts());
        _bob.Type("hello", "/me waves", "/broadcast hi", "/fib alice 5");
        _chat.InLoop(_chat.Jobs.RunNext);
        _chat.Settle();

        Assert.Empty(_alice.ReadTexts());
        Assert.Equal(["Nobody was reached.", "Cannot deliver fib result to alice"], _bob.ReadTexts());
        Assert.Equal(["You no longer ignore bob."], _alice.Type("/unignore bob").ReadTexts());
        _bob.Type("hello");
        Assert.Equal(["#lobby bob hello"], _alice.ReadTexts());
    }

    [Fact]
    public void An_ignored_user_stays_ignored_under_another_name()
    {
        _alice.Type("ignore bob").ReadTexts();
        _bob.Type("nick bobby").ReadTexts();
        SimulatedClient other = _chat.Connect(peer: Elsewhere);
        other.Type("nick bob").ReadTexts();

        Assert.Equal(["Cannot deliver the message to alice"], _bob.Type("msg alice hi").ReadTexts());
        Assert.Equal(["Message is delivered to alice"], other.Type("msg alice hi").ReadTexts());
        Assert.Equal(["bob hi", "Ignored users: bobby"], _alice.Type("ignores").ReadTexts());
    }

    [Theory]
    [InlineData("ignore alice", "You cannot ignore yourself.")]
    [InlineData("ignore nobody", "User not found: nobody")]
    [InlineData("unignore bob", "You do not ignore bob.")]
    [InlineData("ignores", "You ignore nobody.")]
    public void A_call_that_can_ignore_nobody_is_answered_with_the_reason(string line, string answer) => Assert.Equal([answer], _alice.Type(line).ReadTexts());

    [Fact]
    public void Deeds_of_an_ignored_user_in_a_room_are_not_told_either()
    {
        _alice.Type("join lobby");
        _bob.Type("join lobby");
        _alice.Type("/ignore bob").ReadTexts();

        _bob.Type("/topic lobby spam", "/nick bobby", "/me spams", "/leave", "/join lobby", "/quit spam");

        Assert.Empty(_alice.ReadTexts());
    }

    [Fact]
    public void Nobody_ignores_more_than_allowed_and_strangers_who_left_do_not_count()
    {
        SimulatedClient carol = _chat.Connect();
        SimulatedClient dave = _chat.Connect();
        _alice.Type("ignore bob", "ignore u1002").ReadTexts();
        Assert.Equal(["You ignore too many people (limit 2). To make room: unignore USER"], _alice.Type("ignore u1003").ReadTexts());
        carol.HangUp();

        Assert.Equal(["You now ignore u1003."], _alice.Type("ignore u1003").ReadTexts());
        dave.HangUp();
        Assert.Equal(["Ignored users: bob"], _alice.Type("ignores").ReadTexts());
    }

    [Fact]
    public void R_answers_the_last_user_who_wrote()
    {
        SimulatedClient carol = _chat.Connect();
        Assert.Equal(["Nobody has sent you a message yet."], _alice.Type("r hello").ReadTexts());
        carol.Type("msg alice first");
        _bob.Type("msg alice second").ReadTexts();
        _bob.Type("nick bobby").ReadTexts();
        _alice.ReadTexts();
        Assert.Equal(["Message is delivered to bobby"], _alice.Type("r the answer").ReadTexts());
        Assert.Equal(["alice the answer"], _bob.ReadTexts());
        _bob.HangUp();

        Assert.Equal(["Cannot deliver the message to bobby"], _alice.Type("r still there?").ReadTexts());
    }

    [Fact]
    public void Seen_tells_when_somebody_was_last_here()
    {
        Assert.Equal(["User bob is here, idle for 0 s"], _alice.Type("seen bob").ReadTexts());
        _bob.Type("nick robert");
        _chat.Advance(TimeSpan.FromHours(3));
        Assert.Equal(["User bob was last here at 20240229 23:59:58, 3 h ago"], _alice.Type("seen BOB").ReadTexts());
        _bob.HangUp();

        Assert.Equal(["User robert was last here at 20240301 02:59:58, 0 s ago"], _alice.Type("seen robert").ReadTexts());
        Assert.Equal(["Nobody called nosuch has been seen here."], _alice.Type("seen nosuch").ReadTexts());
        Assert.Equal(["User alice is here, idle for 0 s"], _alice.Type("seen @alice").ReadTexts());
        Assert.Equal(["User robert was last here at 20240301 02:59:58, 0 s ago"], _alice.Type("seen @robert").ReadTexts());
    }

    [Fact]
    public void A_name_is_found_with_an_at_sign_in_front_and_one_that_is_not_is_told_as_typed()
    {
        Assert.Equal(["Message is delivered to alice"], _bob.Type("msg @alice hi").ReadTexts());
        Assert.Equal(["You now ignore alice."], _bob.Type("ignore @alice").ReadTexts());
        Assert.Equal(["You no longer ignore alice."], _bob.Type("unignore @ALICE").ReadTexts());
        Assert.Equal(["User not found: @nobody"], _bob.Type("msg @nobody hi").ReadTexts());
        Assert.Equal(["User not found: @nobody"], _bob.Type("whois @nobody").ReadTexts());
        Assert.Equal(["User not found: @nobody"], _bob.Type("unignore @nobody").ReadTexts());
        Assert.Equal(["User not found: @@alice"], _bob.Type("whois @@alice").ReadTexts());
    }

    [Fact]
    public void Msg_goes_to_several()
    {
        SimulatedClient carol = _chat.Connect();
        Assert.Equal(
            ["Message is delivered to alice", "User not found: nobody", "Message is delivered to u1002"],
            _bob.Type("msg alice,nobody,,u1002,ALICE hi all").ReadTexts());

        Assert.Equal(["bob hi all"], _alice.ReadTexts());
        Assert.Equal(["bob hi all"], carol.ReadTexts());
    }
}
