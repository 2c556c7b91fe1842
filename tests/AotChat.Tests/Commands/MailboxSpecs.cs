using AotChat.Chat;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Messages for registered users who are not here.</summary>
public sealed class MailboxSpecs
{
    private const string Kept = "User alice is not here; kept until the next login";

    private readonly AccountChat _house = new();
    private readonly SimulatedClient _bob;

    public MailboxSpecs()
    {
        _house.Register("alice").Type("quit");
        _bob = _house.Guest("bob");
    }

    [Fact]
    public void A_message_waits_for_the_login_and_comes_with_its_own_time_once()
    {
        Assert.Equal([Kept], _bob.Type("msg alice lunch at one?").ReadTexts());
        Assert.Equal([Kept], _bob.Type("msg @ALICE hello").ReadTexts());
        string sent = Stamp(_bob.Type("msg alice third").ReadLines()[0]);
        _house.Chat.Advance(TimeSpan.FromDays(2));

        SimulatedClient alice = _house.Chat.Connect();
        alice.Type("login alice " + AccountChat.Password);
        _house.RunJobs();
        string[] lines = alice.ReadLines();
        Assert.Equal(["You are logged in as alice.", "Messages that were kept for you: 3", "bob lunch at one?", "bob hello", "bob third"], lines.Select(Text));
        Assert.Equal(sent, Stamp(lines[^1]));
        Assert.Empty(_house.Store.Mail);

        alice.Type("quit");
        Assert.Equal(["You are logged in as alice."], _house.Type(_house.Chat.Connect(), "login alice " + AccountChat.Password));
    }

    [Fact]
    public void A_message_is_there_after_a_restart()
    {
        _bob.Type("msg alice lunch?");
        AccountChat later = _house.Restart();

        Assert.Contains("bob lunch?", later.Type(later.Chat.Connect(), "login alice " + AccountChat.Password));
    }

