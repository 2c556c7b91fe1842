using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Diagnostics;
using AotChat.Limits;
using AotChat.Loop;
using AotChat.Workers;
using Microsoft.Extensions.Logging;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// The terminals, and what their sessions share: the loop, the options and limits, the chat, the lines of the turn and the
/// receive buffer. A connection that speaks nothing else is a terminal's. Owned by the event loop.
/// </summary>
internal sealed partial class TerminalServer : IProtocol, IRefusalWriter
{
    private static readonly int LongestJobSeconds = FindLongestJob();

    private readonly HashSet<Session> _sessions = [];
    private readonly VisitLog _visits;
    private readonly AccountLog _accounts;
    private Action? _whenStopped;

    public TerminalServer(EventLoop loop, ChatState chat, IJobPool jobs, ChatCounters counters, LogThrottle hostileEvents, ILogger logger)
    {
        Loop = loop;
        ChatOptions options = chat.Options;
        Options = options;
        Jobs = jobs;
        Logger = logger;
        Counters = counters;
        Chat = chat;
        Budget = new OutboxBudget(options, Counters);
        Flood = FloodOf(options);
        TelnetLimit = new RateLimit(ChatOptions.TelnetBurstBytes, ChatOptions.TelnetBytesPerSecond, loop.Time.TimestampFrequency);
        Inboxes = new InboxBudget(options, Counters);
        HostileEvents = hostileEvents;
        _visits = new VisitLog(loop, logger);
        _accounts = new AccountLog(loop, logger);
        Received = new ReceivedInput(LineRoom + Inboxes.ReceiveBytes);
        Encoders = new TerminalEncoders(loop.Time);
        UsualLines = Encoders.Usual;
        Cleaner = new LineCleaner(options.MaxLineBytes);
        SlowTurns = new SlowTurns(this);
        Calls = new SessionCalls(this);
        Chat.Renamed = (user, before) => _visits.NoteRenamed(user, before);
        Chat.Acted = NoteActed;
        Chat.AccountActed = _accounts.Note;
        Chat.Failed = Calls.Report;
        Chat.Scheduler = new LoopScheduler(loop);
        loop.Flushing = RelieveInboxes;
        loop.Flushed = ForgetTurn;
    }

    /// <inheritdoc/>
    public string Name => "terminal";

    /// <summary>The protocols that a client may turn out to speak after all, with its first line.</summary>
    public IReadOnlyList<RefusedProtocol> Refused { get; init; } = [];

    public EventLoop Loop { get; }

    public ChatOptions Options { get; }

    public ChatState Chat { get; }

    public UserDirectory Users => Chat.Users;

    /// <summary>Makes lines of events.</summary>
    public TerminalEncoders Encoders { get; }

    /// <summary>Makes lines of events in the look that most have.</summary>
    public TerminalEncoder UsualLines { get; }

    public IJobPool Jobs { get; }

    public ChatCounters Counters { get; }

    /// <summary>What may wait for one reader, and for all together.</summary>
    public OutboxBudget Budget { get; }

    /// <summary>How much input may wait.</summary>
    public InboxBudget Inboxes { get; }

    /// <summary>Whether the lines of this turn are to be sent before more are made.</summary>
    public bool HasWrittenEnough => Chat.Events.Size >= Budget.Turn;

    /// <summary>How fast lines may come from one connection.</summary>
    public RateLimit Flood { get; private set; }

    /// <summary>How many bytes of telnet commands may come from one connection.</summary>
    public RateLimit TelnetLimit { get; }

    /// <summary>Asked before anything is logged that clients can cause at will.</summary>
    public LogThrottle HostileEvents { get; }

    public ILogger Logger { get; }

    /// <summary>
    /// Where every session receives. In front there is room for what it kept: a line that is not finished, or a backlog
    /// that was received into this same buffer.
    /// </summary>
    public ReceivedInput Received { get; private set; }

    /// <summary>Knows which command ran longest in a turn.</summary>
    public SlowTurns SlowTurns { get; }

    /// <summary>Runs the lines of all sessions.</summary>
    public SessionCalls Calls { get; }

    /// <summary>Makes what was meant out of what was typed.</summary>
    public LineCleaner Cleaner { get; }

    /// <summary>How long a leaving session may take to read what waits for it.</summary>
    public TimeSpan LeaveLimit => TimeSpan.FromSeconds(Options.LeaveSeconds);

