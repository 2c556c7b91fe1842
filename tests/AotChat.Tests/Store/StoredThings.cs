using AotChat.Chat;
using AotChat.Store;

namespace AotChat.Tests.Store;

/// <summary>Something of everything that is kept.</summary>
internal static class StoredThings
{
    public static readonly StoredAccount Account = new(
        1, "alice", new ScramKeys([1, 2], 4096, [3], [4, 0]), 5, 6,
        new StoredPreferences(LineClock.Short, "Europe/Vienna", true, false, [7, 8], ["lobby", "dev"], "at lunch"));

    public static readonly StoredRoom Room = new(1, "lobby", "all about chat", UInt128.MaxValue, 1, RoomModes.Moderated, 10, [1, 2], [3], 17);

    public static readonly StoredBan Ban = new(1, BanKind.Mute, 1, 0, "mallory", "10.0.0.0/8", "alice", "spam", 9, StoredBan.Forever);

    public static readonly StoredMail Mail = new(1, 1, 5, 77, "bob", 100, "see you tomorrow");

    public static readonly AuditEntry Audit = new(1, 4, "alice", 1, "10.0.0.1", "mute", "mallory", "lobby", "spam", "unmute 1");

    /// <summary>Writes one of each.</summary>
    public static void Write(StoreUnderTest test)
    {
        Assert.True(test.Answer(test.Store.TryWriteAsync(
            new StoreChange.SaveAccount(Account), new StoreChange.SaveRoom(Room), new StoreChange.SaveBan(Ban), new StoreChange.AddAudit(Audit))));
        Assert.Equal(MailResult.Kept, test.Answer(test.Store.KeepMailAsync(Mail, new MailLimits(9, 9, 9, 0))));
    }

    /// <summary>Asks for everything and writes something of everything.</summary>
    public static Task[] AskAll(SqliteStore store)
    {
        store.KeepLine(new SaidLine(1, 100_000, ChatEventKind.Said, 1, 0, 5, "alice word w5 again"u8));
        return
        [
            store.ReadMailAsync(1).AsTask(),
            store.ReadAuditAsync(10).AsTask(),
            store.FindAuditAsync(1).AsTask(),
            store.ReadLinesAsync(1, 1, long.MaxValue, 1000, fromStart: false).AsTask(),
            store.SearchAsync(new StoredSearch(["word"], "alice", [1, 2], 1, long.MaxValue - 1, 0, 100)).AsTask(),
            store.TryWriteAsync(
                new StoreChange.SaveAccount(Account with { Id = 2 }), new StoreChange.SaveRoom(Room with { Topic = "new" }),
                new StoreChange.RemoveLine(1, 5, "alice"), new StoreChange.RemoveRoom(2)).AsTask(),
            store.KeepMailAsync(Mail with { Id = 1000 }, new MailLimits(9, 9, 9, 0)).AsTask(),
        ];
    }

    /// <summary>Asserts that one of each is there as it was.</summary>
    public static void AssertAllThere(StoreUnderTest test)
    {
        StoredAccount account = Assert.Single(test.State.Accounts);
        Assert.Equal((Account.Name, Account.LastLogin, Account.Preferences.Away), (account.Name, account.LastLogin, account.Preferences.Away));
        Assert.Equal(Account.Keys.ServerKey.ToArray(), account.Keys.ServerKey.ToArray());
        StoredRoom room = Assert.Single(test.State.Rooms);
        Assert.Equal((Room.Name, Room.Topic, Room.OpenerBlock, Room.Modes), (room.Name, room.Topic, room.OpenerBlock, room.Modes));
        Assert.Equal([1, 2, 3], [.. room.Voices, .. room.Invited]);
        Assert.Equal(Ban, Assert.Single(test.State.Bans));
        Assert.Equal(Mail, Assert.Single(test.Answer(test.Store.ReadMailAsync(1))!));
        Assert.Equal(Audit, Assert.Single(test.Answer(test.Store.ReadAuditAsync(9))!));
    }
}
