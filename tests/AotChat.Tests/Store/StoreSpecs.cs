using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Store;
using SQLitePCL;

namespace AotChat.Tests.Store;

/// <summary>What is kept, and what becomes of it when the disk fails.</summary>
public sealed class StoreSpecs : IDisposable
{
    private readonly StoreUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void What_was_said_is_there_after_a_restart()
    {
        _test.Say("one");
        _test.Say("zwei äöü 👍");
        _test.Restart();

        Assert.Equal(["one", "zwei äöü 👍"], _test.History());
        Assert.Equal(["zwei äöü 👍"], _test.Search("zwei"));
    }

    [Fact]
    public void A_question_that_comes_while_a_group_is_written_is_answered_after_it()
    {
        ValueTask<IReadOnlyList<StoredLine>?> asked = default;
        _test.Store.Writer.Groups.Committing = () =>
        {
            _test.Store.Writer.Groups.Committing = null;
            asked = _test.Store.SearchAsync(new StoredSearch(["said"], "", [1], 0, long.MaxValue, 0, 100));

            // The thread that reads is quicker.
            _test.Store.ReadOnce();
        };
        _test.Say("said");
        _test.Store.WriteOnce();

        Assert.Single(_test.Answer(asked)!);
    }

    [Fact]
    public void A_disk_that_did_not_let_old_lines_go_is_well_again_once_it_does_though_nobody_talks()
    {
        _test.Options.HistoryDays = 1;
        _test.Say("old");
        _test.Run();
        _test.Time.Advance(TimeSpan.FromDays(2));
        _test.Fault = new StoreException(raw.SQLITE_FULL, "fault");
        _test.Run();
        Assert.NotNull(_test.Store.Problem);

        _test.Fault = null;
        _test.Run();

        Assert.Null(_test.Store.Problem);
        Assert.Empty(_test.History());
    }

    [Fact]
    public void Everything_that_is_kept_comes_back_as_it_was()
    {
        StoredAccount account = new(
            _test.Store.Ids.NextAccount(), "alice", new ScramKeys([1, 2], 4096, [3], [4, 0]), 5, 6,
            new StoredPreferences(LineClock.Short, "Europe/Vienna", true, false, [7, 8], ["lobby", "dev"], ""));
        StoredRoom room = new(
            _test.Store.Ids.NextRoom(), "lobby", "all about chat", UInt128.MaxValue, account.Id, RoomModes.Hidden | RoomModes.Moderated, 10, [1, 2], [3], 17);
        StoredBan ban = new(_test.Store.Ids.NextBan(), BanKind.Mute, room.Id, 0, "mallory", "10.0.0.0/8", "alice", "spam; DROP TABLE ban", 9, StoredBan.Forever);
        Assert.True(_test.Answer(_test.Store.TryWriteAsync(
            new StoreChange.SaveAccount(account), new StoreChange.SaveRoom(room), new StoreChange.SaveBan(ban))));
        _test.Restart();

        AssertSame(account, Assert.Single(_test.State.Accounts));
        StoredRoom kept = Assert.Single(_test.State.Rooms);
        Assert.Equal(room with { Voices = [], Invited = [] }, kept with { Voices = [], Invited = [] });
        Assert.Equal([.. room.Voices, .. room.Invited], [.. kept.Voices, .. kept.Invited]);
        Assert.Equal(ban, Assert.Single(_test.State.Bans));
    }

    [Fact]
    public void Numbers_of_what_is_gone_do_not_come_again()
    {
        StoredRoom room = NewRoom(_test.Store.Ids.NextRoom());
        _test.Answer(_test.Store.TryWriteAsync(new StoreChange.SaveRoom(room)));
        _test.Answer(_test.Store.TryWriteAsync(new StoreChange.RemoveRoom(room.Id)));
        _test.Restart();

        Assert.Equal(room.Id + 1, _test.Store.Ids.NextRoom());
    }

    [Fact]
    public void The_number_of_a_rooms_last_line_outlives_the_line()
    {
        _test.Store.Write(new StoreChange.SaveRoom(NewRoom(1)));
        _test.Say("one");
        long last = _test.Say("two");
        _test.Run();
        _test.Store.Write(new StoreChange.SaveRoom(NewRoom(1) with { Topic = "new" }));
        _test.Restart();

        Assert.Equal((last, "new"), (_test.State.Rooms[0].LastNumber, _test.State.Rooms[0].Topic));
    }

