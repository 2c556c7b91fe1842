using Microsoft.Extensions.Logging;

namespace AotChat.Configuration;

/// <summary>
/// Every setting and limit of the server, with its default. Names, ranges and help stand in <see cref="OptionCatalog"/>.
/// </summary>
internal sealed class ChatOptions
{
    /// <summary>How many lines one session runs in a turn before others have theirs. Fixed: it trades throughput for fairness.</summary>
    public const int LinesPerTurn = 64;

    /// <summary>How many bytes one session without flood control receives in a turn. Fixed, for the same reason.</summary>
    public const int ReceiveBytesPerTurn = 64 * 1024;

    /// <summary>
    /// How many bytes it receives when half of <see cref="InboxTotalBytes"/> is taken. Fixed: a few lines, so that the rest
    /// waits where it was sent.
    /// </summary>
    public const int ScarceReceiveBytes = 1024;

    /// <summary>
    /// How many bytes of telnet commands one client may send at once. Fixed: more than any client negotiates, and no way
    /// to keep the server busy where there is no flood control.
    /// </summary>
    public const int TelnetBurstBytes = 8 * 1024;

    /// <summary>How many bytes of telnet commands a second after that. Fixed: twice what dragging a window's edge sends.</summary>
    public const int TelnetBytesPerSecond = 1024;

    /// <summary>How many connections one listener accepts in a turn. Fixed: some 50 µs of work.</summary>
    public const int AcceptsPerTurn = 64;

    /// <summary>
    /// How long the welcome waits for somebody who speaks first: a web client that reads anything but HTTP shows an
    /// error instead of the page that says what this is. Fixed: longer than a request takes to follow its connection, and
    /// shorter than anybody sees.
    /// </summary>
    public static readonly TimeSpan WelcomeDelay = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest line of a list of names, in bytes. Fixed: what a terminal takes as one line (termios(3)).</summary>
    public const int ListLineBytes = 4_096;

    /// <summary>How many lines of history one <c>history</c> shows at most. Fixed: some screens.</summary>
    public const int HistoryLinesShown = 200;

    /// <summary>
    /// How many bytes of history one command shows at most, one line always. Fixed: as many as a turn makes, so that
    /// nobody's outbox fills with them.
    /// </summary>
    public const int HistoryBytesShown = 64 * 1024;

    /// <summary>How many of the lines that it finds <c>search</c> shows: the last ones. Fixed: a screen.</summary>
    public const int MatchesShown = 20;

    /// <summary>How many rooms <c>rooms</c> shows: those with most people. Fixed: some screens.</summary>
    public const int RoomsShown = 100;

    /// <summary>To how many people one <c>msg</c> goes at most. Fixed: more is what rooms are for.</summary>
    public const int MostRecipients = 20;

    /// <summary>
    /// How long the holder of a name is asked for a sign of life when somebody at the same address wants the name.
    /// Fixed: time to find a key, and as long as one who came back from a broken connection waits for it.
    /// </summary>
    public static readonly TimeSpan NameAnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long somebody who has kept a name is not asked again. Fixed: long enough that nobody can wait for the holder to
    /// look away, short enough that a name is free again on the same day.
    /// </summary>
    public static readonly TimeSpan NameAskPause = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long users have to read what waits for them when the server stops, beside <see cref="DrainSeconds"/>. Fixed: a
    /// second for a slow link, and one more.
    /// </summary>
    public static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    /// <summary>How much longer stopping may take before it is cut off. Fixed: killed workers are gone in milliseconds.</summary>
    public static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Within what time a second signal to stop is the same one, sent twice. Fixed: timeout(1) and job control send it to
    /// the process and to its group in the same instant; a person takes longer.
    /// </summary>
    public static readonly TimeSpan SameSignal = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many descriptors are kept free for what the server opens now and then: its configuration and message of the day
    /// when it reads them anew, time zones, the terminal, somebody who is turned away. Fixed: those are opened one at a time.
    /// </summary>
    public const int SpareDescriptors = 8;

