using SQLitePCL;

namespace AotChat.Store;

/// <summary>A copy of a database that is being made, some pages at a time.</summary>
/// <remarks>What the connection it is made from writes meanwhile goes into the copy too, so that it never begins anew.</remarks>
internal sealed class SqliteBackup(sqlite3_backup backup, sqlite3 destination) : IDisposable
{
    /// <summary>Copies some more pages; false where all are copied.</summary>
    /// <exception cref="StoreException">The copy can't be written.</exception>
    public bool Step(int pages)
    {
        int code = raw.sqlite3_backup_step(backup, pages);
        return code switch
        {
            raw.SQLITE_DONE => false,
            raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED => true,
            _ => throw SqliteDatabase.Failure(destination, code),
        };
    }

    public void Dispose() => raw.sqlite3_backup_finish(backup);
}
