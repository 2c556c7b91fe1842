using System.Text;
using SQLitePCL;

namespace AotChat.Store;

/// <summary>A prepared statement. Its parameters are numbered from 1, its columns from 0. Used by one thread at a time.</summary>
internal sealed class SqliteStatement(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    /// <summary>Sets a parameter.</summary>
    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, index, value));
        return this;
    }

    /// <summary>Sets a parameter to text in UTF-8.</summary>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(statement, index, utf8));
        return this;
    }

    /// <summary>Sets a parameter to text; null is NULL.</summary>
    public SqliteStatement Bind(int index, string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(statement, index));
            return this;
        }

        return Bind(index, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Sets a parameter to bytes that are no text.</summary>
    public SqliteStatement BindBlob(int index, ReadOnlySpan<byte> bytes)
    {
        Check(raw.sqlite3_bind_blob(statement, index, bytes));
        return this;
    }

    /// <summary>Runs it to its next row; false at the end, where it is ready to be run again.</summary>
    /// <exception cref="StoreException">It failed; it is ready to be run again.</exception>
    public bool Step()
    {
        int code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            StoreException failure = SqliteDatabase.Failure(database, code);
            raw.sqlite3_reset(statement);
            throw failure;
        }

        raw.sqlite3_reset(statement);
        return false;
    }

    /// <summary>Runs it where it has no rows, or where only the first one counts.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>The number in the first column of its only row; null where there is none.</summary>
    public long? Scalar()
    {
        long? value = Step() && !IsNull(0) ? Int64(0) : null;
        Reset();
        return value;
    }

    /// <summary>Makes it ready to be run again before its last row was read.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    public long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public int Int32(int column) => raw.sqlite3_column_int(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>The bytes of a column, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteDatabase.Failure(database, code);
        }
    }
}
