using System.Diagnostics;
using SQLitePCL;

namespace AotChat.Store;

/// <summary>A connection to a SQLite file, for one thread.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    // How many steps of SQLite's machine lie between two looks at the clock.
    private const int StepsBetweenChecks = 5_000;

    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];
    private long _deadline;

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    static SqliteDatabase()
    {
        raw.SetProvider(new SQLite3Provider_sqlite3());
        raw.FreezeProvider();
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file, or <c>:memory:</c>.</param>
    /// <param name="mode">What is done with it.</param>
    /// <exception cref="StoreException">It can't be opened.</exception>
    public static SqliteDatabase Open(string path, SqliteMode mode)
    {
        int flags = mode switch
        {
            SqliteMode.Create => raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
            SqliteMode.Write => raw.SQLITE_OPEN_READWRITE,
            SqliteMode.Look => raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI,
            _ => raw.SQLITE_OPEN_READONLY,
        };
        if (mode == SqliteMode.Look)
        {
            path = $"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
        }

        // Each connection stays with one thread, so that SQLite needs no lock of its own around it.
        int code = raw.sqlite3_open_v2(path, out sqlite3 handle, flags | raw.SQLITE_OPEN_NOMUTEX, null!);
        SqliteDatabase database = new(handle);
        if (code != raw.SQLITE_OK)
        {
            StoreException failure = Failure(handle, code);
            database.Dispose();
            throw failure;
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        return database;
    }

    /// <summary>Runs statements without rows, or whose rows nobody needs.</summary>
    public void Execute(string sql)
    {
        int code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw Failure(_handle, code);
        }
    }

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        SqliteStatement statement = PrepareOnce(sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Prepares a statement that the caller disposes.</summary>
    public SqliteStatement PrepareOnce(string sql)
    {
        int code = raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt statement);
        return code == raw.SQLITE_OK ? new SqliteStatement(_handle, statement) : throw Failure(_handle, code);
    }

    /// <summary>The number that a query gives; 0 where it gives none.</summary>
    public long Number(string sql)
    {
        using SqliteStatement statement = PrepareOnce(sql);
        return statement.Scalar() ?? 0;
    }

    /// <summary>Makes all statements ready to be run again, after a failure in the middle of some.</summary>
    public void ResetStatements()
    {
        foreach (SqliteStatement statement in _statements)
        {
            statement.Reset();
        }
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>From now on a statement fails that runs longer than this after <see cref="StartClock"/>.</summary>
    public void LimitQueries(TimeSpan limit) => raw.sqlite3_progress_handler(
        _handle,
        StepsBetweenChecks,
        _ => _deadline > 0 && Stopwatch.GetElapsedTime(_deadline) > limit ? 1 : 0,
        null);

    /// <summary>Begins the time of <see cref="LimitQueries"/>.</summary>
    public void StartClock() => _deadline = Stopwatch.GetTimestamp();

    /// <summary>Ends the query that runs, if one does; from any thread.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_handle);

    /// <summary>Moves what is in the write-ahead log to the database file, as far as readers allow.</summary>
    /// <param name="mode"><see cref="raw.SQLITE_CHECKPOINT_PASSIVE"/> or another.</param>
    /// <param name="pages">How many pages the log has.</param>
    /// <param name="moved">How many of them are in the database file.</param>
    public void Checkpoint(int mode, out int pages, out int moved) =>
        raw.sqlite3_wal_checkpoint_v2(_handle, "main", mode, out pages, out moved);

    /// <summary>Leaves the write-ahead log where it is when the file is closed.</summary>
    public void KeepLog() => raw.sqlite3_db_config(_handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);

    /// <summary>Begins a copy of this database into another.</summary>
    public SqliteBackup BackupTo(SqliteDatabase destination) =>
        new(raw.sqlite3_backup_init(destination._handle, "main", _handle, "main") ?? throw Failure(destination._handle, raw.SQLITE_ERROR), destination._handle);

    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }

    internal static StoreException Failure(sqlite3 handle, int code) =>
        new(code, handle.IsInvalid ? raw.sqlite3_errstr(code).utf8_to_string() : raw.sqlite3_errmsg(handle).utf8_to_string());
}

/// <summary>What a connection does with its file.</summary>
internal enum SqliteMode
{
    /// <summary>Reads it.</summary>
    Read,

    /// <summary>Reads it, and makes no file beside it; nobody writes it meanwhile.</summary>
    Look,

    /// <summary>Reads and writes it; it exists.</summary>
    Write,

    /// <summary>Reads and writes it, and makes it where there is none.</summary>
    Create,
}