    [Fact]
    public void An_owner_who_is_here_under_another_name_gets_it_at_once()
    {
        SimulatedClient alice = _house.LogIn("alice");
        alice.Type("nick alicia").ReadTexts();

        Assert.Equal(["Message is delivered to alicia"], _bob.Type("msg alice hi").ReadTexts());
        Assert.Equal(["bob hi"], alice.ReadTexts());
        Assert.StartsWith("User alice is here as alicia, idle for ", Assert.Single(_bob.Type("seen alice").ReadTexts()), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_recipients_each_get_it_here_or_later()
    {
        SimulatedClient carol = _house.Guest("carol");

        Assert.Equal(
            ["Message is delivered to carol", "User not found: nobody", Kept], _bob.Type("msg alice,carol,nobody,ALICE hi all").ReadTexts());
        Assert.Equal(["bob hi all"], carol.ReadTexts());
        Assert.Single(_house.Store.Mail);
        Assert.Equal(["Message is delivered to carol", Kept], _bob.Type("msg alice, carol hi all").ReadTexts());
    }

    [Fact]
    public void A_reply_to_one_who_has_left_is_kept_too()
    {
        SimulatedClient alice = _house.LogIn("alice");
        alice.Type("msg bob hi", "quit");
        _bob.ReadTexts();

        Assert.Equal([Kept], _bob.Type("r hi yourself").ReadTexts());
        alice = _house.LogIn("alice");
        Assert.Equal(["Message is delivered to alice"], _bob.Type("r there you are").ReadTexts());
        Assert.Equal(["bob there you are"], alice.ReadTexts());
    }

    [Fact]
    public void One_sender_leaves_so_many_and_guests_of_one_address_are_one_sender()
    {
        _house.Options.MailboxPerSender = 2;
        SimulatedClient dave = _house.Guest("dave");
        _bob.Type("msg alice 1", "msg alice 2").ReadTexts();

        Assert.Equal(["Not kept: alice has too many messages from your address to read already (limit 2)."], dave.Type("msg alice 3").ReadTexts());
        Assert.Equal([Kept], _house.Guest("erin", AccountChat.Elsewhere(1)).Type("msg alice 3").ReadTexts());
        SimulatedClient frank = _house.Register("frank");
        Assert.Equal([Kept, Kept], frank.Type("msg alice 4", "msg alice 5").ReadTexts());
        Assert.Equal(["Not kept: alice has too many messages from you to read already (limit 2)."], frank.Type("msg alice 6").ReadTexts());
        Assert.Equal(5, _house.Store.Mail.Count);
    }

    [Fact]
    public void One_sender_leaves_so_many_in_all_mailboxes_together()
    {
        _house.Options.MailboxTotalPerSender = 2;
        SimulatedClient frank = _house.Register("frank");
        Assert.Equal([Kept, Kept], frank.Type("msg alice 1", "msg alice 2").ReadTexts());

        Assert.Equal(["Not kept: too many messages from you wait to be read already (limit 2)."], frank.Type("msg alice 3").ReadTexts());
        SimulatedClient guest = _house.Guest("erin", AccountChat.Elsewhere(1));
        guest.Type("msg alice 3", "msg alice 4").ReadTexts();
        Assert.Equal(["Not kept: too many messages from your address wait to be read already (limit 2)."], guest.Type("msg alice 5").ReadTexts());
        Assert.Equal([Kept, Kept, Kept], _bob.Type("msg alice 3", "msg alice 4", "msg alice 5").ReadTexts());
    }

    [Fact]
    public void A_full_mailbox_takes_no_more()
    {
        _house.Options.MailboxMessages = 1;
        _bob.Type("msg alice 1").ReadTexts();

        Assert.Equal(["Not kept: the mailbox of alice is full (limit 1)."], _bob.Type("msg alice 2").ReadTexts());
        _house.Options.MailboxMessages = 0;
        Assert.Equal(["User alice is not here, and this server keeps no messages."], _bob.Type("msg alice 2").ReadTexts());
    }

    [Fact]
    public void An_old_message_is_forgotten()
    {
        _bob.Type("msg alice old").ReadTexts();
        _house.Chat.Advance(TimeSpan.FromDays(31));

        Assert.Equal(["You are logged in as alice."], _house.Type(_house.Chat.Connect(), "login alice " + AccountChat.Password));
    }

    [Fact]
    public void Nothing_is_promised_where_nothing_can_be_kept()
    {
        _house.Store.Problem = "the disk is full";

        Assert.Equal(["Not done: nothing can be kept at present (the disk is full). Try again later."], _bob.Type("msg alice hi").ReadTexts());
    }

    [Fact]
    public void A_sender_who_is_ignored_hears_the_same_and_nothing_is_kept()
    {
        SimulatedClient carol = _house.Register("carol");
        SimulatedClient alice = _house.LogIn("alice");
        alice.Type("ignore carol", "quit");

        Assert.Equal([Kept], carol.Type("msg alice hi").ReadTexts());
        Assert.Empty(_house.Store.Mail);
        _house.Store.Problem = "the disk is full";
        Assert.Equal(["Not done: nothing can be kept at present (the disk is full). Try again later."], carol.Type("msg alice hi").ReadTexts());
    }

    [Fact]
    public void Nothing_is_lost_with_a_reader_who_is_gone_before_it_was_sent()
    {
        string text = new('x', 3_000);
        _house.Options.MailboxPerSender = 100;
        for (int i = 0; i < 60; i++)
        {
            _bob.Type($"msg alice {i:00} {text}");
        }

        SimulatedClient alice = _house.Chat.Connect();
        alice.Transport.Window = 100_000;
        alice.Type("login alice " + AccountChat.Password);
        _house.RunJobs();
        Assert.InRange(_house.Store.Mail.Count, 1, 59);
        string[] shown = [.. alice.Transport.Read() is var bytes ? System.Text.Encoding.ASCII.GetString(bytes).Split('\n') : []];
        Assert.All(_house.Store.Mail.Skip(22), mail => Assert.DoesNotContain(shown, line => line.Contains("bob " + mail.Text, StringComparison.Ordinal)));
        alice.Transport.Broken = true;
        _house.Chat.Settle();
        StoredMail first = _house.Store.Mail[0];

        SimulatedClient again = _house.Chat.Connect();
        int waiting = _house.Store.Mail.Count;
        string[] lines = _house.Type(again, "login alice " + AccountChat.Password);
        Assert.Equal($"Messages that were kept for you: {waiting}", lines[1]);
        Assert.Equal("bob " + first.Text, lines[2]);
        Assert.StartsWith("bob 59 ", lines[^1], StringComparison.Ordinal);
        Assert.Empty(_house.Store.Mail);
    }

    [Fact]
    public void Who_logs_out_while_messages_are_shown_gets_the_rest_later()
    {
        string text = new('x', 3_000);
        _house.Options.MailboxPerSender = 100;
        for (int i = 0; i < 60; i++)
        {
            _bob.Type($"msg alice {i:00} {text}");
        }

        SimulatedClient alice = _house.Chat.Connect();
        alice.Transport.Window = 1_000;
        alice.Type("login alice " + AccountChat.Password);
        _house.RunJobs();
        _house.State.LogOut(_house.Find("alice").Sessions[0]);
        alice.Transport.Window = int.MaxValue;
        _house.Chat.Settle();
        _house.Chat.Settle();

        Assert.InRange(_house.Store.Mail.Count, 30, 59);
        Assert.DoesNotContain(alice.ReadTexts(), line => line.StartsWith("bob 59", StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_that_is_written_while_its_reader_logs_in_is_shown()
    {
        _house.Store.IsSlow = true;
        _bob.Type("msg alice just now");
        SimulatedClient alice = _house.Chat.Connect();
        _house.Type(alice, "login alice " + AccountChat.Password);
        _house.Store.IsSlow = false;
        _house.Answer();

        Assert.Contains("bob just now", alice.ReadTexts());
        Assert.Empty(_house.Store.Mail);
    }

    [Fact]
    public void No_message_is_shown_twice_where_another_comes_while_its_reader_logs_in()
    {
        _bob.Type("msg alice one");
        _house.Store.IsSlow = true;
        _bob.Type("msg alice two", "msg alice three");
        SimulatedClient alice = _house.Chat.Connect();
        _house.Type(alice, "login alice " + AccountChat.Password);
        _house.Answer();
        _house.Answer();
        _house.Answer();

        Assert.Equal(["bob one", "bob two", "bob three"], alice.ReadTexts().Where(line => line.StartsWith("bob ", StringComparison.Ordinal)));
        Assert.Empty(_house.Store.Mail);
    }

    [Fact]
    public void What_comes_while_messages_are_shown_at_a_terminal_that_is_gone_then_is_shown_at_another()
    {
        _bob.Type("msg alice one");
        SimulatedClient desk = _house.Chat.Connect();
        SimulatedClient phone = _house.Chat.Connect();
        _house.Store.IsSlow = true;
        _house.Type(desk, "login alice " + AccountChat.Password);
        _house.Type(phone, "login alice " + AccountChat.Password);
        desk.Type("quit");
        _house.Answer();
        _house.Answer();

        Assert.Contains("bob one", phone.ReadTexts());
        Assert.Empty(_house.Store.Mail);
    }

    [Fact]
    public void A_mailbox_belongs_to_the_account_and_not_to_the_name()
    {
        SimulatedClient alice = _house.LogIn("alice");
        _house.Type(alice, "logout");
        _bob.Type("msg alice for the first").ReadTexts();
        _house.Store.IsSlow = true;
        _bob.Type("msg alice and more");
        _house.Store.IsSlow = false;
        alice = _house.LogIn("alice");
        _house.Type(alice, "unregister " + AccountChat.Password);
        alice.Type("quit");
        _house.Answer();
        Assert.Empty(_house.Store.Mail);

        Assert.Equal(["User not found: alice"], _bob.Type("msg alice hi").ReadTexts()[^1..]);
        Assert.Single(_house.Type(_house.Register("alice"), "w"));
    }

    [Fact]
    public void What_one_terminal_leaves_appears_on_the_other()
    {
        SimulatedClient desk = _house.Register("carol");
        SimulatedClient phone = _house.LogIn("carol");
        desk.ReadTexts();
        phone.Type("msg alice hi");

        Assert.Equal(["(to alice) carol hi"], desk.ReadTexts());
    }

    [Fact]
    public void Seen_knows_the_last_login_of_a_registered_name()
    {
        AccountChat later = _house.Restart();
        later.Chat.Advance(TimeSpan.FromHours(3));

        Assert.Matches("^User alice last logged in at .*, 3 h ago$", later.Chat.Connect().Type("seen ALICE").ReadTexts()[0]);
    }

    [Fact]
    public void What_waits_is_safe_for_a_terminal()
    {
        _bob.Type("msg alice \u001b]0;owned\ahi \u202edne");
        _house.Store.Mail.Add(new StoredMail(99, 1, 0, 0, "mallory", _house.State.Events.Now, "a\r\n\u001b[31mb\0c"));

        string[] lines = _house.Type(_house.Chat.Connect(), "login alice " + AccountChat.Password);
        Assert.Equal(4, lines.Length);
        Assert.DoesNotContain(lines, line => line.Contains('\u001b') || line.Contains('\u202e') || line.Contains('\0'));
    }

    private static string Stamp(string line) => line[..27];

    private static string Text(string line) => line[27..];
}
