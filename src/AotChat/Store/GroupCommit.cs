using SQLitePCL;

namespace AotChat.Store;

/// <summary>
/// Writes what waits in groups, each one transaction: synced to the disk where somebody is promised something, otherwise
/// left to the system. Owned by the thread that writes.
/// </summary>
/// <remarks>What fails is rolled back as a whole, so that the file never holds half a group.</remarks>
internal sealed class GroupCommit
{
    private readonly SqliteDatabase _database;
    private readonly LineWriter _lines;
    private readonly ChangeWriter _changes;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private bool _isSynced;

    public GroupCommit(SqliteDatabase database)
    {
        _database = database;
        _lines = new LineWriter(database);
        _changes = new ChangeWriter(database, _lines);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
    }

    /// <summary>Called before each commit; a test lets it fail, or take its time.</summary>
    internal Action? Committing { get; set; }

    /// <summary>Writes a batch.</summary>
    /// <exception cref="StoreException">Nothing of it is written.</exception>
    public void Write(StoreBatch batch) => Write(batch, 0, batch.Count);

    /// <summary>Writes one entry of a batch.</summary>
    /// <exception cref="StoreException">It is not written.</exception>
    public void WriteOne(StoreBatch batch, int index) => Write(batch, index, index + 1);

    /// <summary>Forgets some of the oldest lines; how many.</summary>
    /// <inheritdoc cref="LineWriter.ForgetOldest"/>
    public int ForgetOldest(long lastId, int max)
    {
        int forgotten = 0;
        Transact(isSynced: false, () => forgotten = _lines.ForgetOldest(lastId, max));
        return forgotten;
    }

    private void Write(StoreBatch batch, int first, int end) => Transact(batch.IsSynced, () =>
    {
        for (int i = first; i < end; i++)
        {
            if (batch.WorkAt(i) is { } work)
            {
                work.Run(_changes);
            }
            else if (batch.LineAt(i).Length > 0)
            {
                _lines.Add(batch.LineAt(i), batch.TextOf(batch.LineAt(i)));
            }
        }

        _lines.NoteNumbers();
    });

    private void Transact(bool isSynced, Action write)
    {
        if (_isSynced != isSynced)
        {
            // FULL syncs the write-ahead log at each commit, NORMAL only where it is moved to the file.
            _database.Execute(isSynced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _isSynced = isSynced;
        }

        try
        {
            _begin.Run();
            write();
            Committing?.Invoke();
            _commit.Run();
        }
        catch (Exception exception)
        {
            // One that was left at a row could not be bound again, and would hold its transaction open.
            _database.ResetStatements();
            if (_database.IsInTransaction)
            {
                _database.Execute("ROLLBACK");
            }

            _lines.Reset();
            throw exception is StoreException ? exception : new StoreException(raw.SQLITE_ERROR, exception.Message);
        }
    }
}
