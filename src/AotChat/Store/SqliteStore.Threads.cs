using AotChat.Configuration;

namespace AotChat.Store;

/// <content>Its threads: their start, their end, and the look of the loop at the one that may hang with the disk.</content>
internal sealed partial class SqliteStore
{
    private bool _isLookDue;
    private bool _isClosed;

    /// <summary>Starts the threads.</summary>
    public void Start()
    {
        Writing = new Thread(WriteAll, ChatOptions.StoreStackBytes) { IsBackground = true, Name = "store" };
        Writing.Start();
        if (_readDatabase is not null)
        {
            Reading = new Thread(ReadAll, ChatOptions.StoreStackBytes) { IsBackground = true, Name = "store-read" };
            Reading.Start();
        }
    }

    private Thread? Writing { get; set; }

    private Thread? Reading { get; set; }

    /// <summary>Writes what waits, and closes the files; for so long at most.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _queue.Close();
        _reads.Close();
        _readDatabase?.Interrupt();
        if (Writing is { } writing && !writing.Join(ChatOptions.StoreStopLimit) || Reading is { } reading && !reading.Join(ChatOptions.StoreStopLimit))
        {
            // The thread still uses the database: it ends with the process, and the next start finds what it has written.
            StoreLog.NotFlushed(_logger, ChatOptions.StoreStopLimit.TotalSeconds);
            return;
        }

        _readDatabase?.Dispose();
        _database.Dispose();
        _directory?.Dispose();
    }

    /// <summary>Writes once what waits; for tests without threads.</summary>
    internal void WriteOnce() => _writer.Turn(TimeSpan.Zero);

    /// <summary>Lets questions take so long from now on; for tests.</summary>
    internal void LimitQueries(TimeSpan limit) => _readDatabase?.LimitQueries(limit);

    /// <summary>Answers once what is asked; for tests without threads.</summary>
    internal void ReadOnce()
    {
        while (_reads.TryTake(TimeSpan.Zero, out Action? read))
        {
            read();
        }
    }

    // While there is something to write, the loop looks from time to time whether the disk answers.
    private void LookLater()
    {
        if (!_isLookDue)
        {
            _isLookDue = true;
            _loop.Schedule(ChatOptions.StoreSlowLimit, _look);
        }
    }

    private void Look()
    {
        _isLookDue = false;
        _health.NoteSilence();
        if (_health.SilentFor is not null || !_queue.IsEmpty)
        {
            LookLater();
        }
    }

    private void WriteAll()
    {
        while (true)
        {
            try
            {
                if (_writer.Turn(ChatOptions.StoreIdle) is not { } pause)
                {
                    break;
                }

                if (pause > TimeSpan.Zero)
                {
                    Thread.Sleep(pause);
                }
            }
            catch (Exception exception)
            {
                StoreLog.ThreadFailed(_logger, exception, "writing");
                Thread.Sleep(ChatOptions.StoreRetryPause);
            }
        }

        _writer.End();
    }

    private void ReadAll()
    {
        while (_reads.TryTake(Timeout.InfiniteTimeSpan, out Action? read))
        {
            try
            {
                read();
            }
            catch (Exception exception)
            {
                StoreLog.ThreadFailed(_logger, exception, "reading");
            }
        }
    }
}
