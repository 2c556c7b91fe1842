using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Making a name one's own, and giving it up.</summary>
public sealed class RegisterSpecs
{
    private readonly AccountChat _house = new();

    [Fact]
    public void A_registered_name_and_what_looks_like_it_cannot_be_taken_by_others()
    {
        SimulatedClient alice = _house.Register("alice");
        alice.Type("quit");
        SimulatedClient bob = _house.Guest("bob");

        Assert.Equal(["Name is registered: alice. To use it: login alice PASSWORD"], bob.Type("nick alice").ReadTexts());
        Assert.Equal(["Name is registered: alice. To use it: login alice PASSWORD"], bob.Type("nick Al1ce").ReadTexts());
        bob.Type("join lobby").ReadTexts();
        Assert.Equal(["Name is registered: alice. To use it: /login alice PASSWORD"], bob.Type("/nick alice").ReadTexts());
    }

    [Fact]
    public void The_owner_may_take_another_name_and_come_back_to_it()
    {
        SimulatedClient alice = _house.Register("alice");

        Assert.Equal(["You are now known as alicia"], alice.Type("nick alicia").ReadTexts());
        Assert.Equal(["Name is registered: alice. To use it: login alice PASSWORD"], _house.Guest("bob").Type("nick alice").ReadTexts());
        Assert.Equal(["You are now known as alice"], alice.Type("nick alice").ReadTexts());
    }

    [Fact]
    public void A_name_that_the_server_gave_cannot_be_registered() =>
        Assert.Equal(["Choose a name first: nick NAME"], _house.Type(_house.Chat.Connect(), "register " + AccountChat.Password));

    [Fact]
    public void A_guest_whose_name_becomes_an_operators_cannot_register_it()
    {
        SimulatedClient alice = _house.Guest("alice");
        SimulatedClient bob = _house.Guest("b0b");
        _house.Options.Operators = ["alice", "bob"];
        _house.Chat.InLoop(_house.Chat.Port.TakeOn);

        Assert.Equal(["Name is reserved: alice"], _house.Type(alice, "register " + AccountChat.Password));
        Assert.Equal(["Name is reserved: b0b"], _house.Type(bob, "register " + AccountChat.Password));
        Assert.Empty(_house.Store.Accounts);
    }

    [Fact]
    public void A_name_that_becomes_an_operators_while_it_is_registered_is_not_registered()
    {
        SimulatedClient alice = _house.Guest("alice");
        alice.Type("register " + AccountChat.Password);
        _house.Options.Operators = ["alice"];
        _house.Chat.InLoop(_house.Chat.Port.TakeOn);
        _house.RunJobs();

        Assert.Equal(UserLevel.Everyone, _house.Find("alice").Level);
        Assert.Empty(_house.Store.Accounts);
    }

    [Fact]
    public void An_account_is_there_after_a_restart()
    {
        _house.Register("alice");
        AccountChat later = _house.Restart();

        Assert.Equal(["Name is registered: alice. To use it: login alice PASSWORD"], later.Chat.Connect().Type("nick alice").ReadTexts());
        later.LogIn("alice");
        Assert.Equal(UserLevel.Registered, later.Find("alice").Level);
    }

