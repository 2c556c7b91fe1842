using Microsoft.Extensions.Logging;

namespace AotChat.Store;

/// <summary>A copy of everything that is kept, made by the thread that writes while it goes on writing.</summary>
/// <param name="path">The new file.</param>
/// <param name="done">Called with what went wrong, or with null.</param>
internal sealed class StoreBackup(string path, Action<string?> done)
{
    // 512 KiB: some milliseconds, in which lines wait.
    private const int PagesAtOnce = 128;

    /// <summary>How the names of copies end that are not finished.</summary>
    public const string Unfinished = ".part";

    private readonly string _unfinished = path + Unfinished;
    private bool _isMade;
    private SqliteDatabase? _copy;
    private SqliteBackup? _backup;

    /// <summary>Whether the thread that writes has taken it on, and will end it.</summary>
    public bool IsBegun { get; set; }

    /// <summary>Copies some more; false at the end, good or bad.</summary>
    public bool Step(SqliteDatabase database, ILogger logger)
    {
        try
        {
            if (_backup is null)
            {
                if (File.Exists(path))
                {
                    End($"there is a file {Path.GetFileName(path)} already");
                    return false;
                }

                // A server that was killed may have left one.
                File.Delete(_unfinished);
                DataDirectory.CreateFile(_unfinished);
                _isMade = true;
                _copy = SqliteDatabase.Open(_unfinished, SqliteMode.Write);
                _backup = database.BackupTo(_copy);
            }

            if (_backup.Step(PagesAtOnce))
            {
                return true;
            }

            Close();
            File.Move(_unfinished, path);
            StoreLog.BackedUp(logger, path);
            End(null);
        }
        catch (Exception exception)
        {
            string reason = exception is StoreException failure ? failure.Reason : exception.Message;
            StoreLog.NotBackedUp(logger, reason);
            End(reason);
        }

        return false;
    }

    /// <summary>Ends it, for good or since something went wrong.</summary>
    public void End(string? problem)
    {
        Close();
        if (problem is not null && _isMade)
        {
            try
            {
                File.Delete(_unfinished);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It stays, and says by its name what it is.
            }
        }

        done(problem);
    }

    private void Close()
    {
        _backup?.Dispose();
        _copy?.Dispose();
        (_backup, _copy) = (null, null);
    }
}
