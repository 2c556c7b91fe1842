using System.Text;
using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Limits;
using AotChat.Loop;
using AotChat.Protocols.Terminal;
using AotChat.Transport;
using AotChat.Workers;
using Microsoft.Extensions.Logging;

namespace AotChat.Net;

/// <summary>
/// All sessions, and what they share: the loop, the options and limits, the users, the lines of the turn and the
/// receive buffer. Owned by the event loop.
/// </summary>
internal sealed class ChatServer
{
    private static readonly int LongestJobSeconds = Enumerable.Range(0, JobTable.Count).Max(index => JobTable.InfoOf(index).TimeLimitSeconds);

    private readonly HashSet<Session> _sessions = [];
    private readonly AddressLimits _addresses;
    private readonly Newcomers _newcomers;
    private readonly HashSet<ProxiedConnection> _proxied = [];
    private readonly LogThrottle _visits;
    private long _lastConnection;
    private bool _isStopping;
    private Action? _whenStopped;

    public ChatServer(EventLoop loop, ChatOptions options, IJobPool jobs, ILogger logger)
    {
        Loop = loop;
        Options = options;
        ConnectionLimit = options.MaxConnections;
        Jobs = jobs;
        Logger = logger;
        Counters = new ChatCounters(loop.Statistics);
        Chat = new ChatState(options, loop.Time, ServerWords.Reserve(options.MessageOfTheDay, options.ReservedNames));
        Budget = new OutboxBudget(options, Counters);
        Flood = new RateLimit(options.FloodBurst, options.FloodRate, loop.Time.TimestampFrequency);
        TelnetLimit = new RateLimit(ChatOptions.TelnetBurstBytes, ChatOptions.TelnetBytesPerSecond, loop.Time.TimestampFrequency);
        Inboxes = new InboxBudget(options, Flood.IsOn, Counters);
        HostileEvents = new LogThrottle(loop, logger, "refused or closed connections", ChatOptions.HostileLogBurst, ChatOptions.HostileLogRate);
        _visits = new LogThrottle(loop, logger, "users who joined, left or changed their names", ChatOptions.VisitLogBurst, ChatOptions.VisitLogRate);
        ReceiveBuffer = new byte[options.MaxLineBytes + 2 + Math.Max(Inboxes.ReceiveBytes, ProxyHeader.MaxBytes)];
        Cleaner = new LineCleaner(options.MaxLineBytes);
        Calls = new SessionCalls(this);
        _addresses = new AddressLimits(options, loop.Time);
        _newcomers = new Newcomers(this);
        Chat.Renamed = OnRenamed;
        loop.Flushed = EndTurn;
    }

    public EventLoop Loop { get; }

    public ChatOptions Options { get; }

    public ChatState Chat { get; }

    public UserDirectory Users => Chat.Users;

    public LineComposer Lines => Chat.Lines;

    public IJobPool Jobs { get; }

    /// <summary>The line that runs at present.</summary>
    public CurrentCall Call { get; } = new();

    public ChatCounters Counters { get; }

    /// <summary>What may wait for one reader, and for all together.</summary>
    public OutboxBudget Budget { get; }

    /// <summary>How much input may wait.</summary>
    public InboxBudget Inboxes { get; }

    /// <summary>Whether this turn has made so many lines that they are to be sent before there are more.</summary>
    public bool HasWrittenEnough => Lines.Count >= Budget.Turn;

    /// <summary>How fast lines may come from one connection.</summary>
    public RateLimit Flood { get; }

    /// <summary>How many bytes of telnet commands may come from one connection.</summary>
    public RateLimit TelnetLimit { get; }

    /// <summary>Asked before anything is logged that those outside can bring about at will.</summary>
    public LogThrottle HostileEvents { get; }

    public ILogger Logger { get; }

    /// <summary>
    /// Where every session receives. In front there is room for what it kept: a line that is not finished, or a backlog
    /// that was received into this same buffer.
    /// </summary>
    public byte[] ReceiveBuffer { get; }

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

