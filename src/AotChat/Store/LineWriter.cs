using System.Runtime.InteropServices;
using AotChat.Configuration;

namespace AotChat.Store;

/// <summary>
/// Writes what was said, with its words into the index of the search; and forgets it again. Owned by the thread that
/// writes, within its transactions.
/// </summary>
internal sealed class LineWriter(SqliteDatabase database)
{
    private readonly SqliteStatement _add = database.Prepare("INSERT INTO line VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL)");
    private readonly SqliteStatement _index = database.Prepare("INSERT INTO line_text (rowid, text, author, room) VALUES (?1, ?2, ?3, ?4)");

    private readonly SqliteStatement _unindex = database.Prepare(
        "INSERT INTO line_text (line_text, rowid, text, author, room) VALUES ('delete', ?1, ?2, ?3, ?4)");

    private readonly SqliteStatement _note = database.Prepare("UPDATE room SET last_number = max(last_number, ?2) WHERE id = ?1");
    private readonly SqliteStatement _find = database.Prepare("SELECT id, room, name, text FROM line WHERE room = ?1 AND number = ?2 AND removed_by IS NULL");
    private readonly SqliteStatement _blank = database.Prepare("UPDATE line SET text = '', removed_by = ?2 WHERE id = ?1");
    private readonly SqliteStatement _ofRoom = database.Prepare("SELECT id, room, name, text, removed_by IS NULL FROM line WHERE room = ?1 LIMIT ?2");
    private readonly SqliteStatement _oldest = database.Prepare("SELECT id, room, name, text, removed_by IS NULL FROM line WHERE id <= ?1 ORDER BY id LIMIT ?2");
    private readonly SqliteStatement _delete = database.Prepare("DELETE FROM line WHERE id = ?1");

    // The last number of each room in this transaction.
    private readonly Dictionary<long, long> _numbers = [];
    private readonly List<long> _doomed = [];
    private long _lastId = database.Number("SELECT max(id) FROM line");

    /// <summary>Adds a line.</summary>
    public void Add(in QueuedLine line, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> name = body[..line.NameLength];
        ReadOnlySpan<byte> text = body[(line.NameLength + 1)..];
        long id = ++_lastId;
        _add.Bind(1, id).Bind(2, line.Room).Bind(3, line.Number).Bind(4, (int)line.Kind).Bind(5, line.Ticks).Bind(6, line.Account)
            .Bind(7, name).Bind(8, text).Run();
        BindWords(_index, id, line.Room, name, text).Run();
        ref long last = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, line.Room, out _);
        last = Math.Max(last, line.Number);
    }

    /// <summary>Writes the last numbers of the rooms that lines were added to; to be called before the commit.</summary>
    public void NoteNumbers()
    {
        foreach ((long room, long number) in _numbers)
        {
            _note.Bind(1, room).Bind(2, number).Run();
        }

        _numbers.Clear();
    }

    /// <summary>After a rollback.</summary>
    public void Reset()
    {
        _numbers.Clear();
        _lastId = database.Number("SELECT max(id) FROM line");
    }

    /// <summary>Removes the text of a line; that there was one, and who removed it, stays.</summary>
    public void Remove(long room, long number, string by)
    {
        if (_find.Bind(1, room).Bind(2, number).Step())
        {
            long id = _find.Int64(0);
            BindWords(_unindex, id, room, _find.Bytes(2), _find.Bytes(3)).Run();
            _find.Reset();
            _blank.Bind(1, id).Bind(2, by).Run();
        }
    }

    /// <summary>Forgets all lines of a room.</summary>
    public void Forget(long room)
    {
        while (Delete(_ofRoom.Bind(1, room).Bind(2, ChatOptions.StoreGroupEntries)) > 0)
        {
        }
    }

    /// <summary>Forgets some of the oldest lines; how many.</summary>
    /// <param name="lastId">None after this one.</param>
    /// <param name="max">At most so many.</param>
    public int ForgetOldest(long lastId, int max) => Delete(_oldest.Bind(1, lastId).Bind(2, max));

    private int Delete(SqliteStatement lines)
    {
        _doomed.Clear();
        while (lines.Step())
        {
            long id = lines.Int64(0);
            _doomed.Add(id);
            if (lines.Int32(4) == 1)
            {
                BindWords(_unindex, id, lines.Int64(1), lines.Bytes(2), lines.Bytes(3)).Run();
            }
        }

        foreach (long id in _doomed)
        {
            _delete.Bind(1, id).Run();
        }

        return _doomed.Count;
    }

    private static SqliteStatement BindWords(SqliteStatement statement, long id, long room, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        Span<byte> words = stackalloc byte[SearchWords.MaxBytes];
        return statement.Bind(1, id).Bind(2, text).Bind(3, words[..SearchWords.WriteAuthor(name, words)])
            .Bind(4, words[..SearchWords.WriteRoom(room, words)]);
    }
}
