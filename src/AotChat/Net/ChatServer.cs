using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Workers;
using Microsoft.Extensions.Logging;

namespace AotChat.Net;

/// <summary>
/// All sessions, and what they share: the loop, the options, the users, the line buffer and the receive buffer. Owned
/// by the event loop.
/// </summary>
internal sealed class ChatServer(EventLoop loop, ChatOptions options, TimeProvider time, IJobRunner jobs, ILogger logger)
{
    /// <summary>The most bytes that one session takes from its connection in a turn: fairness between sessions.</summary>
    public const int MaxReceiveBytes = 64 * 1024;

    /// <summary>The most lines that one session runs in a turn: fairness between sessions.</summary>
    public const int MaxLinesPerTurn = 64;

    /// <summary>How long a leaving session may take to read what waits for it.</summary>
    public static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(5);

    /// <summary>How long a leaving session waits for commands that it has called: more than a fetch may take.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    private readonly HashSet<Session> _sessions = [];
    private Action? _whenStopped;
    private bool _isFull;

    public EventLoop Loop { get; } = loop;

    public ChatOptions Options { get; } = options;

    public UserDirectory Users { get; } = new();

    public LineComposer Lines { get; } = new(time);

    public IJobRunner Jobs { get; } = jobs;

    public ILogger Logger { get; } = logger;

    /// <summary>
    /// Where every session receives. In front there is room for what it kept: a line that is not finished, or a backlog
    /// that was received into this same buffer.
    /// </summary>
    public byte[] ReceiveBuffer { get; } = new byte[options.MaxLineBytes + 1 + MaxReceiveBytes];

    /// <summary>How many connections are open, those that are leaving included.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Takes a new connection in, or tells it that there is no room.</summary>
    public void Admit(ITransport transport)
    {
        if (_whenStopped is not null)
        {
            transport.Close();
        }
        else if (_sessions.Count >= Options.MaxConnections)
        {
            if (!_isFull)
            {
                // Once for the whole time of need: a flood of newcomers must not become a flood of log lines.
                _isFull = true;
                NetLog.ServerIsFull(Logger, transport.Peer, Options.MaxConnections);
            }

            Lines.Begin();
            Lines.AppendLiteral("Server is full."u8);
            transport.Send(Lines.End(), out _);
            transport.Close();
        }
        else
        {
            _isFull = false;
            Session session = new(this, transport);
            _sessions.Add(session);
            if (Logger.IsEnabled(LogLevel.Debug))
            {
                NetLog.Joined(Logger, session.User, transport.Peer);
            }
        }
    }

    /// <summary>
    /// Tells everyone that the server stops and closes every session once it has read what waits for it, at the latest
    /// after <see cref="LeaveLimit"/>.
    /// </summary>
    /// <param name="whenStopped">Called once, when the last session is closed.</param>
    public void Stop(Action whenStopped)
    {
        _whenStopped = whenStopped;
        foreach (Session session in _sessions)
        {
            session.StopServing();
        }

        if (_sessions.Count == 0)
        {
            whenStopped();
            return;
        }

        Loop.Schedule(LeaveLimit, () =>
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
        _sessions.Remove(session);
        if (_sessions.Count == 0)
        {
            _whenStopped?.Invoke();
        }
    }
}
