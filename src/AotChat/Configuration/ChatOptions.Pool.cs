namespace AotChat.Configuration;

/// <content>The limits of workers and jobs that are no option, since no value but one makes sense; each says why.</content>
internal sealed partial class ChatOptions
{
    /// <summary>How long a worker process may take to be ready. Fixed: it takes milliseconds, on a busy machine a second.</summary>
    public static readonly TimeSpan WorkerStartLimit = TimeSpan.FromSeconds(10);

    /// <summary>The time between two heartbeats of a worker. Fixed: 16 workers write some three frames a second.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);

    /// <summary>After how much silence a worker counts as hung. Fixed: two heartbeats may be late, three are not.</summary>
    public static readonly TimeSpan WorkerSilenceLimit = 3 * HeartbeatInterval;

    /// <summary>How long a worker process may live on after it has closed its output. Fixed: it only has to leave.</summary>
    public static readonly TimeSpan WorkerLeaveLimit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a killed worker keeps its place. Fixed: the kernel lets go of a process in milliseconds, or for as long as a
    /// device does not answer never.
    /// </summary>
    public static readonly TimeSpan WorkerExitLimit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long workers that were killed at the end of the server may take to be gone; what is left then is left behind.
    /// Fixed: it takes milliseconds.
    /// </summary>
    public static readonly TimeSpan PoolStopMargin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often the end of a worker process is looked for where the kernel can't announce it. Fixed: soon enough that
    /// nobody notices, and no load.
    /// </summary>
    public static readonly TimeSpan WorkerExitInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The pause before a worker is started that follows two that have ended without a job; the first of them is replaced at
    /// once. Fixed: ten starts a second are no load.
    /// </summary>
    public static readonly TimeSpan RestartFirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest such pause; each is twice as long as the one before. Fixed: no longer than a user waits for a job.</summary>
    public static readonly TimeSpan RestartLongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How much longer or shorter than that each pause is, as a share. Fixed: so that not all servers of a machine start workers at once.</summary>
    public const double RestartJitter = 0.2;

    /// <summary>For how long a worker that has ended counts against the next one. Fixed: twice the longest pause.</summary>
    public static readonly TimeSpan RestartMemory = TimeSpan.FromSeconds(10);

    /// <summary>After how many workers that were never ready, with no other one left, jobs are refused. Fixed: one or two may be bad luck.</summary>
    public const int FailedStarts = 5;

    /// <summary>
    /// How long the thread that starts workers waits where there is no memory even to say that one could not be started.
    /// Fixed: other jobs end in that time.
    /// </summary>
    public static readonly TimeSpan StartMemoryPause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The pause after a successor of a worker with many jobs that was never ready. Fixed: the one that it was to replace still
    /// works, so that there is no hurry.
    /// </summary>
    public static readonly TimeSpan RecycleFirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause; each is twice as long as the one before. Fixed: a leak takes hours.</summary>
    public static readonly TimeSpan RecycleLongestPause = TimeSpan.FromMinutes(5);

    /// <summary>How many workers a call loses before it is taken for the cause. Fixed: one may have been killed from outside.</summary>
    public const int QuarantineLosses = 2;

    /// <summary>How many workers one user's calls may crash before the user's jobs are refused. Fixed: a second such call is no accident.</summary>
    public const int QuarantineCrashes = 3;

    /// <summary>For how long, and within what time losses count. Fixed: trying again must cost more than a worker's start, and a person forgives.</summary>
    public static readonly TimeSpan QuarantineTime = TimeSpan.FromMinutes(10);

    /// <summary>How many calls are remembered for it. Fixed: they are rare, since a user who brings about more of them is refused before.</summary>
    public const int QuarantineCalls = 1_000;

    /// <summary>How often the limits of time are looked at while there are jobs. Fixed: nobody notices a quarter of a second in ten.</summary>
    public static readonly TimeSpan PoolBusyInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How often while there are none. Fixed: as often as a heartbeat comes.</summary>
    public static readonly TimeSpan PoolIdleInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How late such a look must be for the process to count as stopped (or the machine as asleep), so that nobody's time runs
    /// meanwhile. Fixed: no turn of the loop takes as long.
    /// </summary>
    public static readonly TimeSpan StoppedAfter = TimeSpan.FromSeconds(1);

    /// <summary>How many reads of one worker's output a turn makes. Fixed: the rest comes in the next turn, after everybody else's.</summary>
    public const int WorkerReadsPerTurn = 16;

    /// <summary>
    /// The longest result of a job, in bytes; the server and the worker hold at most twice as much a worker for it. Fixed: it
    /// is for a person to read.
    /// </summary>
    public const int ResultBytes = 256 * 1024;

    /// <summary>How much memory a worker may take beside <see cref="JobMemoryMiB"/>, in MiB. Fixed: for stacks, the collector's own books and the C library.</summary>
    public const int WorkerSlackMiB = 64;

    /// <summary>How many log lines about workers and jobs that users can bring about come at once. Fixed: enough to see what goes on.</summary>
    public const int PoolLogBurst = 20;

    /// <summary>How many of those a second after that. Fixed: no way to fill a disk.</summary>
    public const int PoolLogRate = 1;

    /// <summary>How many lines all workers together may write to the log at once. Fixed: a stack and some.</summary>
    public const int WorkerLogBurst = 100;

    /// <summary>How many of those a second after that. Fixed: a job that prints in a loop must not fill a disk.</summary>
    public const int WorkerLogRate = 10;

    /// <summary>The longest of those lines, in bytes; the rest of it is left out. Fixed: a line of a stack is shorter.</summary>
    public const int WorkerLogLineBytes = 1_024;

    /// <summary>The longest body that <c>url</c> reads, in bytes. Fixed: 10 MiB, as much as a slow link brings in the time.</summary>
    public const int FetchBytes = 10 * 1024 * 1024;

    /// <summary>How long it may take for everything: look-up, connection, headers, redirects and body. Fixed: as long as a person waits for one number.</summary>
    public static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(10);

    /// <summary>How many redirects it follows. Fixed: to HTTPS, to the host with www, and to a language.</summary>
    public const int FetchRedirects = 3;

    /// <summary>
    /// How long an address may take while the name has others. Fixed: one that swallows everything must not take all the time.
    /// </summary>
    public static readonly TimeSpan FetchConnectLimit = TimeSpan.FromSeconds(2);
}
