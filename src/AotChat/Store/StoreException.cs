using SQLitePCL;

namespace AotChat.Store;

/// <summary>The database refused to do something.</summary>
/// <param name="code">SQLite's result code; see sqlite.org/rescode.html.</param>
/// <param name="message">What went wrong.</param>
internal sealed class StoreException(int code, string message) : Exception(message)
{
    /// <summary>SQLite's result code, without its extension.</summary>
    public int Code => code & 0xFF;

    /// <summary>Whether the query was stopped since it took too long.</summary>
    public bool IsInterrupted => Code == raw.SQLITE_INTERRUPT;

    /// <summary>Whether the file itself is damaged, or is no database.</summary>
    public bool IsDamage => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>What is wrong, as an operator would say it.</summary>
    public string Reason => Code switch
    {
        raw.SQLITE_FULL => "the disk is full",
        raw.SQLITE_READONLY => "the file can only be read",
        raw.SQLITE_IOERR => "the disk reports an error",
        raw.SQLITE_CORRUPT => "the file is damaged",
        raw.SQLITE_NOTADB => "the file is not a database",
        raw.SQLITE_CANTOPEN => "the file cannot be opened",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program uses the file",
        raw.SQLITE_NOMEM => "there is no memory",
        _ => Message,
    };
}
