namespace AotChat.Configuration;

/// <content>The limits that are no option, since no value but one makes sense; each says why.</content>
internal sealed partial class ChatOptions
{
    /// <summary>How many lines one session runs in a turn before others have theirs. Fixed: it trades throughput for fairness.</summary>
    public const int LinesPerTurn = 64;

    /// <summary>How many bytes one session without flood control receives in a turn. Fixed, for the same reason.</summary>
    public const int ReceiveBytesPerTurn = 64 * 1024;

    /// <summary>
    /// How many bytes of lines a turn makes before it sends them. Fixed: more would not make a send much cheaper.
    /// </summary>
    public const int LineBytesPerTurn = 64 * 1024;

    /// <summary>
    /// How many bytes the events of a turn, and their lines in the usual look, keep between turns. Fixed: more than a usual
    /// turn needs; what an unusual one has taken beyond it is given back.
    /// </summary>
    public const int TurnBytesKept = 256 * 1024;

    /// <summary>
    /// How many bytes it receives when half of <see cref="InboxTotalBytes"/> is taken. Fixed: a few lines, so that the rest
    /// waits where it was sent.
    /// </summary>
    public const int ScarceReceiveBytes = 1024;

    /// <summary>How many connections one listener accepts in a turn. Fixed: some 50 µs of work.</summary>
    public const int AcceptsPerTurn = 64;

    /// <summary>
    /// How long nobody is accepted after the system had no more descriptors or memory for one. Fixed: long enough not to
    /// matter, short enough that nobody who waits gives up.
    /// </summary>
    public static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long accepting must go well before that is logged. Fixed: at the limit each user who leaves lets one in; that is
    /// not the end of the need, and not worth two log lines.
    /// </summary>
    public static readonly TimeSpan AcceptCalm = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many free ports are tried for several addresses where <see cref="Port"/> is 0. Fixed: the one that IPv4 got is seldom
    /// taken on IPv6.
    /// </summary>
    public const int FreePortsTried = 10;

    /// <summary>The seconds between two probes of a peer that was silent for <see cref="KeepAliveSeconds"/> (tcp(7)). Fixed: a link that is down for a moment loses nobody.</summary>
    public const int KeepAliveInterval = 10;

    /// <summary>How many of them stay without an answer before the peer counts as gone. Fixed: half a minute in all.</summary>
    public const int KeepAliveProbes = 3;

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

    /// <summary>How many it shows of itself. Fixed: a screen.</summary>
    public const int HistoryLinesUsual = 20;

    /// <summary>
    /// How many bytes of history one command shows at most, one line always. Fixed: as many as a turn makes, so that
    /// nobody's outbox fills with them.
    /// </summary>
    public const int HistoryBytesShown = 64 * 1024;

    /// <summary>How many lines <c>search</c> shows at once. Fixed: a screen.</summary>
    public const int MatchesShown = 20;

    /// <summary>How many lines of history are forgotten in a turn once the limit is lower. Fixed: together some 500 µs.</summary>
    public const int LinesTrimmedPerTurn = 1_000;

    /// <summary>How many rooms <c>rooms</c> shows: those with most people. Fixed: some screens.</summary>
    public const int RoomsShown = 100;

    /// <summary>How many bans and mutes, those that have ended included, a room has of each kind. Fixed: 100 KB.</summary>
    public const int RoomBans = 200;

    /// <summary>How many of them <c>bans</c> shows: the last ones. Fixed: some screens.</summary>
    public const int BansShown = 100;

    /// <summary>The shortest ban or mute. Fixed: a shorter one is over when its answer is read.</summary>
    public static readonly TimeSpan ShortestBan = TimeSpan.FromSeconds(1);

    /// <summary>How many voices a room has, and how many invitations. Fixed: each list in some KB of its row.</summary>
    public const int RoomAccounts = 500;

    /// <summary>The longest reason of a kick, ban or mute, in bytes. Fixed: a few lines of a terminal, as for a topic.</summary>
    public const int MaxReasonBytes = 300;

    /// <summary>The longest time between two lines of one user in a slow room. Fixed: some words a day.</summary>
    public static readonly TimeSpan MaxSlowPause = TimeSpan.FromHours(6);

    /// <summary>To how many people one <c>msg</c> goes at most. Fixed: more is what rooms are for.</summary>
    public const int MaxRecipients = 20;

