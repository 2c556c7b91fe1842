using AotChat.Configuration;
using AotChat.Loop;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace AotChat.Store;

/// <summary>
/// Empties the queue into the database, and goes on trying where the disk does not take it: what was said waits, what was
/// promised is refused. Between two groups it tidies up: forgets what is too old, moves the write-ahead log to the file,
/// copies some pages of a backup. Owned by the thread that writes.
/// </summary>
internal sealed class StoreWriter
{
    private readonly StoreQueue _queue;
    private readonly EventLoop _loop;
    private readonly DiskHealth _health;
    private readonly ILogger _logger;
    private readonly StoreUpkeep _upkeep;
    private readonly List<(StoreWork Work, bool IsDone)> _answers = [];

    // The group that the disk has not taken; null for none.
    private StoreBatch? _batch;
    private int _groupsSinceUpkeep;

    public StoreWriter(SqliteDatabase database, StoreQueue queue, EventLoop loop, ChatOptions options, DiskHealth health, ILogger logger)
    {
        _queue = queue;
        _loop = loop;
        _health = health;
        _logger = logger;
        Groups = new GroupCommit(database);
        _upkeep = new StoreUpkeep(database, Groups, options, loop.Time, logger);
    }

    /// <summary>Writes the groups.</summary>
    internal GroupCommit Groups { get; }

    /// <summary>Makes the backups.</summary>
    public StoreUpkeep Upkeep => _upkeep;

    /// <summary>Does what there is to do, once.</summary>
    /// <param name="idle">How long to wait for something.</param>
    /// <returns>How long to pause before the next time, since the disk fails; null where the queue is closed and empty.</returns>
    public TimeSpan? Turn(TimeSpan idle)
    {
        // Also where one group follows the other without end.
        if (_batch is null && _upkeep.HasWork && ++_groupsSinceUpkeep >= ChatOptions.StoreGroupsBetweenUpkeep)
        {
            _groupsSinceUpkeep = 0;
            return Tidy();
        }

        if (_batch is null && !_queue.TryTake(_upkeep.HasWork ? TimeSpan.Zero : idle, out _batch))
        {
            return null;
        }

        return _batch is null ? Tidy() : WriteGroup(_batch);
    }

    /// <summary>Ends: what was begun is given up, and the write-ahead log goes to the file.</summary>
    public void End()
    {
        _upkeep.EndBackup("the server stops");
        _upkeep.EmptyLog();
    }

    private TimeSpan WriteGroup(StoreBatch batch)
    {
        _health.Begin();
        try
        {
            if (_upkeep.FindObstacle() is { } obstacle)
            {
                return Fail(obstacle);
            }

            Write(batch);
            _upkeep.NoteWritten(batch.Count);
            _health.Recover();
            _batch = null;
            _queue.Return(batch);
            return TimeSpan.Zero;
        }
        catch (StoreException failure)
        {
            return Fail(failure.Reason);
        }
        finally
        {
            _health.End();
            PostAnswers();
        }
    }

    private void Write(StoreBatch batch)
    {
        try
        {
            Groups.Write(batch);
            for (int i = 0; i < batch.Count; i++)
            {
                Note(batch.WorkAt(i), isDone: true);
            }
        }
        catch (StoreException failure) when (IsEntrysOwn(failure))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                Note(batch.WorkAt(i), TryWriteOne(batch, i));
            }
        }
    }

    private bool TryWriteOne(StoreBatch batch, int index)
    {
        try
        {
            Groups.WriteOne(batch, index);
            return true;
        }
        catch (StoreException failure) when (IsEntrysOwn(failure))
        {
            StoreLog.EntryRefused(_logger, failure.Reason);
            return false;
        }
    }

    private void Note(StoreWork? work, bool isDone)
    {
        if (work is not null)
        {
            _answers.Add((work, isDone));
        }
    }

    private TimeSpan Tidy()
    {
        try
        {
            // Forgetting fills the log too.
            if (_upkeep.FindObstacle() is { } obstacle)
            {
                return Fail(obstacle);
            }

            // What has failed here before is tried again here; nobody may have said anything since.
            _upkeep.Turn();
            _health.Recover();
            return TimeSpan.Zero;
        }
        catch (StoreException failure)
        {
            return Fail(failure.Reason);
        }
        finally
        {
            PostAnswers();
        }
    }

    private TimeSpan Fail(string reason)
    {
        _health.Fail(reason);
        _upkeep.EndBackup(reason);
        RefusePromises();
        return ChatOptions.StoreRetryPause;
    }

    // A constraint, or a value that is too large: no disk is to blame, and trying again does not help.
    private static bool IsEntrysOwn(StoreException failure) =>
        failure.Code is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE;

    // What was said, and what belongs to it, waits; but nobody waits for an answer.
    private void RefusePromises()
    {
        _batch?.TakePromises(work => _answers.Add((work, false)));
        _queue.TakePromises(work => _answers.Add((work, false)));
    }

    private void PostAnswers()
    {
        if (_answers.Count == 0)
        {
            return;
        }

        (StoreWork Work, bool IsDone)[] answers = [.. _answers];
        _answers.Clear();
        _loop.Post(
            static state =>
            {
                foreach ((StoreWork work, bool isDone) in ((StoreWork, bool)[])state!)
                {
                    work.Answer(isDone);
                }
            },
            answers);
    }
}
