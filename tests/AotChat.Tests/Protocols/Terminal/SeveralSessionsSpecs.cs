using System.Text;
using AotChat.Chat;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>One person at several terminals is one user.</summary>
public sealed class SeveralSessionsSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _desk;
    private readonly SimulatedClient _phone;
    private readonly SimulatedClient _bob;
    private readonly User _alice;

    public SeveralSessionsSpecs()
    {
        Account account = TestAccounts.New("alice");
        _desk = _chat.Connect();
        LogIn("u1000", account);
        _desk.Type("nick alice", "join lobby");
        _bob = _chat.Connect();
        _bob.Type("nick bob", "join lobby");
        _phone = _chat.Connect();
        LogIn("u1002", account);
        Assert.True(_chat.Server.Users.TryFind("alice"u8, out User? alice));
        _alice = alice;
        ReadAll();
    }

    [Fact]
    public void Two_terminals_of_one_user_both_get_what_others_say()
    {
        _bob.Type("hello", "/msg alice just you", "/broadcast everybody");
        string[] expected = ["#lobby bob hello", "bob just you", "(all) bob everybody"];
        Assert.Equal(expected, _desk.ReadTexts());
        Assert.Equal(expected, _phone.ReadTexts());
    }

    [Fact]
    public void A_line_said_on_one_terminal_is_shown_on_the_other_and_answers_are_not()
    {
        _phone.Type("hello", "/me waves", "/w");
        Assert.Equal(["#lobby alice hello", "#lobby * alice waves"], _desk.ReadTexts());
        Assert.Equal(["#lobby alice hello", "#lobby * alice waves"], _bob.ReadTexts());
        Assert.Equal(["Online users: bob"], _phone.ReadTexts());

        _desk.Type("/broadcast everybody", "/nick alicia", "/topic new");
        Assert.Equal(["(all) alice everybody", "User alice is now known as alicia", "#lobby = alicia set the topic: new"], _phone.ReadTexts());
    }

    [Fact]
    public void A_user_with_two_terminals_is_listed_once()
    {
        _bob.Type("/w", "/w lobby");
        Assert.Equal(["Online users: alice", "Users in #lobby: alice, bob"], _bob.ReadTexts());
        Assert.Equal(2, _chat.Server.Users.Count);
    }

    [Fact]
    public void The_user_stays_until_the_last_terminal_is_gone()
    {
        _desk.HangUp();
        Assert.Empty(_bob.ReadTexts());
        _bob.Type("still there?");
        Assert.Equal(["#lobby bob still there?"], _phone.ReadTexts());
        _phone.Type("yes");
        Assert.Equal(["#lobby alice yes"], _bob.ReadTexts());

        _phone.HangUp();
        Assert.Equal(["#lobby - alice quit"], _bob.ReadTexts());
        Assert.False(_alice.IsOnline);
        Assert.Null(_alice.Account!.User);
        Assert.Empty(_chat.Log.Entries);
    }

    [Fact]
    public void A_job_ends_with_the_last_terminal_and_not_before()
    {
        _desk.Type("/fib bob 5");
        _desk.Transport.Broken = true;
        _chat.Settle();
        Assert.True(_desk.Transport.Closed);
        Assert.Equal(1, _chat.Jobs.Count);

        _phone.Transport.Broken = true;
        _chat.Settle();
        Assert.Equal(0, _chat.Jobs.Count);
    }

    [Fact]
    public void A_job_whose_result_is_for_the_user_goes_on_for_the_other_terminal()
    {
        _bob.Type("/fib alice 5");
        _desk.Transport.Broken = true;
        _chat.Settle();
        Assert.Equal(1, _chat.Jobs.Count);

        _phone.Transport.Broken = true;
        _chat.Settle();
        Assert.Equal(0, _chat.Jobs.Count);
    }

    [Fact]
    public void A_guest_who_becomes_a_second_terminal_has_left()
    {
        SimulatedClient third = _chat.Connect();
        third.Type("join lobby");
        ReadAll();

        LogIn("u1003", _alice.Account!);

        Assert.Equal(["#lobby - u1003 quit"], _bob.ReadTexts());
        Assert.Equal(3, _alice.Sessions.Count);
        third.ReadTexts();
        third.Type("/whois alice");
        Assert.StartsWith("User alice: here since ", Assert.Single(third.ReadTexts()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_logs_in_a_second_time_stays_where_it_is()
    {
        _phone.HangUp();
        LogIn("alice", _alice.Account!);

        Assert.Empty(_bob.ReadTexts());
        Assert.Same(_alice, _alice.Account!.User);
        _bob.Type("hello");
        Assert.Equal(["#lobby bob hello"], _desk.ReadTexts());
    }

    [Fact]
    public void A_line_that_one_terminal_misses_is_told_there_with_the_way_to_read_it()
    {
        _phone.Transport.Window = 0;
        for (int i = 0; i < 400; i++)
        {
            _bob.Type(new string('x', 1000));
        }

        _phone.Transport.Window = int.MaxValue;
        _chat.Settle();
        Assert.Contains(_phone.ReadTexts(), line => line.StartsWith("You missed ", StringComparison.Ordinal) && line.Contains("/history lobby", StringComparison.Ordinal));
        Assert.DoesNotContain(_desk.ReadTexts(), line => line.StartsWith("You missed ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_user_who_is_logged_in_cannot_log_in_to_another_account()
    {
        Account other = TestAccounts.New("other");

        Assert.Throws<InvalidOperationException>(() => _chat.Server.Chat.LogIn(_alice.Sessions[0], other));

        Assert.Null(other.User);
        Assert.Same(_alice, _alice.Account!.User);
    }

    [Fact]
    public void The_name_of_an_account_is_not_asked_for()
    {
        SimulatedClient other = _chat.Connect();
        other.Type("nick alice");
        Assert.Equal(["Name is taken: alice"], other.ReadTexts());
    }

    private void LogIn(string name, Account account)
    {
        Assert.True(_chat.Server.Users.TryFind(Encoding.ASCII.GetBytes(name), out User? user));
        _chat.InLoop(() => _chat.Server.Chat.LogIn(user.Sessions[0], account));
        _chat.Settle();
    }

    private void ReadAll()
    {
        _desk.ReadTexts();
        _phone.ReadTexts();
        _bob.ReadTexts();
    }
}
