using System.Buffers.Binary;
using AotChat.Chat;

namespace AotChat.Store;

/// <summary>Writes accounts, rooms, bans, messages and the audit. Owned by the thread that writes, within its transactions.</summary>
internal sealed class ChangeWriter(SqliteDatabase database, LineWriter lines)
{
    private const int BlockBytes = 16;

    private readonly SqliteStatement _saveAccount = database.Prepare(
        "INSERT OR REPLACE INTO account VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");

    private readonly SqliteStatement _removeAccount = database.Prepare("DELETE FROM account WHERE id = ?1");
    private readonly SqliteStatement _removeMailbox = database.Prepare("DELETE FROM mail WHERE account = ?1");
    private readonly SqliteStatement _disownRooms = database.Prepare("UPDATE room SET owner = 0 WHERE owner = ?1");

    // What is kept of the last number stays where it is higher: lines may be on disk already that the room does not count yet.
    private readonly SqliteStatement _saveRoom = database.Prepare(
        """
        INSERT INTO room VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (id) DO UPDATE SET name = ?2, topic = ?3, opener = ?4, owner = ?5, modes = ?6, slow = ?7, voices = ?8,
            invited = ?9, last_number = max(last_number, ?10)
        """);

    private readonly SqliteStatement _removeRoom = database.Prepare("DELETE FROM room WHERE id = ?1");
    private readonly SqliteStatement _removeRoomBans = database.Prepare("DELETE FROM ban WHERE room = ?1");
    private readonly SqliteStatement _saveBan = database.Prepare("INSERT OR REPLACE INTO ban VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    private readonly SqliteStatement _removeBan = database.Prepare("DELETE FROM ban WHERE id = ?1");

    private readonly SqliteStatement _addAudit = database.Prepare(
        "INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");

    private readonly SqliteStatement _markUndone = database.Prepare("UPDATE audit SET undone_by = ?2, undone_ticks = ?3 WHERE id = ?1");
    private readonly SqliteStatement _forgetMail = database.Prepare("DELETE FROM mail WHERE ticks < ?1");
    private readonly SqliteStatement _countMail = database.Prepare("SELECT count(*) FROM mail WHERE account = ?1");

    private readonly SqliteStatement _countMailFromOne = database.Prepare(
        "SELECT count(*) FROM mail WHERE account = ?1 AND sender = ?2 AND (?2 <> 0 OR sender_block = ?3)");

    private readonly SqliteStatement _countMailInAll = database.Prepare(
        "SELECT count(*) FROM mail WHERE sender = ?1 AND (?1 <> 0 OR sender_block = ?2)");

    private readonly SqliteStatement _addMail = database.Prepare("INSERT INTO mail VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    private readonly SqliteStatement _removeMail = database.Prepare("DELETE FROM mail WHERE id = ?1");

    /// <summary>Makes one change.</summary>
    /// <exception cref="StoreException">It can't be written; the transaction is to be rolled back.</exception>
    public void Apply(StoreChange change)
    {
        switch (change)
        {
            case StoreChange.SaveAccount save:
                Save(save.Account);
                break;

            case StoreChange.RemoveAccount remove:
                _removeAccount.Bind(1, remove.Account).Run();
                _removeMailbox.Bind(1, remove.Account).Run();
                _disownRooms.Bind(1, remove.Account).Run();
                break;

            case StoreChange.SaveRoom save:
                Save(save.Room);
                break;

            case StoreChange.RemoveRoom remove:
                _removeRoom.Bind(1, remove.Room).Run();
                _removeRoomBans.Bind(1, remove.Room).Run();
                lines.Forget(remove.Room);
                break;

            case StoreChange.RemoveLine remove:
                lines.Remove(remove.Room, remove.Number, remove.By);
                break;

            case StoreChange.SaveBan save:
                Save(save.Ban);
                break;

            case StoreChange.RemoveBan remove:
                _removeBan.Bind(1, remove.Ban).Run();
                break;

            case StoreChange.AddAudit add:
                Add(add.Entry);
                break;

            case StoreChange.MarkUndone mark:
                _markUndone.Bind(1, mark.Entry).Bind(2, mark.By).Bind(3, mark.Ticks).Run();
                break;

            case StoreChange.RemoveMail remove:
                foreach (long mail in remove.Mails)
                {
                    _removeMail.Bind(1, mail).Run();
                }

                break;

            default:
                throw new NotSupportedException($"The store does not know {change.GetType().Name}.");
        }
    }

    /// <summary>Adds a message to a mailbox, within its limits.</summary>
    /// <exception cref="StoreException">It can't be written; the transaction is to be rolled back.</exception>
    public MailResult Add(StoredMail mail, MailLimits limits)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        BinaryPrimitives.WriteUInt128BigEndian(block, mail.SenderBlock);
        _forgetMail.Bind(1, limits.OldestTicks).Run();
        if (_countMail.Bind(1, mail.Account).Scalar() >= limits.Messages)
        {
            return MailResult.Full;
        }

        if (_countMailFromOne.Bind(1, mail.Account).Bind(2, mail.Sender).BindBlob(3, block).Scalar() >= limits.FromOne)
        {
            return MailResult.TooManyFromOne;
        }

        if (_countMailInAll.Bind(1, mail.Sender).BindBlob(2, block).Scalar() >= limits.FromOneInAll)
        {
            return MailResult.TooManyInAll;
        }

        _addMail.Bind(1, mail.Id).Bind(2, mail.Account).Bind(3, mail.Sender).BindBlob(4, block)
            .Bind(5, mail.SenderName).Bind(6, mail.Ticks).Bind(7, mail.Text).Run();
        return MailResult.Kept;
    }

    private void Save(StoredAccount account)
    {
        StoredPreferences wanted = account.Preferences;
        _saveAccount.Bind(1, account.Id).Bind(2, account.Name)
            .BindBlob(3, account.Keys.Salt.AsSpan()).Bind(4, account.Keys.Iterations)
            .BindBlob(5, account.Keys.StoredKey.AsSpan()).BindBlob(6, account.Keys.ServerKey.AsSpan())
            .Bind(7, account.Created).Bind(8, account.LastLogin)
            .Bind(9, (int)wanted.Clock).Bind(10, wanted.Zone).Bind(11, wanted.HasColours ? 1 : 0).Bind(12, wanted.RingsBell ? 1 : 0)
            .Bind(13, StoredList.Of(wanted.IgnoredAccounts)).Bind(14, StoredList.Of(wanted.Rooms)).Bind(15, wanted.Away).Run();
    }

    private void Save(StoredRoom room)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        BinaryPrimitives.WriteUInt128BigEndian(block, room.OpenerBlock);
        _saveRoom.Bind(1, room.Id).Bind(2, room.Name).Bind(3, room.Topic).BindBlob(4, block).Bind(5, room.Owner)
            .Bind(6, (int)room.Modes).Bind(7, room.SlowSeconds).Bind(8, StoredList.Of(room.Voices)).Bind(9, StoredList.Of(room.Invited))
            .Bind(10, room.LastNumber).Run();
    }

    private void Save(StoredBan ban) => _saveBan.Bind(1, ban.Id).Bind(2, (int)ban.Kind).Bind(3, ban.Room).Bind(4, ban.Account).Bind(5, ban.Name)
        .Bind(6, ban.Address).Bind(7, ban.By).Bind(8, ban.Reason).Bind(9, ban.Since).Bind(10, ban.Until).Run();

    private void Add(AuditEntry entry) => _addAudit.Bind(1, entry.Id).Bind(2, entry.Ticks).Bind(3, entry.Actor).Bind(4, entry.ActorAccount)
        .Bind(5, entry.From).Bind(6, entry.Action).Bind(7, entry.Target).Bind(8, entry.Room).Bind(9, entry.Reason).Bind(10, entry.Undo)
        .Bind(11, entry.UndoneBy).Bind(12, entry.UndoneTicks).Run();
}