    /// <summary>With room for fewer connections than this the server does not start. Fixed: a handful of people.</summary>
    public const int MinConnections = 8;

    /// <summary>
    /// How many lines about refused connections and failures that outsiders bring about are logged at once, and how many a
    /// second after that. Fixed: enough to see what goes on, and no way to fill a disk.
    /// </summary>
    public const int HostileLogBurst = 20;

    /// <inheritdoc cref="HostileLogBurst"/>
    public const int HostileLogRate = 1;

    /// <summary>How many lines about users who come, go and change names are logged at once. Fixed: a full classroom.</summary>
    public const int VisitLogBurst = 200;

    /// <summary>How many of those a second after that. Fixed: 2 MB an hour at most.</summary>
    public const int VisitLogRate = 5;

    /// <summary>How long after the first log line that was left out it is told how many were. Fixed: while one still looks.</summary>
    public static readonly TimeSpan SuppressedAfter = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a trusted address may take to send its PROXY header. Fixed: it is the first thing that a proxy sends;
    /// whoever takes longer is none.
    /// </summary>
    public static readonly TimeSpan ProxyHeaderLimit = TimeSpan.FromSeconds(5);

    /// <summary>How many log lines wait for a log that takes none. Fixed: minutes of a busy server.</summary>
    public const int LogQueueLines = 10_000;

    /// <summary>How many bytes of log lines wait. Fixed: more would be memory for what nobody reads.</summary>
    public const int LogQueueBytes = 1024 * 1024;

    /// <summary>The longest part of a log line, and of each line of a stack below it, in letters. Fixed: no line of ours is longer.</summary>
    public const int LogLineLetters = 4_096;

    /// <summary>How long the log waits after a failed write before it tries again, at first. Fixed: a disk is not free sooner.</summary>
    public static readonly TimeSpan LogFirstPause = TimeSpan.FromSeconds(1);

    /// <summary>How long it waits at most, after many. Fixed: nobody misses the log for longer once there is room.</summary>
    public static readonly TimeSpan LogLastPause = TimeSpan.FromSeconds(30);

    /// <summary>How long the process waits at its end for the last log lines. Fixed: a disk that works takes milliseconds.</summary>
    public static readonly TimeSpan LogFarewell = TimeSpan.FromSeconds(1);

    /// <summary>How wide a terminal is that has not said so, in columns. Fixed: as wide as the VT100 was.</summary>
    public const int TerminalColumns = 80;

    /// <summary>The narrowest row that the line editor draws, in columns. Fixed: less shows no word.</summary>
    public const int MinTerminalColumns = 10;

    /// <summary>
    /// The widest row that the line editor draws, in columns. Fixed: wider than screens are; a redraw of a row stays
    /// below 4 KiB whatever width a client claims to have.
    /// </summary>
    public const int MaxTerminalColumns = 500;

    /// <summary>
    /// How long a client may take to agree to the line editor. Fixed: software answers within a round trip, a client that
    /// speaks no telnet never.
    /// </summary>
    public static readonly TimeSpan EditorOfferLimit = TimeSpan.FromSeconds(3);

    /// <summary>How many lines the line editor remembers for its user. Fixed: further back nobody presses Up.</summary>
    public const int EditorHistoryLines = 50;

    /// <summary>How many bytes the line editor remembers for its user. Fixed: four of the longest lines.</summary>
    public const int EditorHistoryBytes = 16 * 1024;

    /// <summary>How many words the line editor lists that what was typed may become. Fixed: some rows.</summary>
    public const int CompletionsShown = 50;

    /// <summary>
    /// How many words the line editor compares with what was typed before it gives up. Fixed: more than there are users
    /// by default (<see cref="MaxConnections"/>), and less than a millisecond.
    /// </summary>
    public const int CompletionsCompared = 12_000;

    /// <summary>The largest file of settings, in bytes. Fixed: ten times what all options with long comments take.</summary>
    public const int SettingsFileBytes = 64 * 1024;

