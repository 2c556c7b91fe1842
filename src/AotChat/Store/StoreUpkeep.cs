using AotChat.Configuration;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace AotChat.Store;

/// <summary>
/// Keeps the file in shape, a little between two groups: forgets lines that are too old or too many, gives their space back,
/// moves the write-ahead log to the file, makes backups. Owned by the thread that writes.
/// </summary>
internal sealed class StoreUpkeep
{
    // What a line takes in the tables and the search's index besides one and a half times its bytes: measured.
    private const int LineOverheadBytes = 64;

    // Some milliseconds, in which lines wait.
    private const int LinesWeighed = 4096;

    private readonly SqliteDatabase _database;
    private readonly GroupCommit _groups;
    private readonly ChatOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LineTimes _times;
    private readonly long _pageBytes;
    private readonly bool _hasLog;
    private int _sinceCheckpoint;
    private int _sinceLook;
    private long _lookedAt;
    private bool _isLookDue = true;
    private long _doomedTo;
    private bool _hasSpace;
    private StoreBackup? _backup;

    public StoreUpkeep(SqliteDatabase database, GroupCommit groups, ChatOptions options, TimeProvider time, ILogger logger)
    {
        _database = database;
        _groups = groups;
        _options = options;
        _time = time;
        _logger = logger;
        _times = new LineTimes(database);
        _pageBytes = database.Number("PRAGMA page_size");
        using SqliteStatement mode = database.PrepareOnce("PRAGMA journal_mode");
        _hasLog = mode.Step() && mode.Bytes(0).SequenceEqual("wal"u8);
        _lookedAt = time.GetTimestamp();
    }

    /// <summary>Whether it has begun something that is to go on soon.</summary>
    public bool HasWork => _backup is not null || _doomedTo > 0 || _hasSpace || _isLookDue || _sinceLook >= ChatOptions.StoreEntriesBetweenLooks;

    /// <summary>Begins a backup; one at a time.</summary>
    public void Begin(StoreBackup backup)
    {
        // The group that it came with may be written again, one by one.
        if (backup.IsBegun)
        {
            return;
        }

        backup.IsBegun = true;
        if (_backup is not null)
        {
            backup.End("another copy is being made");
            return;
        }

        _backup = backup;
    }

    /// <summary>Counts entries that were written.</summary>
    public void NoteWritten(int entries)
    {
        _sinceCheckpoint += entries;
        _sinceLook += entries;
    }

    /// <summary>
    /// Moves the write-ahead log to the file where it is time for it. Where another program reads for long, that can't be,
    /// and from some length on nothing more is to be written.
    /// </summary>
    /// <returns>Why nothing is to be written; null where all is well.</returns>
    public string? FindObstacle()
    {
        if (!_hasLog || _sinceCheckpoint < ChatOptions.StoreEntriesBetweenCheckpoints)
        {
            return null;
        }

        _database.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE, out int pages, out int moved);
        if (moved < pages && pages * _pageBytes > ChatOptions.StoreLogBytes)
        {
            return "another program has been reading the file for too long";
        }

        _sinceCheckpoint = 0;
        return null;
    }

    /// <summary>Does one small piece of work.</summary>
    /// <exception cref="StoreException">The disk does not take it.</exception>
    public void Turn()
    {
        if (_backup is not null)
        {
            if (!_backup.Step(_database, _logger))
            {
                _backup = null;
            }
        }
        else if (_doomedTo > 0)
        {
            int forgotten = _groups.ForgetOldest(_doomedTo, ChatOptions.StoreGroupEntries);
            _sinceCheckpoint += forgotten;
            if (forgotten < ChatOptions.StoreGroupEntries)
            {
                _doomedTo = 0;
                _hasSpace = true;
            }
        }
        else if (_hasSpace)
        {
            long before = _database.Number("PRAGMA freelist_count");
            _database.Execute($"PRAGMA incremental_vacuum({ChatOptions.StoreGroupEntries})");
            _sinceCheckpoint += ChatOptions.StoreGroupEntries;
            _hasSpace = before > ChatOptions.StoreGroupEntries;
        }
        else if (_isLookDue || _sinceLook >= ChatOptions.StoreEntriesBetweenLooks || _time.GetElapsedTime(_lookedAt) >= ChatOptions.StoreLookPause)
        {
            (_isLookDue, _sinceLook, _lookedAt) = (false, 0, _time.GetTimestamp());
            _doomedTo = FindDoomed();
            _database.Execute($"DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - {ChatOptions.AuditEntriesKept}");
        }
    }

    /// <summary>Ends a backup that is under way, which gives its space back.</summary>
    public void EndBackup(string reason)
    {
        _backup?.End(reason);
        _backup = null;
    }

    /// <summary>Moves all of the write-ahead log to the file, so that the next start finds it short.</summary>
    public void EmptyLog()
    {
        if (_hasLog)
        {
            _database.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        }
    }

    // Up to which line the oldest are to go; 0 for none.
    private long FindDoomed()
    {
        long first = _database.Number("SELECT min(id) FROM line");
        long last = _database.Number("SELECT max(id) FROM line");
        if (last == 0)
        {
            return 0;
        }

        long doomed = 0;
        if (_options.HistoryDays > 0)
        {
            doomed = _times.FirstFrom(_time.GetUtcNow().AddDays(-_options.HistoryDays).Ticks) - 1;
        }

        long used = (_database.Number("PRAGMA page_count") - _database.Number("PRAGMA freelist_count")) * _pageBytes;
        long excess = used - (_hasLog ? _options.HistoryStoreBytes : _options.HistoryBytes);
        if (excess > 0)
        {
            doomed = Math.Max(doomed, LastOf(excess));
        }

        return doomed >= first ? doomed : 0;
    }

    // The last of the oldest lines that take so many bytes together, or of as many as are looked at at once.
    private long LastOf(long excess)
    {
        using SqliteStatement oldest = _database.PrepareOnce(
            $"SELECT id, length(CAST(name AS BLOB)) + length(CAST(text AS BLOB)) FROM line ORDER BY id LIMIT {LinesWeighed}");
        long id = 0;
        int weighed = 0;
        while (excess > 0 && oldest.Step())
        {
            id = oldest.Int64(0);
            excess -= LineOverheadBytes + (oldest.Int64(1) * 3 / 2);
            weighed++;
        }

        _isLookDue = excess > 0 && weighed == LinesWeighed;
        return id;
    }
}
