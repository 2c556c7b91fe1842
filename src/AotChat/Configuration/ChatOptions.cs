using Microsoft.Extensions.Logging;

namespace AotChat.Configuration;

/// <summary>
/// Every setting and limit of the server, with its default. Names, ranges and help stand in <see cref="OptionCatalog"/>; limits
/// that nobody sets stand in the other part.
/// </summary>
internal sealed partial class ChatOptions
{
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
    /// a client that may send one can claim any address.
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
    /// How many bytes may wait for all readers together; from then on a reader that lags at all counts as over the soft limit.
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
    public int JobsPerAddressLimit => JobAddressQueue > 0 ? JobAddressQueue : Math.Max(1, JobQueue / 4);

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

    /// <summary>The file whose lines every newcomer reads after the welcome. Default: none.</summary>
    public string MotdFile { get; set; } = "";

    /// <summary>The lines of <see cref="MotdFile"/>, read at start.</summary>
    public IReadOnlyList<string> MessageOfTheDay { get; set; } = [];

    /// <summary>How many rooms there may be. Default: 1,000; each takes some 500 bytes, and its history.</summary>
    public int MaxRooms { get; set; } = 1_000;

    /// <summary>
    /// How many open rooms one address block may have opened; 0 for a quarter of <see cref="MaxRooms"/>, at least one.
    /// Default: 0, so that connections of one address, whatever their number, leave most rooms to others. Not for this
    /// machine.
    /// </summary>
    public int MaxRoomsPerAddress { get; set; }

    /// <summary>The number that <see cref="MaxRoomsPerAddress"/> stands for.</summary>
    public int RoomsPerAddressLimit => MaxRoomsPerAddress > 0 ? MaxRoomsPerAddress : Math.Max(1, MaxRooms / 4);

    /// <summary>
    /// How many rooms one account may own. Default: 20; an owner's room stays though nobody is in it, so that few accounts
    /// must not fill the house.
    /// </summary>
    public int MaxRoomsPerAccount { get; set; } = 20;

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