    /// <summary>
    /// How long a leaving session waits for the commands that it has called: as long as a job may wait and run, twice, since
    /// one whose worker dies runs again.
    /// </summary>
    public TimeSpan AnswerLimit =>
        TimeSpan.FromSeconds(2.0 * (Options.JobWaitSeconds + Math.Max(Options.JobSoftSeconds, LongestJobSeconds) + Options.JobGraceSeconds));

    /// <summary>How many sessions there are, those that are leaving included.</summary>
    public int SessionCount => _sessions.Count;

    // A line that is not finished, and its end.
    private int LineRoom => Options.MaxLineBytes + 2;

    /// <summary>Takes on the limits that have changed; not while a session receives. Sessions that are there keep their idle limit.</summary>
    public void TakeOn()
    {
        Flood = FloodOf(Options);
        if (Received.Buffer.Length != LineRoom + Inboxes.ReceiveBytes)
        {
            Received = new ReceivedInput(LineRoom + Inboxes.ReceiveBytes);
        }
    }

    /// <inheritdoc/>
    public ProtocolMatch Match(ReadOnlySpan<byte> first) => ProtocolMatch.Mine;

    /// <summary>Makes a connection a user's.</summary>
    public void Serve(Connection connection)
    {
        Session session = new(this, connection);
        try
        {
            _sessions.Add(session);
            Counters.Accepted++;
            _visits.NoteJoined(session);
        }
        catch (Exception exception)
        {
            session.Fail(exception);
        }
    }

    /// <summary>The protocol that is not served and that these first words belong to; null for a terminal's.</summary>
    public RefusedProtocol? FindRefused(ReadOnlySpan<byte> first)
    {
        foreach (RefusedProtocol protocol in Refused)
        {
            if (protocol.Match(first) == ProtocolMatch.Mine)
            {
                return protocol;
            }
        }

        return null;
    }

    /// <summary>
    /// Tells everyone that the server stops and closes every session once it has read what waits for it.
    /// </summary>
    /// <param name="limit">The longest that this may take.</param>
    /// <param name="whenStopped">Called once, when the last session is closed.</param>
    public void Stop(TimeSpan limit, Action whenStopped)
    {
        _whenStopped = whenStopped;
        if (_sessions.Count == 0)
        {
            whenStopped();
            return;
        }

        // The limit first: it holds whatever becomes of the farewells.
        Loop.Schedule(limit, () =>
        {
            foreach (Session session in _sessions.ToArray())
            {
                session.Close(CloseReason.ServerStops);
            }
        });
        foreach (Session session in _sessions.ToArray())
        {
            session.Dismiss(CloseReason.ServerStops, "Server is shutting down."u8);
            session.CancelCalls();
        }
    }

    /// <summary>Forgets a session that is closed.</summary>
    internal void OnClosed(Session session, CloseReason reason)
    {
        _sessions.Remove(session);
        try
        {
            if (!session.User.IsOnline)
            {
                Jobs.CancelJobsOf(session.User);
            }

            _visits.NoteLeft(session, TimeSpan.FromTicks(Chat.Events.Now - session.User.Since).TotalSeconds, reason);
        }
        finally
        {
            if (_sessions.Count == 0)
            {
                _whenStopped?.Invoke();
            }
        }
    }

    private RateLimit FloodOf(ChatOptions options) => new(options.FloodBurst, options.FloodRate, Loop.Time.TimestampFrequency);

    private void ForgetTurn()
    {
        Encoders.Reset();
        Chat.Events.Reset();
    }

    // Where memory for input is short, the sessions that take most of it are closed until the rest has room.
    private void RelieveInboxes()
    {
        if (!Inboxes.IsExhausted)
        {
            return;
        }

        foreach (Session session in _sessions.Where(session => session.InputBytes > 0).OrderByDescending(session => session.InputBytes).ToArray())
        {
            if (!Inboxes.IsExhausted)
            {
                break;
            }

            Counters.InputDisconnects++;
            if (HostileEvents.MayLog())
            {
                SessionLog.TooMuchInput(Logger, session.Connection.Id, session.Peer, session.User, session.InputBytes);
            }

            session.Dismiss(CloseReason.TooMuchInput, "The server has no room for what you have sent. The connection is closed."u8);
        }
    }

    private static int FindLongestJob()
    {
        int longest = 0;
        for (int index = 0; index < JobTable.Count; index++)
        {
            longest = Math.Max(longest, JobTable.InfoOf(index).TimeLimitSeconds);
        }

        return longest;
    }
}
