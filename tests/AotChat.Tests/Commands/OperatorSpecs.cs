using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>Who looks after the chat, what they do, and how it is undone.</summary>
public sealed class OperatorSpecs
{
    private readonly OperatorChat _world = new();

    [Fact]
    public void The_console_is_an_operator_without_an_account()
    {
        Assert.Equal(UserLevel.Operator, _world.User("u1000").Level);
        _world.Guest("alice");

        Assert.Equal(["User alice was kicked from this server."], _world.Answers("kick alice"));
    }

    [Fact]
    public void Another_user_of_this_machine_is_a_guest()
    {
        SimulatedClient other = _world.Chat.Connect(peer: PeerAddress.FromLocalUser(1001, isHost: false));

        Assert.Equal(["Only operators can do that."], other.Type("notice hello").ReadTexts());
        Assert.Equal(["Only operators can do that."], _world.Chat.Connect(peer: PeerAddress.Local).Type("audit").ReadTexts());
    }

    [Fact]
    public void An_account_that_the_options_name_is_an_operator_as_long_as_they_do()
    {
        SimulatedClient alice = _world.Member("alice");
        Assert.Equal(["Only operators can do that."], alice.Type("notice hello").ReadTexts());

        TakeOn(options => options.Operators = ["ALICE"]);
        Assert.Equal(["Server notice: hello"], alice.Type("notice hello").ReadTexts());

        TakeOn(options => options.Operators = []);
        Assert.Equal(["Only operators can do that."], alice.Type("notice hello").ReadTexts());
    }

    [Fact]
    public void The_name_of_an_operator_is_for_the_owner_of_the_account_alone()
    {
        TakeOn(options => options.Operators = ["alice"]);
        SimulatedClient alice = _world.Member("alice");
        SimulatedClient bob = _world.Guest("bob");

        Assert.True(_world.IsHere("alice"));
        alice.Type("nick carol").ReadTexts();
        Assert.Equal(["Name is reserved: alice", "Name is reserved: a1ice"], bob.Type("nick alice", "nick a1ice").ReadTexts());
        Assert.Equal(["You are now known as alice"], alice.Type("nick alice").ReadTexts());
    }

    [Fact]
    public void The_console_makes_no_operator_of_an_account_that_is_logged_in_elsewhere_too()
    {
        Account account = TestAccounts.New("alice");
        SimulatedClient far = _world.Member("alice", account: account);
        _world.Chat.InLoop(() => _world.Chat.Server.Chat.LogIn(_world.User("u1000").Sessions[0], account));

        Assert.Equal(["Only operators can do that."], far.Type("notice hello").ReadTexts());
        far.HangUp();
        Assert.Equal(["Server notice: hello"], _world.Answers("notice hello"));
    }