    [Theory]
    [InlineData("short77", "Password too short: it needs at least 8 characters.")]
    [InlineData("äöüßäöü", "Password too short: it needs at least 8 characters.")]
    [InlineData("abcdefg\uFFFD", "Password not understood: it must be UTF-8.")]
    public void A_password_that_is_none_is_refused(string password, string answer)
    {
        SimulatedClient alice = _house.Guest("alice");

        Assert.Equal([answer], _house.Type(alice, "register " + password));
        Assert.Empty(_house.Store.Accounts);
    }

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("äöüßäöüß")]
    [InlineData("🐎🔋📎🐎🔋📎🐎🔋")]
    [InlineData("'; DROP TABLE account; --")]
    [InlineData("%s%n{0}\\")]
    public void Any_other_text_is_a_password(string password)
    {
        SimulatedClient alice = _house.Guest("alice");
        _house.Type(alice, "register   " + password + "  ");
        alice.Type("quit");

        SimulatedClient again = _house.Chat.Connect();
        Assert.Equal(["You are logged in as alice."], _house.Type(again, "login alice " + password));
    }

    [Fact]
    public void A_password_of_16_KiB_is_refused_clearly()
    {
        AccountChat house = new(new ChatOptions { MaxLineBytes = 16_384 });
        SimulatedClient alice = house.Guest("alice");
        string password = new('x', 16_000);

        Assert.Equal(["Password too long (limit 1024 bytes)."], house.Type(alice, "register " + password));
        Assert.Equal(["Password too long (limit 1024 bytes)."], house.Type(alice, "login alice " + password));
        Assert.Equal(["Line too long (limit 16384 bytes)."], house.Type(alice, "login alice " + password + password));
    }

    [Fact]
    public void Nothing_is_registered_where_nothing_can_be_kept()
    {
        SimulatedClient alice = _house.Guest("alice");
        _house.Store.Problem = "the disk is full";

        Assert.Equal(["Not done: nothing can be kept at present (the disk is full). Try again later."], _house.Type(alice, "register " + AccountChat.Password));
        Assert.Equal(0, _house.State.Accounts.Count);
        Assert.Null(_house.Find("alice").Account);
        _house.Store.Problem = null;
        Assert.Contains("You are registered and logged in as alice. Next time: login alice PASSWORD", _house.Type(alice, "register " + AccountChat.Password));
    }

    [Fact]
    public void It_is_answered_once_it_is_on_disk()
    {
        SimulatedClient alice = _house.Guest("alice");
        _house.Store.IsSlow = true;

        Assert.Empty(_house.Type(alice, "register " + AccountChat.Password));
        _house.Answer();
        Assert.Single(alice.ReadTexts());
        Assert.Single(_house.Store.Accounts);
    }

    [Fact]
    public void Two_registrations_at_once_make_one_account()
    {
        SimulatedClient alice = _house.Guest("alice");
        _house.Store.IsSlow = true;

        Assert.Equal(
            ["Name is registered: alice. To use it: login alice PASSWORD"],
            _house.Type(alice, "register " + AccountChat.Password, "register another-password"));
        _house.Answer();
        Assert.Single(alice.ReadTexts());
        Assert.Single(_house.Store.Accounts);
        Assert.Equal(1, _house.State.Accounts.Count);
    }

    [Fact]
    public void A_user_who_is_renamed_meanwhile_registers_nothing()
    {
        SimulatedClient alice = _house.Guest("alice");
        alice.Type("register " + AccountChat.Password, "nick bob").ReadTexts();
        _house.RunJobs();

        Assert.Equal(["Not registered: your name has changed meanwhile. Try again."], alice.ReadTexts());
        Assert.Empty(_house.Store.Accounts);
    }

    [Fact]
    public void An_account_of_one_who_left_before_the_answer_is_there_all_the_same()
    {
        SimulatedClient alice = _house.Guest("alice");
        _house.Store.IsSlow = true;
        _house.Type(alice, "register " + AccountChat.Password);
        alice.Transport.Broken = true;
        _house.Chat.Settle();
        _house.Answer();
        _house.Store.IsSlow = false;

        _house.LogIn("alice");
    }

    [Fact]
    public void There_are_no_more_accounts_than_allowed()
    {
        AccountChat house = new(new ChatOptions { MaxAccounts = 1 });
        house.Register("alice");

        Assert.Equal(
            ["Cannot register: there are too many accounts (limit 1). Ask an operator."], house.Type(house.Guest("bob"), "register " + AccountChat.Password));
    }

    [Fact]
    public void A_password_is_in_no_list_and_no_log()
    {
        _house.Chat.Log.MinLevel = Microsoft.Extensions.Logging.LogLevel.Trace;
        SimulatedClient alice = _house.Guest("alice");
        Assert.Contains("register", string.Concat(alice.Type("register hunter2hunter2", "jobs").ReadTexts()), StringComparison.Ordinal);
        Assert.DoesNotContain(_house.Chat.Jobs.Requests, request => request.Call.Contains("hunter2", StringComparison.Ordinal));
        Assert.Equal("register", _house.Chat.Jobs.Requests[0].Call);
        _house.RunJobs();
        _house.Type(alice, "logout", "login alice wrong-hunter2", "login hunter2hunter2 alice");

        Assert.DoesNotContain(_house.Chat.Log.Entries, entry => entry.Message.Contains("hunter2", StringComparison.Ordinal));
        StoredAccount kept = Assert.Single(_house.Store.Accounts.Values);
        Assert.DoesNotContain("hunter2", kept.ToString(), StringComparison.Ordinal);
        Assert.Equal(32, kept.Keys.StoredKey.Length);
        Assert.NotEqual(Encoding.ASCII.GetBytes("hunter2hunter2"), kept.Keys.StoredKey);
    }

    [Fact]
    public void A_name_is_given_up_with_its_password()
    {
        SimulatedClient alice = _house.Register("alice");
        Assert.Equal(["Wrong name or password."], _house.Type(alice, "unregister wrong-password"));
        Assert.Equal(
            ["Name no longer registered: alice. Others can take it once you leave it."], _house.Type(alice, "unregister " + AccountChat.Password));

        Assert.Empty(_house.Store.Accounts);
        Assert.Equal(UserLevel.Everyone, _house.Find("alice").Level);
        alice.Type("nick alicia");
        Assert.Equal(["You are now known as alice"], _house.Chat.Connect().Type("nick alice").ReadTexts());
        Assert.Equal(["You are not logged in. Log in first: login NAME"], _house.Type(alice, "unregister " + AccountChat.Password)[^1..]);
    }

    [Fact]
    public void The_other_terminals_of_a_name_that_is_given_up_are_guests_of_their_own()
    {
        _house.Register("bob").Type("quit");
        SimulatedClient desk = _house.Register("alice");
        SimulatedClient phone = _house.LogIn("alice");
        desk.Type("join lobby");
        phone.ReadTexts();
        _house.Type(desk, "/unregister " + AccountChat.Password);

        Assert.Equal(
            ["You are logged out, in no room, and now known as u1003: alice is no longer registered."], phone.ReadTexts());
        Assert.Single(_house.Find("alice").Sessions);
        _house.Type(desk, "/login bob " + AccountChat.Password);
        Assert.Single(_house.Find("bob").Sessions);
        Assert.Null(_house.Find("u1003").Account);
    }

    [Fact]
    public void A_name_is_kept_where_nothing_can_be_written()
    {
        SimulatedClient alice = _house.Register("alice");
        _house.Store.Problem = "the disk is full";

        Assert.Equal(["Not done: nothing can be kept at present (the disk is full). Try again later."], _house.Type(alice, "unregister " + AccountChat.Password));
        Assert.NotNull(_house.Find("alice").Account);
    }

    [Fact]
    public void A_password_is_changed_for_who_knows_the_old_one()
    {
        SimulatedClient alice = _house.Register("alice");
        Assert.Equal(["Wrong name or password."], _house.Type(alice, "password wrong-password new-password"));
        Assert.Equal(["Password too short: it needs at least 8 characters."], _house.Type(alice, $"password {AccountChat.Password} short"));
        Assert.Equal(["Password changed."], _house.Type(alice, $"password {AccountChat.Password} new-password"));

        AccountChat later = _house.Restart();
        SimulatedClient again = later.Chat.Connect();
        Assert.Equal(["Wrong name or password."], later.Type(again, "login alice " + AccountChat.Password));
        Assert.Equal(["You are logged in as alice."], later.Type(again, "login alice new-password"));
    }

    [Fact]
    public void What_changes_while_a_password_is_written_does_not_bring_the_old_one_back()
    {
        SimulatedClient alice = _house.Register("alice");
        _house.Store.IsSlow = true;
        _house.Type(alice, $"password {AccountChat.Password} new-password");
        alice.Type("color on", $"password {AccountChat.Password} third-password");
        _house.RunJobs();
        Assert.Equal("Not done: your account has changed meanwhile. Try again.", alice.ReadTexts()[^1]);
        _house.Answer();

        StoredAccount kept = Assert.Single(_house.Store.Accounts.Values);
        Assert.True(kept.Preferences.HasColours);
        Assert.Same(_house.Find("alice").Account!.Kept.Keys, kept.Keys);
        _house.Store.IsSlow = false;
        SimulatedClient again = _house.Chat.Connect();
        Assert.Equal(["You are logged in as alice, at 2 terminals."], _house.Type(again, "login alice new-password").Select(Plain));
    }

    // The account has colours, and a name in them.
    private static string Plain(string line) => line.Replace("\u001b[0m", "", StringComparison.Ordinal);
}