    /// <summary>How many problems of one file of settings are named. Fixed: a screen; the first explain the others.</summary>
    public const int ProblemsShown = 20;

    /// <summary>
    /// How long a file of settings, or the message of the day, may take to be there: a pipe that nobody writes to never is.
    /// Fixed: longer than programs take that write one, shorter than people wait for a start.
    /// </summary>
    public static readonly TimeSpan FilePatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a standard stream may take nothing before what it should show is given up. Fixed: a reader that is only
    /// slow takes something, and a start must not wait for one that never reads.
    /// </summary>
    public static readonly TimeSpan StreamPatience = TimeSpan.FromSeconds(1);

    /// <summary>The largest message of the day, in bytes. Fixed: some screens, sent to everybody who comes.</summary>
    public const int MotdBytes = 16 * 1024;

    /// <summary>
    /// How many time zones stay in memory beside those that somebody's lines have. Fixed: 17 KiB each, and more than people
    /// on one server live in.
    /// </summary>
    public const int ZonesRemembered = 64;

    /// <summary>How many names are read of a folder of time zones. Fixed: the largest has 150, and a read takes 1 µs a name.</summary>
    public const int ZoneNamesPerFolder = 1_024;

    /// <summary>Where to listen. Default: localhost, IPv4 and IPv6, since nothing here is encrypted.</summary>
    public IReadOnlyList<ListenAddress> Hosts { get; set; } = [ListenAddress.Loopback];

    /// <summary>The TCP port; 0 takes any free one. Default: 1235, the seed's.</summary>
    public int Port { get; set; } = 1235;

    /// <summary>
    /// The name or number of the user that the server becomes once it listens. Default: none, it stays who it is; for a
    /// start as root, which ports below 1024 need.
    /// </summary>
    public string User { get; set; } = "";

    /// <summary>How many worker processes run jobs. Default: 4, the seed's number.</summary>
    public int Workers { get; set; } = 4;

    /// <summary>How many connections may be open at once. Default: 10,000; each takes a file descriptor and about 1 KiB.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>
    /// How many connections one address may have open, an IPv6 /64 counting as one; 0 for no limit. Default: 64, a
    /// classroom behind one router. Not for this machine and <see cref="Trusted"/>.
    /// </summary>
    public int MaxConnectionsPerAddress { get; set; } = 64;

    /// <summary>
    /// How many connections one address may open a second, and at once; 0 for no limit. Default: 20, more than people
    /// do and too few to hurt. Not for this machine and <see cref="Trusted"/>.
    /// </summary>
    public int AcceptRatePerAddress { get; set; } = 20;

    /// <summary>Addresses without limits by address, and those of proxies. Default: none.</summary>
    public AddressSet Trusted { get; set; } = AddressSet.Empty;

    /// <summary>
    /// Whether connections from <see cref="Trusted"/> addresses begin with a PROXY protocol header. Default: no, since
    /// whoever may send one can claim any address.
    /// </summary>
    public bool ProxyProtocol { get; set; }

    /// <summary>How many connections may wait to be accepted. Default: 4,096, what Linux allows (net.core.somaxconn).</summary>
    public int Backlog { get; set; } = 4_096;

    /// <summary>
    /// After how many seconds of silence a connection is probed; 0 for never. Default: 60; a peer that vanished is then
    /// noticed within a minute and a half, where TCP alone would never notice.
    /// </summary>
    public int KeepAliveSeconds { get; set; } = 60;

    /// <summary>
    /// After how many seconds a session ends in which no line has run and none has waited to run; 0 for never. Default: 0; a
    /// user who only listens is welcome.
    /// </summary>
    public int IdleTimeoutSeconds { get; set; }

    /// <summary>How many lines one may send at once before <see cref="FloodRate"/> holds. Default: 20, a pasted paragraph.</summary>
    public int FloodBurst { get; set; } = 20;

