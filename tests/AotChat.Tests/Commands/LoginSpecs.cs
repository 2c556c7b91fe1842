using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Logging in and out.</summary>
public sealed class LoginSpecs
{
    private readonly AccountChat _house = new();

    [Fact]
    public void Who_holds_the_name_when_its_owner_logs_in_is_renamed_and_told_and_the_room_hears_it()
    {
        // The name is taken while the account is on its way to the disk.
        SimulatedClient alice = _house.Guest("alice");
        _house.Store.IsSlow = true;
        _house.Type(alice, "register " + AccountChat.Password);
        alice.Type("nick elsewhere");
        SimulatedClient thief = _house.Guest("alice");
        _house.Answer();
        _house.Store.IsSlow = false;
        Assert.Contains("Name registered: alice. To use it: login alice PASSWORD", alice.ReadTexts());
        thief.Type("join lobby").ReadTexts();
        SimulatedClient bob = _house.Guest("bob");
        bob.Type("join lobby").ReadTexts();
        thief.ReadTexts();

        Assert.Equal(["You are logged in as alice."], _house.Type(alice, "login ALICE " + AccountChat.Password));
        Assert.Equal(["You are now known as u1003: the owner of alice has logged in."], thief.ReadTexts());
        Assert.Equal(["User alice is now known as u1003"], bob.ReadTexts());
        Assert.False(_house.Find("u1003").HasChosenName);
        Assert.NotNull(_house.Find("alice").Account);
    }

    [Fact]
    public void A_wrong_name_and_a_wrong_password_are_answered_alike_after_as_much_work()
    {
        _house.Register("alice");
        SimulatedClient guest = _house.Chat.Connect();

        guest.Type("login alice wrong-password", "login nobody wrong-password");
        Assert.Equal(2, _house.Chat.Jobs.Count);
        Assert.Equal(_house.Chat.Jobs.Requests[0].Arguments.Length, _house.Chat.Jobs.Requests[1].Arguments.Length);
        _house.RunJobs();
        Assert.Equal(["Wrong name or password.", "Wrong name or password."], guest.ReadTexts());
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("nobody")]
    public void After_five_failures_no_password_is_checked_for_a_minute(string name)
    {
        _house.Register("alice").Type("quit");
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(["Wrong name or password."], _house.Type(_house.Chat.Connect(peer: AccountChat.Elsewhere(i)), $"login {name} wrong-password")[1..]);
        }

        SimulatedClient guest = _house.Chat.Connect(peer: AccountChat.Elsewhere(9));
        guest.Type($"login {name} {AccountChat.Password}");
        Assert.Equal(0, _house.Chat.Jobs.Count);
        Assert.Matches("^Too many failed logins. Try again in [0-9]+ seconds.$", guest.ReadTexts()[^1]);