    [Fact]
    public void A_room_that_is_removed_takes_its_lines_and_bans_along()
    {
        _test.Store.Write(new StoreChange.SaveRoom(NewRoom(1)));
        _test.Say("gone");
        _test.Say("stays", room: 2);
        _test.Store.Write(new StoreChange.SaveBan(new StoredBan(1, BanKind.Ban, 1, 0, "mallory", "", "alice", "", 0, 0)));
        _test.Answer(_test.Store.TryWriteAsync(new StoreChange.RemoveRoom(1)));
        _test.Restart();

        Assert.Empty(_test.State.Rooms);
        Assert.Empty(_test.State.Bans);
        Assert.Empty(_test.Search("gone"));
        Assert.Equal(["stays"], _test.History(room: 2));
    }

    [Fact]
    public void A_line_that_is_removed_is_found_no_more_and_who_removed_it_stays()
    {
        _test.Say("fine");
        long number = _test.Say("a secret");
        _test.Answer(_test.Store.TryWriteAsync(new StoreChange.RemoveLine(1, number, "bob")));
        _test.Restart();

        Assert.Empty(_test.Search("secret"));
        StoredLine line = _test.Answer(_test.Store.ReadLinesAsync(1, number, number, 1, fromStart: true))!.Lines.Single();
        Assert.Equal(("", "bob", "alice"), (Encoding.UTF8.GetString(line.Text), line.RemovedBy, Encoding.UTF8.GetString(line.Name)));
        Assert.DoesNotContain("a secret", Encoding.UTF8.GetString(File.ReadAllBytes(_test.Database)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mailbox_holds_its_limits_and_is_emptied()
    {
        MailLimits limits = new(3, 2, 9, 100);
        StoredMail Mail(long sender, long ticks, UInt128 block = default) =>
            new(_test.Store.Ids.NextMail(), 1, sender, block, "bob", ticks, "hi");
        Assert.Equal(MailResult.Kept, _test.Answer(_test.Store.KeepMailAsync(Mail(5, 99), limits)));
        Assert.Equal(MailResult.Kept, _test.Answer(_test.Store.KeepMailAsync(Mail(5, 100), limits)));
        Assert.Equal(MailResult.Kept, _test.Answer(_test.Store.KeepMailAsync(Mail(5, 101), limits)));
        Assert.Equal(MailResult.TooManyFromOne, _test.Answer(_test.Store.KeepMailAsync(Mail(5, 102), limits)));
        Assert.Equal(MailResult.Kept, _test.Answer(_test.Store.KeepMailAsync(Mail(0, 103, 9), limits)));
        Assert.Equal(MailResult.Full, _test.Answer(_test.Store.KeepMailAsync(Mail(0, 104, 8), limits)));
        _test.Restart();
        IReadOnlyList<StoredMail> kept = _test.Answer(_test.Store.ReadMailAsync(1))!;
        Assert.Equal([100, 101, 103], kept.Select(mail => mail.Ticks));
        Assert.Equal((UInt128)9, kept[2].SenderBlock);

        MailLimits inAll = new(9, 9, 3, 100);
        Assert.Equal(MailResult.Kept, _test.Answer(_test.Store.KeepMailAsync(Mail(5, 105) with { Account = 2 }, inAll)));
        Assert.Equal(MailResult.TooManyInAll, _test.Answer(_test.Store.KeepMailAsync(Mail(5, 106) with { Account = 3 }, inAll)));
        Assert.Equal(MailResult.Kept, _test.Answer(_test.Store.KeepMailAsync(Mail(0, 107, 8) with { Account = 3 }, inAll)));

        _test.Store.Write(new StoreChange.RemoveMail([kept[0].Id, kept[1].Id]));
        Assert.Single(_test.Answer(_test.Store.ReadMailAsync(1))!);
    }

    [Fact]
    public void The_audit_is_read_from_its_end_and_an_act_can_be_marked_as_undone()
    {
        foreach (int i in Enumerable.Range(1, 5))
        {
            _test.Answer(_test.Store.TryWriteAsync(new StoreChange.AddAudit(
                new AuditEntry(_test.Store.Ids.NextAudit(), i, "alice", 1, "10.0.0.1", "ban", "mallory", "lobby", "spam", $"unban {i}"))));
        }

        _test.Answer(_test.Store.TryWriteAsync(new StoreChange.MarkUndone(4, "bob", 77)));

        Assert.Equal([5, 4, 3], _test.Answer(_test.Store.ReadAuditAsync(3))!.Select(entry => entry.Id));
        Assert.Equal(
            new AuditEntry(4, 4, "alice", 1, "10.0.0.1", "ban", "mallory", "lobby", "spam", "unban 4", "bob", 77),
            _test.Answer(_test.Store.FindAuditAsync(4))!.Single());
        Assert.Empty(_test.Answer(_test.Store.FindAuditAsync(9))!);
    }

    [Theory]
    [InlineData(raw.SQLITE_FULL, "the disk is full")]
    [InlineData(raw.SQLITE_IOERR, "the disk reports an error")]
    [InlineData(raw.SQLITE_READONLY, "the file can only be read")]
    public void While_the_disk_fails_talk_waits_and_promises_are_refused(int code, string reason)
    {
        _test.Fault = new StoreException(code, "fault");
        _test.Say("during");
        ValueTask<bool> promise = _test.Store.TryWriteAsync(new StoreChange.SaveBan(new StoredBan(1, BanKind.Ban, 0, 0, "x", "", "y", "", 0, 0)));
        Assert.False(_test.Answer(promise));
        Assert.Equal(reason, _test.Store.Problem);
        Assert.False(_test.Answer(_test.Store.TryWriteAsync(new StoreChange.RemoveBan(1))));
        Assert.Equal(MailResult.NotWritten, _test.Answer(_test.Store.KeepMailAsync(new StoredMail(1, 1, 0, 0, "bob", 1, "hi"), new MailLimits(9, 9, 9, 0))));
        _test.Say("during, too");
        _test.Run();
        _test.Fault = null;
        _test.Run();

        Assert.Null(_test.Store.Problem);
        Assert.Equal(["during", "during, too"], _test.History());
        _test.Restart();
        Assert.Empty(_test.State.Bans);
        Assert.Equal(
            [$"Nothing can be written to disk: {reason}. The chat goes on; what is said waits in memory", "The disk takes everything again"],
            _test.Log.Entries.Select(entry => entry.Message).Select(text => text.Split(", after")[0]));
    }

    [Fact]
    public void What_finds_no_room_while_the_disk_fails_is_counted_and_told_once()
    {
        using StoreUnderTest test = new(new ChatOptions { StoreQueueBytes = 20_000 });
        test.Fault = new StoreException(raw.SQLITE_FULL, "fault");
        for (int i = 0; i < 1000; i++)
        {
            test.Say($"line {i}");
        }

        test.Run();
        long lost = test.Store.LostLines;
        Assert.InRange(lost, 1, 999);
        Assert.True(test.Store.WaitingBytes < 40_000);
        test.Fault = null;
        test.Run();
        test.Say("later");
        test.Run();

        Assert.Equal(1000 - lost + 1, test.History().Length + Math.Max(0, 1000 - lost + 1 - 1000));
        Assert.Contains($"{lost} lines that were said meanwhile are not in the history on disk: there was no memory for more", test.Log.Entries.Select(entry => entry.Message));
    }

    [Fact]
    public void One_entry_that_can_not_be_kept_keeps_no_other_from_it()
    {
        AuditEntry entry = new(1, 1, "alice", 1, "", "ban", "", "", "", "");
        _test.Say("before");
        ValueTask<bool> first = _test.Store.TryWriteAsync(new StoreChange.AddAudit(entry));
        ValueTask<bool> twice = _test.Store.TryWriteAsync(new StoreChange.AddAudit(entry));
        _test.Say("after");

        Assert.True(_test.Answer(first));
        Assert.False(_test.Answer(twice));
        Assert.Equal(["before", "after"], _test.History());
        Assert.Null(_test.Store.Problem);
    }

    [Fact]
    public void Keeping_a_line_allocates_nothing()
    {
        for (int i = 0; i < 2000; i++)
        {
            _test.Say("warm up");
        }

        _test.Run();
        byte[] body = "alice hello there"u8.ToArray();
        Keep(body, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 200; i++)
        {
            Keep(body, i);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static StoredRoom NewRoom(long id) => new(id, "lobby", "", 0, 0, RoomModes.None, 0, [], [], 0);

    private void Keep(byte[] body, int i) => _test.Store.KeepLine(new SaidLine(1, 10_000 + i, ChatEventKind.Said, i, 0, 5, body));

    private static void AssertSame(StoredAccount expected, StoredAccount actual)
    {
        Assert.Equal((expected.Id, expected.Name, expected.Created, expected.LastLogin), (actual.Id, actual.Name, actual.Created, actual.LastLogin));
        Assert.Equal(expected.Keys.Salt.ToArray(), actual.Keys.Salt.ToArray());
        Assert.Equal(expected.Keys.StoredKey.ToArray(), actual.Keys.StoredKey.ToArray());
        Assert.Equal(expected.Keys.ServerKey.ToArray(), actual.Keys.ServerKey.ToArray());
        Assert.Equal(expected.Keys.Iterations, actual.Keys.Iterations);
        Assert.Equal(expected.Preferences.IgnoredAccounts.ToArray(), actual.Preferences.IgnoredAccounts.ToArray());
        Assert.Equal(expected.Preferences.Rooms.ToArray(), actual.Preferences.Rooms.ToArray());
        Assert.Equal(
            expected.Preferences with { IgnoredAccounts = [], Rooms = [] },
            actual.Preferences with { IgnoredAccounts = [], Rooms = [] });
    }
}