    /// <summary>
    /// How many lines a second one may send for long; 0 for no limit. Default: 10, faster than anybody types. Beyond it
    /// the server reads no further, so that TCP slows the sender and nothing is lost.
    /// </summary>
    public int FloodRate { get; set; } = 10;

    /// <summary>The longest line in bytes, without its end. Default: 4,096, what a terminal lets one type (termios(3)).</summary>
    public int MaxLineBytes { get; set; } = 4_096;

    /// <summary>
    /// How many bytes of input may wait in memory, of all users together. Default: 64 MiB, an unfinished line of the longest
    /// kind for each of 10,000 users and some pasted files. From half of it on, less is received at once; above it, the
    /// users whose input takes most are disconnected.
    /// </summary>
    public int InboxTotalBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// For how many seconds the lines of a user whose connection has ended in both directions are still run. Default: 60;
    /// at the pace of <see cref="FloodRate"/> those are 600 lines. A user who only ends the input has no such limit.
    /// </summary>
    public int HangUpSeconds { get; set; } = 60;

    /// <summary>
    /// From how many waiting bytes on a reader misses lines to many, and lines to it alone are refused. Default: 256 KiB,
    /// some thousand lines: more than a slow link lags behind.
    /// </summary>
    public int OutboxSoftBytes { get; set; } = 256 * 1024;

    /// <summary>How many bytes may wait for one reader before it is disconnected. Default: 1 MiB; answers alone get so far.</summary>
    public int OutboxHardBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How many bytes may wait for all readers together; from then on whoever lags at all counts as over the soft limit.
    /// Default: 256 MiB, a thousand stuck readers on a small machine.
    /// </summary>
    public int OutboxTotalBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>For how many seconds a reader may be over the soft limit before it is disconnected. Default: 30.</summary>
    public int StuckSeconds { get; set; } = 30;

    /// <summary>How many seconds a session that ends has to read what waits for it. Default: 5.</summary>
    public int LeaveSeconds { get; set; } = 5;

    /// <summary>
    /// How many of <see cref="Workers"/> run jobs that wait for others (url) and not those that compute (fib); 0 for a
    /// quarter of them, at least one. Default: 0. A single worker runs both.
    /// </summary>
    public int IoWorkers { get; set; }

    /// <summary>Addresses that url may fetch from though they are not public, with any port. Default: none.</summary>
    public AddressSet UrlAllow { get; set; } = AddressSet.Empty;

    /// <summary>The ports that url can connect to on public addresses. Default: 80 and 443, so that it is no tool to look for other services.</summary>
    public IReadOnlyList<int> UrlPorts { get; set; } = [80, 443];

    /// <summary>How many jobs may wait for a worker. Default: 256; more would wait longer than anybody does.</summary>
    public int JobQueue { get; set; } = 256;

    /// <summary>
    /// How many jobs of one address block may wait; 0 for a quarter of <see cref="JobQueue"/>, at least one. Default: 0, so that
    /// connections of one address, whatever their number, leave most of the queue to others.
    /// </summary>
    public int JobAddressQueue { get; set; }

    /// <summary>The number that <see cref="JobAddressQueue"/> stands for.</summary>
    public int MostJobsOfAddress => JobAddressQueue > 0 ? JobAddressQueue : Math.Max(1, JobQueue / 4);

    /// <summary>How many jobs of one user may wait. Default: 4, so that no one fills the queue.</summary>
    public int JobUserQueue { get; set; } = 4;

    /// <summary>How many jobs of one user may run at the same time. Default: 1, so that no one takes all workers.</summary>
    public int JobUserRunning { get; set; } = 1;

    /// <summary>How many seconds a job may wait for a worker. Default: 60; then nobody remembers having asked.</summary>
    public int JobWaitSeconds { get; set; } = 60;

    /// <summary>After how many seconds a job is told to stop, unless it says otherwise itself. Default: 10.</summary>
    public int JobSoftSeconds { get; set; } = 10;