    /// <summary>How many connections may be open at once: what the option allows, or what there are descriptors for.</summary>
    public int ConnectionLimit { get; set; }

    /// <summary>How many sessions there are, those that are leaving included.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>How many connections are open: sessions, and those that may become one.</summary>
    public int ConnectionCount => _sessions.Count + _newcomers.Count + _proxied.Count;

    /// <summary>How many addresses the limits by address remember.</summary>
    public int RememberedAddresses => _addresses.Count;

    /// <summary>Takes a new connection, which a proxy may have to introduce first.</summary>
    public void Accept(ITransport transport, PeerAddress peer)
    {
        ConnectionOrigin origin = new(++_lastConnection, peer);
        if (Options.ProxyProtocol && _addresses.IsTrusted(peer))
        {
            if (!IsRefused(transport, origin))
            {
                _proxied.Add(new ProxiedConnection(this, transport, origin));
                CountConnections();
            }
        }
        else
        {
            Admit(transport, origin, default);
        }
    }

    /// <summary>Takes a new connection in, or tells it why not.</summary>
    /// <param name="transport">The way to it; closed here where it is refused.</param>
    /// <param name="origin">Which one it is, and where it comes from.</param>
    /// <param name="early">What it has sent already.</param>
    public void Admit(ITransport transport, ConnectionOrigin origin, ReadOnlySpan<byte> early)
    {
        if (IsRefused(transport, origin))
        {
            return;
        }

        switch (_addresses.TryEnter(origin.Peer, Loop.Now))
        {
            case Admission.TooMany:
                Counters.RefusedAddress++;
                LogRefusal(origin, "too many connections from this address", "max-connections-per-address");
                Refuse(transport, "Too many connections from your address."u8);
                break;

            case Admission.TooFast:
                Counters.RefusedRate++;
                LogRefusal(origin, "too many new connections per second from this address", "accept-rate-per-address");
                Refuse(transport, "Too many new connections from your address; try again in a second."u8);
                break;

            default:
                Introduce(transport, origin, early);
                break;
        }
    }

    /// <summary>From now on nobody is welcomed: who connects is turned away, and who waits for a welcome is closed.</summary>
    public void BeginStop()
    {
        _isStopping = true;
        _newcomers.Close();
        foreach (ProxiedConnection waiting in _proxied.ToArray())
        {
            try
            {
                waiting.Close();
            }
            catch (Exception exception)
            {
                LoopLog.CallbackFailed(Logger, exception);
            }
        }
    }

    /// <summary>
    /// Tells everyone that the server stops and closes every session once it has read what waits for it.
    /// </summary>
    /// <param name="limit">The longest that this may take.</param>
    /// <param name="whenStopped">Called once, when the last session is closed.</param>
    public void Stop(TimeSpan limit, Action whenStopped)
    {
        _whenStopped = whenStopped;
        BeginStop();
        foreach (Session session in _sessions.ToArray())
        {
            session.StopServing();
        }

        if (_sessions.Count == 0)
        {
            whenStopped();
            return;
        }

        Loop.Schedule(limit, () =>
        {
            foreach (Session session in _sessions.ToArray())
            {
                session.Close(CloseReason.ServerStops);
            }
        });
    }

    /// <summary>Forgets a session that is closed. Its place is given back first: nothing that fails after it can keep it.</summary>
    internal void OnClosed(Session session, CloseReason reason)
    {
        _sessions.Remove(session);
        _addresses.Leave(session.Peer);
        CountConnections();
        try
        {
            Jobs.LeaveOwner(session.User);
            if (MayLogVisit())
            {
                NetLog.Left(Logger, session.Origin.Id, session.Peer, session.User, TimeSpan.FromTicks(Lines.Now - session.User.Since).TotalSeconds, reason.Words());
            }
        }
        finally
        {
            if (_sessions.Count == 0)
            {
                _whenStopped?.Invoke();
            }
        }
    }

