namespace AotChat.Configuration;

/// <content>What is kept on disk.</content>
internal sealed partial class ChatOptions
{
    /// <summary>Keeps everything in memory, in place of a directory.</summary>
    public const string NoData = "none";

    /// <summary>
    /// The directory of what is kept after a restart. Default: empty, for <c>$STATE_DIRECTORY</c> where systemd sets it, else
    /// <c>$XDG_STATE_HOME/aotchat</c> or <c>~/.local/state/aotchat</c>; <see cref="NoData"/> for none.
    /// </summary>
    public string Data { get; set; } = "";

    /// <summary>How many days lines stay in the history on disk; 0 for no limit. Default: 0; <see cref="HistoryStoreBytes"/> bounds it.</summary>
    public int HistoryDays { get; set; }

    /// <summary>
    /// How large the file may be before it loses its oldest lines. Default: 1 GiB, some three million lines with what the
    /// search needs.
    /// </summary>
    public long HistoryStoreBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// How many bytes of what was said may wait in memory for the disk. Default: 32 MiB, some minutes of a very busy chat on a
    /// disk that is full. Later lines are not kept on disk.
    /// </summary>
    public int StoreQueueBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>How many entries one transaction holds. Fixed: more make a transaction no cheaper, and what is promised waits longer.</summary>
    public const int StoreGroupEntries = 256;

    /// <summary>
    /// How long a first entry waits for others to go into one transaction with it. Fixed: what is lost when the process is
    /// killed, against 200 transactions a second at most where little is said.
    /// </summary>
    public static readonly TimeSpan StoreGroupTime = TimeSpan.FromMilliseconds(5);

    /// <summary>How long the writing thread sleeps where there is nothing to write. Fixed: as often it looks for old lines.</summary>
    public static readonly TimeSpan StoreIdle = TimeSpan.FromSeconds(30);

    /// <summary>How long the disk may take before what is to be promised is refused. Fixed: longer than a busy disk stalls, shorter than a person waits.</summary>
    public static readonly TimeSpan StoreSlowLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait before writing again what the disk did not take. Fixed: soon enough for people, too seldom to load a disk.</summary>
    public static readonly TimeSpan StoreRetryPause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a query may take. Fixed: more than twenty times what any takes that finds its words in the index.</summary>
    public static readonly TimeSpan StoreQueryLimit = TimeSpan.FromSeconds(2);

    /// <summary>How many queries may wait. Fixed: more would wait longer than a person does.</summary>
    public const int StoreQueries = 1_000;

    /// <summary>How long the server waits at its end for the disk. Fixed: it was given time to finish already.</summary>
    public static readonly TimeSpan StoreStopLimit = TimeSpan.FromSeconds(3);

    /// <summary>The stacks of the two threads. Fixed: SQLite's search and its merging need less than a quarter.</summary>
    public const int StoreStackBytes = 1024 * 1024;

    /// <summary>How many bytes an entry counts besides its text. Fixed: what it takes.</summary>
    public const int StoreEntryBytes = 64;

    /// <summary>How many bytes other work counts. Fixed: about what a change takes with its answer.</summary>
    public const int StoreWorkBytes = 1024;

    /// <summary>
    /// How many bytes of other work may wait where lines have taken all that they may. Fixed: some thousand changes of rooms and
    /// accounts while the disk does not take them.
    /// </summary>
    public const int StoreWorkReserve = 8 * 1024 * 1024;

    /// <summary>How many bytes of text a batch keeps for the next one. Fixed: a usual one needs less.</summary>
    public const int StoreBytesKept = 32 * 1024;

    /// <summary>
    /// How many entries lie between two checkpoints. Fixed: the write-ahead log stays at some MiB, and each page is moved
    /// seldom.
    /// </summary>
    public const int StoreEntriesBetweenCheckpoints = 2_000;

    /// <summary>
    /// How long the write-ahead log may become where a reader of another program keeps it from being moved. Fixed: a backup of
    /// a large file under load stays below it.
    /// </summary>
    public const long StoreLogBytes = 64 * 1024 * 1024;

    /// <summary>After how many entries the size of the file is looked at. Fixed: it grows by less than 1 MiB meanwhile.</summary>
    public const int StoreEntriesBetweenLooks = 2_000;

    /// <summary>How many groups are written before a piece of upkeep that waits has its turn. Fixed: a fifth of the time where neither ends.</summary>
    public const int StoreGroupsBetweenUpkeep = 4;

    /// <summary>
    /// How many entries the audit keeps, the last ones. Fixed: years of acts, in some 20 MiB; an owner who makes entries all day
    /// must not push out what was said.
    /// </summary>
    public const int AuditEntriesKept = 100_000;

    /// <summary>After how long it is looked at in any case. Fixed: lines grow old slowly.</summary>
    public static readonly TimeSpan StoreLookPause = TimeSpan.FromMinutes(10);
}