    [Fact]
    public void Connections_shows_who_is_there_from_where_since_when()
    {
        _world.Member("alice", "2001:db8::1");
        _world.Chat.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(
            [
                "Connection 1: u1000, from unix (user 1000, the console), terminal, since 20240229 23:59:58, idle for 0 s, 0 bytes waiting",
                "Connection 2: alice, account alice, from [2001:db8::1]:4711, terminal, since 20240229 23:59:58, idle for 3 min, 0 bytes waiting",
            ],
            _world.Answers("connections"));
        Assert.Equal(["Nothing waits to be read by anybody."], _world.Answers("connections slow"));
        Assert.Equal(["No connection is on page 2; there are 2 in all."], _world.Answers("connections 2"));
        Assert.StartsWith("Invalid connections parameters: PAGE must be", _world.Answers("connections -1")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_are_shown_in_pages()
    {
        for (int i = 0; i < ChatOptions.ConnectionsShown; i++)
        {
            _world.Chat.Connect();
        }

        string[] first = _world.Answers("connections");
        string[] second = _world.Answers("connections 2");

        Assert.Equal(ChatOptions.ConnectionsShown + 1, first.Length);
        Assert.Equal($"Connections in all: {ChatOptions.ConnectionsShown + 1}. Next page: connections 2", first[^1]);
        Assert.StartsWith($"Connection {ChatOptions.ConnectionsShown + 1}: ", Assert.Single(second), StringComparison.Ordinal);
    }

    [Fact]
    public void The_slowest_readers_are_shown_first_on_request()
    {
        SimulatedClient slow = _world.Guest("slow");
        SimulatedClient slower = _world.Guest("slower");
        slower.Transport.Window = 0;
        _world.Answers("notice " + new string('x', 500));
        slow.Transport.Window = 0;
        _world.Answers("notice y");

        string[] lines = _world.Answers("connections slow");

        Assert.Equal(2, lines.Length);
        Assert.Contains(": slower, ", lines[0], StringComparison.Ordinal);
        Assert.Contains(": slow, ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_reaches_everybody_as_the_servers_own_also_those_who_ignore()
    {
        SimulatedClient alice = _world.Guest("alice");
        alice.Type("ignore u1000").ReadTexts();

        Assert.Equal(["Server notice: back at five"], _world.Answers("notice back at five"));
        Assert.Equal(["Server notice: back at five"], alice.ReadTexts());
    }

    [Fact]
    public void A_locked_server_lets_in_nobody_but_the_console_and_tells_why()
    {
        SimulatedClient alice = _world.Guest("alice");
        Assert.Equal(["The server is locked. To let people in again: unlock"], _world.Answers("lock under \u001b[31mattack"));

        SimulatedClient late = _world.Chat.Connect(readWelcome: false, peer: OperatorChat.At("192.0.2.9"));
        SimulatedClient console = _world.Chat.Connect(readWelcome: false, peer: PeerAddress.FromLocalUser(0, isHost: true));

        Assert.Equal(["Server is locked; try again later. Reason: under attack"], late.ReadTexts());
        Assert.True(late.Transport.Closed);
        Assert.StartsWith("Welcome!", console.ReadTexts()[0], StringComparison.Ordinal);
        Assert.False(alice.Transport.Closed);
        Assert.Equal(1, _world.Chat.Server.Counters.RefusedUnwanted);
        Assert.Equal(["The server is open again."], _world.Answers("unlock"));
        Assert.False(_world.Chat.Connect(peer: OperatorChat.At("192.0.2.9")).Transport.Closed);
        Assert.Equal(["The server is not locked."], _world.Answers("unlock"));
    }

    [Fact]
    public void The_console_gets_in_though_the_server_is_full()
    {
        OperatorChat world = new(new ChatOptions { FloodRate = 0, MaxConnections = 1 });

        Assert.Equal(["Server is full."], world.Chat.Connect(readWelcome: false, peer: OperatorChat.At("192.0.2.9")).ReadTexts());
        Assert.False(world.Chat.Connect(peer: PeerAddress.FromLocalUser(0, isHost: true)).Transport.Closed);
        Assert.False(world.Chat.Connect(peer: PeerAddress.FromLocalUser(0, isHost: true)).Transport.Closed);
        Assert.True(world.Chat.Connect(peer: PeerAddress.FromLocalUser(0, isHost: true)).Transport.Closed);
    }

    [Fact]
    public void An_operator_renames_a_user_and_undoes_it()
    {
        SimulatedClient alice = _world.Guest("alice");

        Assert.Equal(["User alice is now known as bob"], _world.Answers("rename alice bob"));
        Assert.Equal(["You are now known as bob: an operator has renamed you."], alice.ReadTexts());
        Assert.Equal(["User bob is now known as alice", "Undone: entry 1 (rename alice)"], _world.Answers("undo 1"));
        Assert.True(_world.IsHere("alice"));
        Assert.Equal(["Name is reserved: server"], _world.Answers("rename alice server"));
        Assert.StartsWith("Invalid name: 1", _world.Answers("rename alice 1")[0], StringComparison.Ordinal);
        Assert.Equal(["User alice is already known as that."], _world.Answers("rename alice alice"));
        Assert.Equal(["User not found: nobody"], _world.Answers("rename nobody x"));
    }

    [Fact]
    public void A_name_that_the_server_gave_does_not_come_back()
    {
        _world.Chat.Connect();
        _world.Answers("rename u1001 guest");

        Assert.Equal(["Not undone: nothing can undo entry 1 (rename)."], _world.Answers("undo 1"));
    }

    [Fact]
    public void The_audit_shows_who_did_what_on_whom_and_why_the_newest_first()
    {
        _world.Guest("alice");
        _world.Answers("lock maintenance", "kick alice be kind");

        Assert.Equal(
            [
                "Audit 2: 20240229 23:59:58 u1000 from unix, user 1000: kick alice: be kind",
                "Audit 1: 20240229 23:59:58 u1000 from unix, user 1000: lock: maintenance (can be undone)",
            ],
            _world.Answers("audit"));
        Assert.Single(_world.Answers("audit 1"));
        Assert.StartsWith("Invalid audit parameters", _world.Answers("audit 0")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_act_is_undone_once_and_the_undoing_is_an_entry_of_its_own()
    {
        _world.Answers("lock maintenance");

        Assert.Equal(["The server is open again.", "Undone: entry 1 (lock )"], _world.Answers("undo 1"));
        Assert.Equal(["Not undone: entry 1 was undone before, by u1000."], _world.Answers("undo 1"));
        Assert.EndsWith("lock: maintenance (undone by u1000 at 20240229 23:59:58)", _world.Answers("audit")[1], StringComparison.Ordinal);
        Assert.Equal(["The server is locked. To let people in again: unlock", "Undone: entry 2 (unlock )"], _world.Answers("undo 2"));
        Assert.Equal("maintenance"u8.ToArray(), _world.Chat.Server.Chat.Lock);
    }

    [Fact]
    public void An_act_that_is_being_undone_is_not_undone_a_second_time_meanwhile()
    {
        _world.Answers("ban 192.0.2.0/24", "unban 1");
        _world.Store.IsSlow = true;
        _world.Console.Type("undo 2", "undo 2");
        Assert.Equal(["Not undone: entry 2 is being undone already."], _world.Console.ReadTexts());
        for (int i = 0; i < 3; i++)
        {
            _world.Chat.InLoop(_world.Store.Answer);
            _world.Chat.Settle();
        }

        Assert.Single(_world.Store.Bans);
        Assert.EndsWith("Undone: entry 2 (unban 192.0.2.0/24)", _world.Console.ReadTexts()[^1], StringComparison.Ordinal);
        _world.Store.IsSlow = false;
        Assert.Equal(["Not undone: entry 2 was undone before, by u1000."], _world.Answers("undo 2"));
    }

    [Fact]
    public void A_renaming_is_not_undone_on_somebody_who_has_taken_the_name_since()
    {
        SimulatedClient mallory = _world.Guest("mallory");
        _world.Answers("rename mallory guest");
        mallory.Type("quit");
        _world.Chat.Advance(TimeSpan.FromMinutes(1));
        _world.Guest("guest");

        Assert.Equal(["Not undone: guest is somebody else by now, who came after entry 1."], _world.Answers("undo 1"));
        Assert.True(_world.IsHere("guest"));
        Assert.Empty(_world.Store.Audit[1].UndoneBy);
    }

    [Fact]
    public void What_was_undone_by_other_means_is_not_undone_again()
    {
        _world.Answers("lock", "unlock");

        Assert.Equal(["The server is not locked.", "Not undone: entry 1 (lock )"], _world.Answers("undo 1"));
        Assert.Empty(_world.Store.Audit[1].UndoneBy);
    }

    [Fact]
    public void Only_what_is_there_can_be_undone()
    {
        _world.Answers("notice hello");

        Assert.Equal(["No entry of the audit has the number 9. To see them: audit"], _world.Answers("undo 9"));
        Assert.Equal(["Not undone: nothing can undo entry 1 (notice)."], _world.Answers("undo 1"));
        Assert.StartsWith("Invalid undo parameters", _world.Answers("undo x")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_act_of_the_moment_happens_though_nothing_can_be_kept_and_the_operator_is_told()
    {
        _world.Guest("alice");
        _world.Store.Problem = "the disk is full";

        Assert.Equal(
            ["User alice was kicked from this server.", "Not in the audit: it was done, but nothing can be kept at present (the disk is full). The log has it."],
            _world.Answers("kick alice"));
        Assert.False(_world.IsHere("alice"));
        Assert.Contains(_world.Chat.Log.Entries, entry => entry.Message.Contains("did kick alice (audit 1)", StringComparison.Ordinal));
        Assert.Equal(["The audit cannot be read at present (the disk is full). Try again later."], _world.Answers("audit"));
        Assert.Equal(["The audit cannot be read at present (the disk is full). Try again later."], _world.Answers("undo 1"));
    }

    [Fact]
    public void A_backup_is_made_beside_the_original_under_the_name_that_is_given_or_one_of_its_time()
    {
        SimulatedClient alice = _world.Member("alice");
        TakeOn(options => options.Operators = ["alice"]);

        Assert.Matches(@"^The backup is complete: backups/chat-\d{8}-\d{6}\.db$", alice.Type("backup").ReadTexts().Single());
        Assert.Equal(["The backup is complete: backups/before the move"], _world.Answers("backup before the move"));
        _world.Store.Problem = "the disk is full";
        Assert.Equal(["Cannot make a backup: the disk is full"], _world.Answers("backup"));
    }

    [Fact]
    public void One_backup_is_made_at_a_time()
    {
        _world.Store.IsSlow = true;
        Assert.Empty(_world.Answers("backup"));
        Assert.Equal(["Not done: a backup is being made already. Try again when it is complete."], _world.Answers("backup"));

        _world.Chat.InLoop(_world.Store.Answer);
        _world.Chat.Settle();
        _world.Store.IsSlow = false;
        _world.Chat.InLoop(_world.Store.Answer);
        Assert.StartsWith("The backup is complete: ", _world.Console.ReadTexts().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whois_shows_the_account_and_the_address_to_operators()
    {
        SimulatedClient alice = _world.Member("alice");

        Assert.EndsWith(", account alice, from 192.0.2.2:4711", _world.Answers("whois alice")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("from", alice.Type("whois u1000").ReadTexts()[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notice")]
    [InlineData("lock")]
    [InlineData("kick alice")]
    [InlineData("mute alice")]
    [InlineData("rename alice bob")]
    public void A_slow_disk_holds_up_nobody_and_the_command_of_somebody_who_leaves_ends_quietly(string line)
    {
        _world.Guest("alice");
        _world.Store.IsSlow = true;
        _world.Console.Type(line.EndsWith("notice", StringComparison.Ordinal) ? line + " x" : line);
        _world.Console.HangUp();
        _world.Chat.InLoop(_world.Store.Answer);
        _world.Chat.Settle();

        Assert.DoesNotContain(_world.Chat.Log.Entries, entry => entry.Exception is not null);
    }

    private void TakeOn(Action<ChatOptions> change)
    {
        change(_world.Options);
        _world.Chat.InLoop(_world.Chat.Port.TakeOn);
    }
}