    /// <summary>How many seconds after that until its worker is killed, if the job has not stopped. Default: 2.</summary>
    public int JobGraceSeconds { get; set; } = 2;

    /// <summary>How much memory a worker may take, in MiB. Default: 256, ten times what the jobs here need.</summary>
    public int JobMemoryMiB { get; set; } = 256;

    /// <summary>After how many jobs a worker is replaced, ten per cent more or fewer. Default: 10,000: leaks of jobs end with it.</summary>
    public int RecycleJobs { get; set; } = 10_000;

    /// <summary>From how much resident memory on a worker is replaced, in MiB. Default: 128, half of what it may take.</summary>
    public int RecycleMiB { get; set; } = 128;

    /// <summary>How far workers stand back behind the server (nice(2)). Default: 10, so that chat goes first on a busy machine.</summary>
    public int WorkerNice { get; set; } = 10;

    /// <summary>How many seconds jobs that run may go on when the server stops. Default: 5.</summary>
    public int DrainSeconds { get; set; } = 5;

    /// <summary>The file whose lines everybody who comes reads after the welcome. Default: none.</summary>
    public string MotdFile { get; set; } = "";

    /// <summary>The lines of <see cref="MotdFile"/>, read at start.</summary>
    public IReadOnlyList<string> MessageOfTheDay { get; set; } = [];

    /// <summary>How many rooms there may be. Default: 1,000; each takes some 500 bytes, and its history.</summary>
    public int MaxRooms { get; set; } = 1_000;

    /// <summary>
    /// How many rooms may be open that one address block has opened; 0 for a quarter of <see cref="MaxRooms"/>, at least one.
    /// Default: 0, so that connections of one address, whatever their number, leave most rooms to others. Not for this
    /// machine.
    /// </summary>
    public int MaxRoomsPerAddress { get; set; }

    /// <summary>The number that <see cref="MaxRoomsPerAddress"/> stands for.</summary>
    public int MostRoomsOfAddress => MaxRoomsPerAddress > 0 ? MaxRoomsPerAddress : Math.Max(1, MaxRooms / 4);

    /// <summary>How many rooms one may be in. Default: 32, more than anybody follows.</summary>
    public int MaxRoomsPerUser { get; set; } = 32;

    /// <summary>The longest topic of a room in bytes. Default: 300, a few lines of a terminal.</summary>
    public int MaxTopicBytes { get; set; } = 300;

    /// <summary>The longest reason for being away in bytes. Default: 300, as for a topic.</summary>
    public int MaxAwayBytes { get; set; } = 300;

    /// <summary>
    /// How many lines each room keeps; 0 for no history at all. A full room loses the oldest line of the address block that
    /// has most lines in it. Default: 1,000, a day of a busy room.
    /// </summary>
    public int HistoryLines { get; set; } = 1_000;

    /// <summary>
    /// How many bytes of history all rooms keep together; the address block that has most loses its oldest lines first.
    /// Default: 64 MiB, some 300,000 lines; memory grows as lines are said and not beyond this.
    /// </summary>
    public int HistoryBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many lines of a room one sees who joins it. Default: 20, a screen.</summary>
    public int ReplayLines { get; set; } = 20;

    /// <summary>How many people one may ignore. Default: 100.</summary>
    public int MaxIgnored { get; set; } = 100;

    /// <summary>How many chosen names are remembered with when they were last seen. Default: 10,000, some 2 MB.</summary>
    public int SeenNames { get; set; } = 10_000;

    /// <summary>The folder of this machine's time zones. Default: the one that the runtime reads them from.</summary>
    public string TimeZoneDirectory { get; set; } = ZoneDirectory.OfMachine;

    /// <summary>Names that nobody may take, nor what passes for them, beside those of the house. Default: none.</summary>
    public IReadOnlyList<string> ReservedNames { get; set; } = [];

    /// <summary>The least severe level that is logged. Default: information.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>What a log line looks like. Default: text.</summary>
    public LogFormat LogFormat { get; set; } = LogFormat.Text;
}
