using AotChat.Limits;
using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Protocols.Terminal;
using AotChat.Workers;
using Microsoft.Extensions.Logging;

namespace AotChat.Net;

/// <summary>
/// All sessions, and what they share: the loop, the options and limits, the users, the lines of the turn and the
/// receive buffer. Owned by the event loop.
/// </summary>
internal sealed class ChatServer
{
    /// <summary>How long a leaving session waits for commands that it has called: more than a fetch may take.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    private readonly HashSet<Session> _sessions = [];
    private readonly AddressLimits _addresses;
    private readonly Newcomers _newcomers;
    private Action? _whenStopped;
    private bool _isFull;

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
        HostileEvents = new LogThrottle(loop);
        ReceiveBytes = Flood.IsOn ? options.MaxLineBytes + 2 : ChatOptions.ReceiveBytesPerTurn;
        ReceiveBuffer = new byte[options.MaxLineBytes + 2 + Math.Max(ReceiveBytes, ProxyHeader.MaxBytes)];
        Cleaner = new LineCleaner(options.MaxLineBytes);
        Calls = new SessionCalls(this);
        _addresses = new AddressLimits(options, loop.Time);
        _newcomers = new Newcomers(this);
        loop.Flushed = Lines.Reset;
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

    /// <summary>Whether this turn has made so many lines that they are to be sent before there are more.</summary>
    public bool HasWrittenEnough => Lines.Count >= Budget.Turn;

    /// <summary>How fast lines may come from one connection.</summary>
    public RateLimit Flood { get; }

    /// <summary>Asked before anything is logged that those outside can bring about at will.</summary>
    public LogThrottle HostileEvents { get; }

    public ILogger Logger { get; }

    /// <summary>
    /// The most bytes that one session receives in a turn. With flood control not more than a line, so that what comes
    /// too fast waits in the kernel and slows its sender, not in this process.
    /// </summary>
    public int ReceiveBytes { get; }

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

    /// <summary>How many connections may be open at once: what the option allows, or what there are descriptors for.</summary>
    public int ConnectionLimit { get; set; }

    /// <summary>How many sessions there are, those that are leaving included.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>How many connections are open: sessions, and those that may become one.</summary>
    public int ConnectionCount => _sessions.Count + _newcomers.Count;

    /// <summary>How many addresses the limits by address remember.</summary>
    public int RememberedAddresses => _addresses.Count;

    /// <summary>Takes a new connection, which a proxy may have to introduce first.</summary>
    public void Accept(ITransport transport, PeerAddress peer)
    {
        if (Options.ProxyProtocol && _addresses.IsTrusted(peer))
        {
            _ = new ProxiedConnection(this, transport, peer);
        }
        else
        {
            Admit(transport, peer, default);
        }
    }

    /// <summary>Takes a new connection in, or tells it why not.</summary>
    /// <param name="transport">The way to it; closed here where it is refused.</param>
    /// <param name="peer">Where it comes from.</param>
    /// <param name="early">What it has sent already.</param>
    public void Admit(ITransport transport, PeerAddress peer, ReadOnlySpan<byte> early)
    {
        if (_whenStopped is not null)
        {
            transport.Close();
        }
        else if (ConnectionCount >= ConnectionLimit)
        {
            Counters.RefusedFull++;
            if (!_isFull)
            {
                // Once for the whole time of need: a flood of newcomers must not become a flood of log lines.
                _isFull = true;
                NetLog.ServerIsFull(Logger, peer, ConnectionLimit);
            }

            Refuse(transport, "Server is full."u8);
        }
        else
        {
            _isFull = false;
            switch (_addresses.TryEnter(peer, Loop.Now))
            {
                case Admission.TooMany:
                    Counters.RefusedAddress++;
                    LogRefusal(peer, "too many connections from this address", "max-connections-per-address");
                    Refuse(transport, "Too many connections from your address."u8);
                    break;

                case Admission.TooFast:
                    Counters.RefusedRate++;
                    LogRefusal(peer, "too many new connections per second from this address", "accept-rate-per-address");
                    Refuse(transport, "Too many new connections from your address; try again in a second."u8);
                    break;

                default:
                    Introduce(transport, peer, early);
                    break;
            }
        }
    }

    /// <summary>From now on newcomers are turned away.</summary>
    public void BeginStop() => _newcomers.Close();

    /// <summary>
    /// Tells everyone that the server stops and closes every session once it has read what waits for it.
    /// </summary>
    /// <param name="limit">The longest that this may take.</param>
    /// <param name="whenStopped">Called once, when the last session is closed.</param>
    public void Stop(TimeSpan limit, Action whenStopped)
    {
        _whenStopped = whenStopped;
        _newcomers.Close();
        foreach (Session session in _sessions)
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

    internal void OnClosed(Session session, CloseReason reason)
    {
        NetLog.Left(Logger, session.User, reason);
        Jobs.LeaveOwner(session.User);
        _addresses.Leave(session.Peer);
        _sessions.Remove(session);
        CountConnections();
        if (_sessions.Count == 0)
        {
            _whenStopped?.Invoke();
        }
    }

    /// <summary>Makes a newcomer a user.</summary>
    /// <param name="transport">The way to it; closed by the caller where this fails.</param>
    /// <param name="peer">Where it comes from.</param>
    /// <param name="early">What it has sent already.</param>
    internal void Enter(ITransport transport, PeerAddress peer, ReadOnlySpan<byte> early)
    {
        Session session = new(this, transport, peer);
        _sessions.Add(session);
        Counters.Accepted++;
        CountConnections();
        if (Logger.IsEnabled(LogLevel.Debug))
        {
            NetLog.Joined(Logger, session.User, peer);
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

    /// <summary>Notes that somebody took this for another kind of server.</summary>
    internal void OnForeigner(PeerAddress peer, string protocol)
    {
        Counters.RefusedProtocol++;
        if (HostileEvents.MayLog(Logger))
        {
            NetLog.ForeignProtocol(Logger, peer, protocol);
        }
    }

    private void Introduce(ITransport transport, PeerAddress peer, ReadOnlySpan<byte> early)
    {
        try
        {
            _newcomers.Add(transport, peer, early);
        }
        catch
        {
            _addresses.Leave(peer);
            throw;
        }

        CountConnections();
    }

    private void CountConnections() => Counters.Connections = ConnectionCount;

    private void LogRefusal(PeerAddress peer, string reason, string option)
    {
        if (HostileEvents.MayLog(Logger))
        {
            NetLog.AddressRefused(Logger, peer, reason, option);
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