        _house.Chat.Advance(ChatOptions.LoginWindow);
        Assert.Equal(name == "alice" ? "You are logged in as alice." : "Wrong name or password.", _house.Type(guest, $"login {name} {AccountChat.Password}")[^1]);
    }

    [Fact]
    public void Many_attempts_at_once_from_one_address_are_no_way_around()
    {
        SimulatedClient[] guests = [.. Enumerable.Range(0, 8).Select(_ => _house.Chat.Connect(peer: AccountChat.Elsewhere(1)))];
        for (int i = 0; i < guests.Length; i++)
        {
            guests[i].Type($"login name{i} wrong-password");
        }

        Assert.Equal(5, _house.Chat.Jobs.Count);
    }

    [Fact]
    public void A_user_who_logs_in_keeps_the_rooms_of_the_guest()
    {
        _house.Register("alice").Type("quit");
        SimulatedClient bob = _house.Guest("bob");
        bob.Type("join lobby").ReadTexts();
        SimulatedClient guest = _house.Chat.Connect();
        guest.Type("join lobby").ReadTexts();
        bob.ReadTexts();

        Assert.Equal(["You are logged in as alice."], _house.Type(guest, "/login alice " + AccountChat.Password));
        Assert.Equal(["User u1002 is now known as alice"], bob.ReadTexts());
    }

    [Fact]
    public void A_room_that_was_closed_meanwhile_is_not_opened_anew_by_a_login()
    {
        SimulatedClient alice = _house.Register("alice");
        alice.Type("join den", "/join attic");
        SimulatedClient bob = _house.Register("bob");
        bob.Type("join den", "/join attic", "/quit");
        alice.Type("/room den close");

        string[] answers = _house.Type(_house.Chat.Connect(), "login bob " + AccountChat.Password);

        Assert.False(_house.State.Rooms.TryFind("den"u8, out _));
        Assert.Contains("Room #den is no more.", answers);
        Assert.Single(_house.Find("bob").Memberships.ToArray());
        Assert.Equal("attic", Assert.Single(_house.Store.Accounts.Values.Single(account => account.Name == "bob").Preferences.Rooms));
    }

    [Fact]
    public void A_guest_whose_session_becomes_one_more_of_the_owners_has_left_with_its_jobs()
    {
        SimulatedClient alice = _house.Register("alice");
        alice.Type("join lobby").ReadTexts();
        SimulatedClient guest = _house.Chat.Connect();
        guest.Type("join other", "/fib u1001 9").ReadTexts();
        User gone = _house.Find("u1001");
        guest.Type("/login alice " + AccountChat.Password);
        _house.Chat.InLoop(_house.Chat.Jobs.RunNext);
        _house.RunJobs();

        Assert.False(gone.IsOnline);
        Assert.Equal(0, _house.Chat.Jobs.Count);
        Assert.Equal(2, _house.Find("alice").Sessions.Count);
        Assert.Contains("You are in #lobby. What you type is said in #lobby; commands begin with /.", guest.ReadTexts());
    }

    [Fact]
    public void One_who_logs_out_goes_on_as_a_guest_and_the_other_terminal_stays()
    {
        SimulatedClient desk = _house.Register("alice");
        desk.Type("join lobby").ReadTexts();
        SimulatedClient phone = _house.LogIn("alice");

        Assert.Equal(["You are logged out, in no room, and now known as u1002. To leave the chat: quit"], phone.Type("/logout").ReadTexts());
        Assert.Single(_house.Find("alice").Sessions);
        Assert.Null(_house.Find("u1002").Account);

        Assert.Equal(["You are logged out, in no room, and now known as u1003. To leave the chat: quit"], desk.Type("/logout").ReadTexts());
        Assert.False(_house.State.Users.TryFind("alice"u8, out _));
        Assert.Equal(2, _house.State.Users.Count);
        Assert.Equal(["You are not logged in. To leave the chat: quit"], desk.Type("logout").ReadTexts());
        Assert.Equal(["You are logged in as alice."], _house.Type(desk, "login alice " + AccountChat.Password)[..1]);
    }

    [Fact]
    public void Who_is_logged_in_is_told_so()
    {
        SimulatedClient alice = _house.Register("alice");

        Assert.Equal(["You are logged in as alice already. To log out: logout"], _house.Type(alice, "login alice " + AccountChat.Password));
        Assert.Equal(["You are registered and logged in as alice."], _house.Type(alice, "register " + AccountChat.Password));
    }

    [Fact]
    public void An_account_takes_on_another_cost_at_its_next_login()
    {
        _house.Register("alice").Type("quit");
        _house.Options.PasswordIterations = 5_000;
        _house.LogIn("alice").Type("quit");

        Assert.Equal(5_000, Assert.Single(_house.Store.Accounts.Values).Keys.Iterations);
        _house.LogIn("alice");
        Assert.Equal(0, _house.Chat.Jobs.Count);
    }

    [Fact]
    public void A_disk_that_fails_keeps_nobody_out()
    {
        _house.Register("alice").Type("quit");
        _house.Store.Problem = "the disk is full";

        SimulatedClient alice = _house.Chat.Connect();
        Assert.Equal(
            ["You are logged in as alice.", "Messages that were kept for you cannot be read at present. They come with a later login."],
            _house.Type(alice, "login alice " + AccountChat.Password));
    }

    [Fact]
    public void Who_is_gone_before_the_password_was_checked_is_not_logged_in()
    {
        _house.Register("alice").Type("quit");
        SimulatedClient guest = _house.Chat.Connect();
        guest.Type("login alice " + AccountChat.Password);
        guest.HangUp();
        _house.RunJobs();

        Assert.False(_house.State.Users.TryFind("alice"u8, out _));
        Assert.DoesNotContain(_house.Chat.Log.Entries, entry => entry.Exception is not null);
    }

    [Fact]
    public void A_password_over_a_line_that_others_read_is_warned_of_once()
    {
        const string Warning = "This connection is not encrypted: others on the network can read your password.";
        SimulatedClient guest = _house.Chat.Connect(peer: AccountChat.Elsewhere(1));

        Assert.Equal([Warning, "Wrong name or password."], _house.Type(guest, "login alice wrong-password"));
        Assert.Equal(["Wrong name or password."], _house.Type(guest, "login alice wrong-password"));
        Assert.Equal(["Wrong name or password."], _house.Type(_house.Chat.Connect(), "login alice wrong-password"));
        _house.Options.PlainLogin = PlainLogin.Allow;
        Assert.Equal(["Wrong name or password."], _house.Type(_house.Chat.Connect(peer: AccountChat.Elsewhere(2)), "login alice wrong-password"));
        _house.Options.PlainLogin = PlainLogin.Refuse;
        Assert.Equal(
            ["This connection is not encrypted, and the server takes no passwords over it. Use an encrypted one."],
            _house.Type(_house.Chat.Connect(peer: AccountChat.Elsewhere(3)), "login alice"));
    }

    [Fact]
    public void The_log_ties_an_account_to_its_connection()
    {
        SimulatedClient alice = _house.Guest("alice", AccountChat.Elsewhere(1));
        _house.Type(alice, "register " + AccountChat.Password);
        _house.Type(alice, "logout", "login alice wrong-password");
        _house.Type(alice, "login alice " + AccountChat.Password);

        Assert.Equal(
            [
                "Connection 1 from 192.0.2.1:4711: alice is registered",
                "Connection 1 from 192.0.2.1:4711: alice logged out and is now u1001",
                "Connection 1 from 192.0.2.1:4711: u1001 gave a wrong password for alice",
                "Connection 1 from 192.0.2.1:4711: alice logged in",
            ],
            _house.Chat.Log.Entries.Select(entry => entry.Message));
    }

    [Fact]
    public void A_failed_login_is_logged_so_often_and_no_more()
    {
        _house.Options.LoginFailuresPerAccount = 0;
        _house.Options.LoginFailuresPerAddress = 0;
        SimulatedClient guest = _house.Chat.Connect();
        for (int i = 0; i < 100; i++)
        {
            _house.Type(guest, "login alice wrong-password");
        }

        Assert.InRange(_house.Chat.Log.Entries.Count, 1, ChatOptions.HostileLogBurst);
        Assert.All(_house.Chat.Log.Entries, entry => Assert.Equal("Connection 1 from unix: u1000 gave a wrong password for no account", entry.Message));
    }

    [Theory]
    [InlineData("login")]
    [InlineData("login \0 x")]
    [InlineData("login '; DROP TABLE account; --")]
    [InlineData("login @ @")]
    [InlineData("login u1000 password")]
    [InlineData("login \u202ealice password")]
    public void A_hostile_login_is_answered_in_one_clear_line(string line)
    {
        string[] answers = _house.Type(_house.Chat.Connect(), line, "");

        Assert.Single(answers, answer => answer != "Password:");
        Assert.DoesNotContain("Internal error.", answers);
    }
}
