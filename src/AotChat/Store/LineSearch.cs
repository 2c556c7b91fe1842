using System.Text;
using AotChat.Chat;

namespace AotChat.Store;

/// <summary>Finds lines by their words, author, room and time, the newest first. Owned by the thread that reads.</summary>
internal sealed class LineSearch(SqliteDatabase database)
{
    private readonly SqliteStatement _matching = database.Prepare(
        """
        SELECT line.room, line.number, line.kind, line.ticks, line.name, line.text, line.removed_by
        FROM line_text JOIN line ON line.id = line_text.rowid
        WHERE line_text MATCH ?1 AND line_text.rowid BETWEEN ?2 AND ?3 ORDER BY line_text.rowid DESC LIMIT ?4 OFFSET ?5
        """);

    private readonly LineTimes _times = new(database);

    /// <summary>The lines that fit.</summary>
    /// <exception cref="StoreException">It took too long, or the file can't be read.</exception>
    public IReadOnlyList<StoredLine> Find(StoredSearch search)
    {
        long first = search.Since > 0 ? _times.FirstFrom(search.Since) : 0;
        long last = search.Before < long.MaxValue ? _times.FirstFrom(search.Before) - 1 : long.MaxValue;
        _matching.Bind(1, Match(search)).Bind(2, first).Bind(3, last).Bind(4, search.Max).Bind(5, search.Skip);
        List<StoredLine> found = [];
        while (_matching.Step())
        {
            found.Add(StoreReader.ReadLine(_matching));
        }

        return found;
    }

    // In FTS5's language (sqlite.org/fts5.html, 3). Each word is quoted, so that nothing in it is part of the language; NUL would end it.
    private static string Match(StoredSearch search)
    {
        StringBuilder match = new StringBuilder("room : (").AppendJoin(" OR ", search.Rooms.Select(room => $"\"{room}\"")).Append(')');
        foreach (string word in search.Words)
        {
            match.Append(" AND text : \"").Append(word.Replace("\"", "\"\"", StringComparison.Ordinal).Replace('\0', ' ')).Append('"');
        }

        if (search.Author.Length > 0)
        {
            Span<byte> author = stackalloc byte[SearchWords.MaxBytes];
            int length = SearchWords.WriteAuthor(Encoding.UTF8.GetBytes(search.Author), author);
            match.Append(" AND author : \"").Append(Encoding.ASCII.GetString(author[..length])).Append('"');
        }

        return match.ToString();
    }
}
