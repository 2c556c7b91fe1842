using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Loop;
using Microsoft.Extensions.Logging;

namespace AotChat.Store;

/// <summary>
/// The store in SQLite: the event loop puts what is to be written into a queue, one thread writes it in groups, another one
/// answers questions, and answers are posted back. In memory one thread does both.
/// </summary>
/// <remarks>Members of <see cref="IChatStore"/> belong to the event loop.</remarks>
internal sealed partial class SqliteStore : IChatStore, IDisposable
{
    private readonly EventLoop _loop;
    private readonly ILogger _logger;
    private readonly DataDirectory? _directory;
    private readonly SqliteDatabase _database;
    private readonly SqliteDatabase? _readDatabase;

    // Made by the thread that reads, with its first question: another connection that reads the tables' definitions is a
    // quarter of a millisecond of the start.
    private readonly Lazy<StoreReader> _reader;
    private readonly StoreQueue _queue;
    private readonly ReadQueue _reads = new(ChatOptions.StoreQueries);
    private readonly DiskHealth _health;
    private readonly StoreWriter _writer;
    private readonly Action _look;
    private long _lost;

    private SqliteStore(EventLoop loop, ChatOptions options, ILogger logger, DataDirectory? directory, SqliteDatabase database)
    {
        _loop = loop;
        _logger = logger;
        _directory = directory;
        _database = database;
        _queue = new StoreQueue(options.StoreQueueBytes);
        _health = new DiskHealth(logger);
        _look = Look;
        _writer = new StoreWriter(database, _queue, loop, options, _health, logger);
        _readDatabase = directory is null ? null : OpenReader(directory.Database);
        _reader = new Lazy<StoreReader>(() => new StoreReader(_readDatabase ?? database), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <inheritdoc/>
    public string? Problem => _health.Problem;

    /// <inheritdoc/>
    public StoredIds Ids { get; } = new();

    /// <inheritdoc/>
    public long LostLines { get; private set; }

    /// <inheritdoc/>
    public long WaitingBytes => _queue.Bytes;

    /// <summary>Where it is; null where it is in memory.</summary>
    public string? Path => _directory?.FullName;

    /// <summary>The directory and the files in it that were made by now; none where it is in memory.</summary>
    public IEnumerable<string> Files => _directory is null ? [] : [_directory.FullName, .. Directory.EnumerateFiles(_directory.FullName)];

    /// <summary>Writes the groups, for tests.</summary>
    internal StoreWriter Writer => _writer;

    /// <summary>Opens the store in a directory that is locked, or in memory.</summary>
    /// <exception cref="StoreException">The file can't be used.</exception>
    public static SqliteStore Open(EventLoop loop, ChatOptions options, ILogger logger, DataDirectory? directory)
    {
        bool hasLog = directory is not null && File.Exists(directory.Database + "-wal");
        SqliteDatabase database = SqliteDatabase.Open(directory?.Database ?? ":memory:", directory is null ? SqliteMode.Create : SqliteMode.Write);
        try
        {
            if (directory is not null)
            {
                // Before anything is changed in a file that may be another program's.
                if (StoreSchema.Check(database) == 0)
                {
                    database.Execute(StoreSchema.BeforeFirstPage);
                }

                database.Execute($"PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = {ChatOptions.StoreLogBytes}");
            }

            // What is removed is overwritten. Its words stay in the search's index, without their order, until that is merged.
            database.Execute("PRAGMA busy_timeout = 1000; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON");
            StoreSchema.Update(database);
            return new SqliteStore(loop, options, logger, directory, database);
        }
        catch
        {
            // A file that is refused stays as it is, and so does its log; one that was made only now goes.
            if (hasLog)
            {
                database.KeepLog();
            }

            database.Dispose();
            throw;
        }
    }

    /// <summary>Reads what the chat holds in memory; before the threads are started.</summary>
    /// <exception cref="StoreException">The file is damaged.</exception>
    public StoredState Load()
    {
        try
        {
            return StoreReader.Load(_database, Ids);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw new StoreException(SQLitePCL.raw.SQLITE_CORRUPT, exception.Message);
        }
    }

    /// <inheritdoc/>
    public void KeepLine(in SaidLine line)
    {
        LookLater();
        if (!_queue.TryAdd(line))
        {
            LostLines++;
        }
        else if (LostLines > _lost && Problem is null)
        {
            StoreLog.LinesLost(_logger, LostLines - _lost);
            _lost = LostLines;
        }
    }

    /// <inheritdoc/>
    public void Write(StoreChange change)
    {
        LookLater();
        _queue.TryAdd(new ChangeWork(change));
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryWriteAsync(params StoreChange[] changes)
    {
        LookLater();
        PromiseWork work = new(changes);
        return Problem is null && _queue.TryAdd(work) ? work.Task : new(false);
    }

    /// <inheritdoc/>
    public ValueTask<MailResult> KeepMailAsync(StoredMail mail, MailLimits limits)
    {
        LookLater();
        MailWork work = new(mail, limits);
        return Problem is null && _queue.TryAdd(work) ? work.Task : new(MailResult.NotWritten);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredMail>?> ReadMailAsync(long account) => ReadAsync<IReadOnlyList<StoredMail>>(() => _reader.Value.ReadMail(account));

    /// <inheritdoc/>
    public ValueTask<StoredPage?> ReadLinesAsync(long room, long first, long last, int max, bool fromStart) =>
        ReadAsync(() => _reader.Value.ReadLines(room, first, last, max, fromStart));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredLine>?> SearchAsync(StoredSearch search) => ReadAsync(() => _reader.Value.Search(search));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditEntry>?> ReadAuditAsync(int max) => ReadAsync(() => _reader.Value.ReadAudit(max));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditEntry>?> FindAuditAsync(long id) => ReadAsync(() => _reader.Value.FindAudit(id));

    /// <inheritdoc/>
    public async ValueTask<string?> BackupAsync(string name)
    {
        if (_directory is null)
        {
            return "nothing is kept on disk here (option data)";
        }

        if (name.Length == 0 || name.AsSpan().ContainsAny('/', '\0') || name[0] == '.' || name.EndsWith(StoreBackup.Unfinished, StringComparison.Ordinal))
        {
            return $"give a name without / for a file in {_directory.Backups}; it can't begin with . or end with {StoreBackup.Unfinished}";
        }

        try
        {
            DataDirectory.Make(_directory.Backups);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }

        TaskCompletionSource<string?> answer = new();
        StoreBackup backup = new(System.IO.Path.Combine(_directory.Backups, name), problem => _loop.Post(_ => answer.TrySetResult(problem), null));
        return _queue.TryAdd(new BackupWork(backup, _writer.Upkeep)) ? await answer.Task : Problem ?? "too much waits to be written";
    }

    private static SqliteDatabase OpenReader(string path)
    {
        SqliteDatabase database = SqliteDatabase.Open(path, SqliteMode.Read);
        database.Execute("PRAGMA busy_timeout = 1000; PRAGMA temp_store = MEMORY");
        database.LimitQueries(ChatOptions.StoreQueryLimit);
        return database;
    }

    // What was said before is found too: the question passes through the queue where something waits there.
    private ValueTask<T?> ReadAsync<T>(Func<T> read)
        where T : class
    {
        TaskCompletionSource<T?> answer = new();
        void Read()
        {
            T? result = null;
            try
            {
                (_readDatabase ?? _database).StartClock();
                result = read();
            }
            catch (Exception exception)
            {
                // Rows of a damaged file can be anything.
                StoreLog.NotRead(_logger, exception is not StoreException failure ? exception.Message : failure.IsInterrupted ? "it took too long" : failure.Reason);
                (_readDatabase ?? _database).ResetStatements();
            }

            _loop.Post(_ => answer.TrySetResult(result), null);
        }

        void Refuse() => answer.TrySetResult(null);
        void Pass()
        {
            if (_readDatabase is null || !_reads.TryAdd(Read, Refuse))
            {
                Refuse();
            }
        }

        if (_readDatabase is not null && (Problem is not null || _queue.IsEmpty))
        {
            Pass();
        }
        else if (!_queue.TryAdd(new ReadWork(_readDatabase is null ? Read : null, Pass)))
        {
            return new(default(T));
        }

        return new(answer.Task);
    }
}