    /// <summary>Makes a newcomer a user.</summary>
    /// <param name="transport">The way to it; closed by the caller where this fails.</param>
    /// <param name="origin">Which one it is, and where it comes from.</param>
    /// <param name="early">What it has sent already.</param>
    internal void Enter(ITransport transport, ConnectionOrigin origin, ReadOnlySpan<byte> early)
    {
        Session session = new(this, transport, origin);
        try
        {
            _sessions.Add(session);
            Counters.Accepted++;
            CountConnections();
            if (MayLogVisit())
            {
                NetLog.Joined(Logger, origin.Id, origin.Peer, session.User);
            }
        }
        catch (Exception exception)
        {
            // From here on the place is the session's, which gives it back.
            session.Fail(exception);
            return;
        }

        if (!early.IsEmpty)
        {
            session.Begin(early);
        }
    }

    /// <summary>Forgets a newcomer that is gone before it was a user.</summary>
    internal void OnGone(PeerAddress peer)
    {
        _addresses.Leave(peer);
        CountConnections();
    }

    /// <summary>Forgets a connection for which a proxy has said where it comes from, or never will.</summary>
    internal void OnIntroduced(ProxiedConnection connection)
    {
        _proxied.Remove(connection);
        CountConnections();
    }

    /// <summary>Notes that somebody took this for another kind of server.</summary>
    internal void OnForeigner(ConnectionOrigin origin, string protocol)
    {
        Counters.RefusedProtocol++;
        if (HostileEvents.MayLog())
        {
            NetLog.ForeignProtocol(Logger, origin.Id, origin.Peer, protocol);
        }
    }

    private void EndTurn()
    {
        Lines.Reset();
        if (Inboxes.IsExhausted)
        {
            DisconnectLargest();
        }
    }

    // Memory for input is short: those who take most of it go, until the rest has room.
    private void DisconnectLargest()
    {
        foreach (Session session in _sessions.OrderByDescending(session => session.InputBytes).ToArray())
        {
            if (!Inboxes.IsExhausted)
            {
                break;
            }

            session.RefuseInput();
        }
    }

    private void OnRenamed(User user, byte[] before)
    {
        if (user.Terminal is SessionTerminal terminal && MayLogVisit())
        {
            NetLog.Renamed(Logger, terminal.Connection.Id, terminal.Connection.Peer, Encoding.UTF8.GetString(before), user);
        }
    }

    private bool IsRefused(ITransport transport, ConnectionOrigin origin)
    {
        if (_isStopping)
        {
            Refuse(transport, "Server is shutting down."u8);
            return true;
        }

        if (ConnectionCount < ConnectionLimit)
        {
            return false;
        }

        Counters.RefusedFull++;
        if (HostileEvents.MayLog())
        {
            NetLog.ServerIsFull(Logger, origin.Id, origin.Peer, ConnectionLimit);
        }

        Refuse(transport, "Server is full."u8);
        return true;
    }

    private void Introduce(ITransport transport, ConnectionOrigin origin, ReadOnlySpan<byte> early)
    {
        try
        {
            _newcomers.Add(transport, origin, early);
        }
        catch
        {
            _addresses.Leave(origin.Peer);
            throw;
        }

        CountConnections();
    }

    // Asked only where the log shows them: a crowd that comes and goes costs nothing otherwise.
    private bool MayLogVisit() => Logger.IsEnabled(LogLevel.Information) && _visits.MayLog();

    private void CountConnections() => Counters.Connections = ConnectionCount;

    private void LogRefusal(ConnectionOrigin origin, string reason, string option)
    {
        if (HostileEvents.MayLog())
        {
            NetLog.AddressRefused(Logger, origin.Id, origin.Peer, reason, option);
        }
    }

    private void Refuse(ITransport transport, ReadOnlySpan<byte> reason)
    {
        Lines.Begin();
        Lines.AppendLiteral(reason);
        transport.Send(Lines.Bytes(Lines.End()), out _);
        transport.Close();
    }
}
