using System.Buffers.Binary;
using System.Collections.Immutable;
using AotChat.Chat;

namespace AotChat.Store;

/// <summary>Answers what the chat asks of the database. Owned by the thread that reads; each query is short.</summary>
internal sealed class StoreReader(SqliteDatabase database)
{
    private readonly SqliteStatement _mail = database.Prepare("SELECT * FROM mail WHERE account = ?1 ORDER BY id");
    private readonly SqliteStatement _audits = database.Prepare("SELECT * FROM audit ORDER BY id DESC LIMIT ?1");
    private readonly SqliteStatement _audit = database.Prepare("SELECT * FROM audit WHERE id = ?1");

    private readonly SqliteStatement _first = database.Prepare("SELECT min(number), max(number) FROM line WHERE room = ?1");

    private readonly SqliteStatement _linesFromStart = database.Prepare(
        "SELECT room, number, kind, ticks, name, text, removed_by FROM line WHERE room = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number LIMIT ?4");

    private readonly SqliteStatement _linesFromEnd = database.Prepare(
        "SELECT room, number, kind, ticks, name, text, removed_by FROM line WHERE room = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number DESC LIMIT ?4");

    private readonly LineSearch _search = new(database);

    /// <summary>The messages for an account, the oldest first.</summary>
    public IReadOnlyList<StoredMail> ReadMail(long account)
    {
        List<StoredMail> found = [];
        _mail.Bind(1, account);
        while (_mail.Step())
        {
            found.Add(new StoredMail(
                _mail.Int64(0), _mail.Int64(1), _mail.Int64(2), ReadBlock(_mail, 3), _mail.Text(4), _mail.Int64(5), _mail.Text(6)));
        }

        return found;
    }

    /// <summary>The last entries of the audit, the newest first.</summary>
    public IReadOnlyList<AuditEntry> ReadAudit(int max) => ReadAudit(_audits.Bind(1, max));

    /// <summary>One entry of the audit; none where there is none.</summary>
    public IReadOnlyList<AuditEntry> FindAudit(long id) => ReadAudit(_audit.Bind(1, id));

    /// <summary>Lines of a room; see <see cref="IChatStore.ReadLinesAsync"/>.</summary>
    public StoredPage ReadLines(long room, long first, long last, int max, bool fromStart)
    {
        (long kept, long newest) = (0, 0);
        if (_first.Bind(1, room).Step() && !_first.IsNull(0))
        {
            (kept, newest) = (_first.Int64(0), _first.Int64(1));
        }

        _first.Reset();
        SqliteStatement lines = fromStart ? _linesFromStart : _linesFromEnd;
        List<StoredLine> found = [];
        lines.Bind(1, room).Bind(2, first).Bind(3, last).Bind(4, max);
        while (lines.Step())
        {
            found.Add(ReadLine(lines));
        }

        if (!fromStart)
        {
            found.Reverse();
        }

        return new StoredPage(kept, newest, found);
    }

    /// <summary>What a search finds, the newest first.</summary>
    public IReadOnlyList<StoredLine> Search(StoredSearch search) => _search.Find(search);

    /// <summary>Everything that the chat holds in memory.</summary>
    /// <param name="database">Any connection that nobody else uses meanwhile.</param>
    /// <param name="ids">Takes on the last numbers that were given.</param>
    public static StoredState Load(SqliteDatabase database, StoredIds ids)
    {
        (ids.Account, ids.Room, ids.Ban) = (LastOf(database, "account"), LastOf(database, "room"), LastOf(database, "ban"));
        (ids.Audit, ids.Mail) = (LastOf(database, "audit"), LastOf(database, "mail"));
        return new StoredState(LoadAccounts(database), LoadRooms(database), LoadBans(database));
    }

    internal static StoredLine ReadLine(SqliteStatement line) => new(
        line.Int64(0), line.Int64(1), (ChatEventKind)line.Int32(2), line.Int64(3), line.Bytes(4).ToArray(), line.Bytes(5).ToArray(),
        line.IsNull(6) ? "" : line.Text(6));

    private static UInt128 ReadBlock(SqliteStatement statement, int column) => BinaryPrimitives.ReadUInt128BigEndian(statement.Bytes(column));

    private static List<AuditEntry> ReadAudit(SqliteStatement audit)
    {
        List<AuditEntry> found = [];
        while (audit.Step())
        {
            found.Add(new AuditEntry(
                audit.Int64(0), audit.Int64(1), audit.Text(2), audit.Int64(3), audit.Text(4), audit.Text(5), audit.Text(6), audit.Text(7),
                audit.Text(8), audit.Text(9), audit.Text(10), audit.Int64(11)));
        }

        return found;
    }

    // What AUTOINCREMENT remembers, also of what is gone.
    private static long LastOf(SqliteDatabase database, string table) => database.Number($"SELECT seq FROM sqlite_sequence WHERE name = '{table}'");

    private static List<StoredAccount> LoadAccounts(SqliteDatabase database)
    {
        List<StoredAccount> found = [];
        using SqliteStatement rows = database.PrepareOnce("SELECT * FROM account ORDER BY id");
        while (rows.Step())
        {
            ScramKeys keys = new(
                ImmutableArray.Create(rows.Bytes(2)), rows.Int32(3), ImmutableArray.Create(rows.Bytes(4)), ImmutableArray.Create(rows.Bytes(5)));
            StoredPreferences wanted = new(
                (LineClock)rows.Int32(8), rows.Text(9), rows.Int32(10) != 0, rows.Int32(11) != 0,
                StoredList.Numbers(rows.Text(12)), StoredList.Names(rows.Text(13)), rows.IsNull(14) ? null : rows.Text(14));
            found.Add(new StoredAccount(rows.Int64(0), rows.Text(1), keys, rows.Int64(6), rows.Int64(7), wanted));
        }

        return found;
    }

    private static List<StoredRoom> LoadRooms(SqliteDatabase database)
    {
        List<StoredRoom> found = [];
        using SqliteStatement rows = database.PrepareOnce("SELECT * FROM room ORDER BY id");
        while (rows.Step())
        {
            found.Add(new StoredRoom(
                rows.Int64(0), rows.Text(1), rows.Text(2), ReadBlock(rows, 3), rows.Int64(4), (RoomModes)rows.Int32(5), rows.Int32(6),
                StoredList.Numbers(rows.Text(7)), StoredList.Numbers(rows.Text(8)), rows.Int64(9)));
        }

        return found;
    }

    private static List<StoredBan> LoadBans(SqliteDatabase database)
    {
        List<StoredBan> found = [];
        using SqliteStatement rows = database.PrepareOnce("SELECT * FROM ban ORDER BY id");
        while (rows.Step())
        {
            found.Add(new StoredBan(
                rows.Int64(0), (BanKind)rows.Int32(1), rows.Int64(2), rows.Int64(3), rows.Text(4), rows.Text(5), rows.Text(6), rows.Text(7),
                rows.Int64(8), rows.Int64(9)));
        }

        return found;
    }
}
