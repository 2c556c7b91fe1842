namespace AotChat.Store;

/// <summary>
/// Finds where a time begins among the lines. They are kept in the order in which they were said, so halving finds it, and
/// times need no index. A clock that was set back makes the place inexact by as much.
/// </summary>
internal sealed class LineTimes(SqliteDatabase database)
{
    private readonly SqliteStatement _from = database.Prepare("SELECT id, ticks FROM line WHERE id >= ?1 ORDER BY id LIMIT 1");
    private readonly SqliteStatement _last = database.Prepare("SELECT max(id) FROM line");

    /// <summary>The number in the table of the first line that is not earlier than a time, in ticks of UTC.</summary>
    public long FirstFrom(long ticks)
    {
        (long low, long high) = (0, (_last.Scalar() ?? 0) + 1);
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            if (!_from.Bind(1, middle).Step())
            {
                high = middle;
            }
            else
            {
                (long id, bool isEarlier) = (_from.Int64(0), _from.Int64(1) < ticks);
                (low, high) = isEarlier ? (id + 1, high) : (low, middle);
            }

            _from.Reset();
        }

        return low;
    }
}