    /// <summary>
    /// How long the holder of a name is asked for a sign of life when somebody at the same address wants the name.
    /// Fixed: time to find a key, and as long as a user back from a broken connection waits for it.
    /// </summary>
    public static readonly TimeSpan NameAnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a holder who has kept a name is not asked again. Fixed: long enough that nobody can wait for the holder to
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
    /// How much longer the loop has to stop before the process is ended past it. Fixed: a loop that can still answer has
    /// answered by then.
    /// </summary>
    public static readonly TimeSpan LoopMargin = TimeSpan.FromSeconds(2);

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

    /// <summary>
    /// Up to which number descriptors are looked for that are open at the start. Fixed: more than the server opens by itself;
    /// what a starter has left open beyond is not worth looking for.
    /// </summary>
    public const int DescriptorsCounted = 1_024;

    /// <summary>With room for fewer connections than this the server does not start. Fixed: a handful of people.</summary>
    public const int MinConnections = 8;

    /// <summary>
    /// How many lines about refused connections and failures that outsiders bring about are logged at once, and how many a
    /// second after that. Fixed: enough to see what goes on, and no way to fill a disk.
    /// </summary>
    public const int HostileLogBurst = 20;

    /// <inheritdoc cref="HostileLogBurst"/>
    public const int HostileLogRate = 1;

    /// <summary>How long a turn of the event loop may take before the log says so. Fixed: where people begin to notice.</summary>
    public static readonly TimeSpan SlowTurn = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a call takes at least that may be named for a slow turn. Fixed: what takes less is not worth a look at what it was.</summary>
    public static readonly TimeSpan SlowCall = TimeSpan.FromMilliseconds(1);

    /// <summary>How many lines about users who come, go and change names are logged at once. Fixed: a full classroom.</summary>
    public const int VisitLogBurst = 200;

    /// <summary>How many of those a second after that. Fixed: 2 MB an hour at most.</summary>
    public const int VisitLogRate = 5;

    /// <summary>How long after the first log line that was left out it is told how many were. Fixed: while one still looks.</summary>
    public static readonly TimeSpan SuppressedAfter = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a trusted address may take to send its PROXY header. Fixed: a proxy sends it first, so a client that takes
    /// longer is no proxy.
    /// </summary>
    public static readonly TimeSpan ProxyHeaderLimit = TimeSpan.FromSeconds(5);

    /// <summary>The longest PROXY header in bytes. Fixed: version 1 has 107 at most, version 2 some hundred of extensions.</summary>
    public const int ProxyHeaderBytes = 1024;

    /// <summary>How many log lines wait for a log that takes none. Fixed: minutes of a busy server.</summary>
    public const int LogQueueLines = 10_000;

    /// <summary>How many bytes of log lines wait. Fixed: more would be memory for what nobody reads.</summary>
    public const int LogQueueBytes = 1024 * 1024;

    /// <summary>The longest part of a log line, and of each line of a stack below it, in letters. Fixed: no line of ours is longer.</summary>
    public const int LogLineLetters = 4_096;

    /// <summary>How many lines of a stack are logged. Fixed: the first ones say where it was; a recursion without end has 10,000.</summary>
    public const int LogStackLines = 100;

    /// <summary>How long the log waits after a failed write before it tries again, at first. Fixed: a disk is not free sooner.</summary>
    public static readonly TimeSpan LogFirstPause = TimeSpan.FromSeconds(1);

    /// <summary>How long it waits at most, after many. Fixed: nobody misses the log for longer once there is room.</summary>
    public static readonly TimeSpan LogLastPause = TimeSpan.FromSeconds(30);

    /// <summary>How long the process waits at its end for the last log lines. Fixed: a disk that works takes milliseconds.</summary>
    public static readonly TimeSpan LogFarewell = TimeSpan.FromSeconds(1);

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

    /// <summary>The largest message of the day, in bytes. Fixed: some screens, sent to every newcomer.</summary>
    public const int MotdBytes = 16 * 1024;

    /// <summary>
    /// How many time zones stay in memory beside those that somebody's lines have. Fixed: 17 KiB each, and more than people
    /// on one server live in.
    /// </summary>
    public const int ZonesRemembered = 64;

    /// <summary>How many names are read of a folder of time zones. Fixed: the largest has 150, and a read takes 1 µs a name.</summary>
    public const int ZoneNamesPerFolder = 1_024;
}
