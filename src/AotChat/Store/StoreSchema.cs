namespace AotChat.Store;

/// <summary>
/// The tables, as a list of steps that each lead from one version to the next. A step never changes once a release has
/// it; a file of every older version lies with the tests.
/// </summary>
internal static class StoreSchema
{
    /// <summary>«AotC»: says to whom the file belongs; see file(1).</summary>
    public const int ApplicationId = 0x416F7443;

    /// <summary>
    /// Lets a new file give back the space of what is deleted. Nothing may be in the file yet, and to turn its write-ahead log
    /// on is something.
    /// </summary>
    public const string BeforeFirstPage = "PRAGMA auto_vacuum = INCREMENTAL";

    // Times are ticks of UTC. Lists of numbers and names are separated by spaces. AUTOINCREMENT, since a number must not
    // come again after its owner is gone.
    internal static readonly string[] Steps =
    [
        """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,
            salt BLOB NOT NULL, iterations INTEGER NOT NULL, stored_key BLOB NOT NULL, server_key BLOB NOT NULL,
            created INTEGER NOT NULL, last_login INTEGER NOT NULL,
            clock INTEGER NOT NULL, zone TEXT NOT NULL, colours INTEGER NOT NULL, bell INTEGER NOT NULL,
            ignored TEXT NOT NULL, rooms TEXT NOT NULL, away TEXT);
        CREATE TABLE room (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, topic TEXT NOT NULL, opener BLOB NOT NULL,
            owner INTEGER NOT NULL, modes INTEGER NOT NULL, slow INTEGER NOT NULL,
            voices TEXT NOT NULL, invited TEXT NOT NULL, last_number INTEGER NOT NULL);
        CREATE TABLE ban (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, room INTEGER NOT NULL, account INTEGER NOT NULL,
            name TEXT NOT NULL, address TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL,
            since INTEGER NOT NULL, until INTEGER NOT NULL);
        CREATE TABLE mail (
            id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, sender INTEGER NOT NULL,
            sender_block BLOB NOT NULL, sender_name TEXT NOT NULL, ticks INTEGER NOT NULL, text TEXT NOT NULL);
        CREATE INDEX mail_account ON mail (account);
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT, ticks INTEGER NOT NULL, actor TEXT NOT NULL, account INTEGER NOT NULL,
            origin TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL, room TEXT NOT NULL, reason TEXT NOT NULL,
            undo TEXT NOT NULL, undone_by TEXT NOT NULL, undone_ticks INTEGER NOT NULL);
        CREATE TABLE line (
            id INTEGER PRIMARY KEY, room INTEGER NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL,
            ticks INTEGER NOT NULL, account INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, removed_by TEXT);
        CREATE UNIQUE INDEX line_number ON line (room, number);
        -- author and room hold one word each, so that the index answers from: and in: too. Nothing is ranked: no sizes.
        CREATE VIRTUAL TABLE line_text USING fts5 (
            text, author, room, content='', columnsize=0, tokenize="unicode61 remove_diacritics 2");
        """,

        // How many messages a sender has in all mailboxes is counted for each new one.
        "CREATE INDEX mail_sender ON mail (sender, sender_block)",
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Makes the tables in a new file, or brings those of an older version up to date.</summary>
    /// <param name="database">The file, open for writing.</param>
    /// <exception cref="StoreException">It belongs to another program, or to a newer version; or it can't be written.</exception>
    public static void Update(SqliteDatabase database) => Update(database, Steps);

    /// <summary>The same with other steps, for tests.</summary>
    /// <inheritdoc cref="Update(SqliteDatabase)"/>
    internal static void Update(SqliteDatabase database, string[] steps)
    {
        long version = Check(database, steps.Length);
        if (version == steps.Length)
        {
            return;
        }

        if (version == 0)
        {
            database.Execute(BeforeFirstPage);
        }

        database.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (string step in steps.Skip((int)version))
            {
                database.Execute(step);
            }

            database.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {steps.Length}; COMMIT");
        }
        catch
        {
            if (database.IsInTransaction)
            {
                database.Execute("ROLLBACK");
            }

            throw;
        }
    }

    /// <summary>The version of a file; 0 for an empty one.</summary>
    /// <exception cref="StoreException">It belongs to another program, or to a newer version.</exception>
    public static long Check(SqliteDatabase database) => Check(database, Version);

    private static long Check(SqliteDatabase database, int known)
    {
        long owner = database.Number("PRAGMA application_id");
        long version = database.Number("PRAGMA user_version");
        bool isEmpty = owner == 0 && version == 0 && database.Number("SELECT count(*) FROM sqlite_master") == 0;
        if (!isEmpty && owner != ApplicationId)
        {
            throw new StoreException(0, "the file belongs to another program");
        }

        if (version > known)
        {
            throw new StoreException(0, $"the file was written by a newer version of AotChat (its format is {version}, this program knows {known})");
        }

        return version;
    }
}
