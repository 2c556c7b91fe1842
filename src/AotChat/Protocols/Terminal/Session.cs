using AotChat.Commands;
using AotChat.Connections;
using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// A user at a terminal: <see cref="SessionReader"/> makes lines of what arrives, <see cref="SessionCalls"/> runs each as a command,
/// and what was written to its user is sent at the end of the loop's turn. Owned by the event loop.
/// </summary>
/// <remarks>
/// Open → Leaving (no more input; what waits still goes out, commands under way still answer) → Closed. A peer that has
/// hung up reads no more, but what it sent before is still read and run, at the allowed pace. While nothing happens the
/// session holds no buffer: only an incomplete line, or output that the peer does not take, needs one. Reading less from
/// the connection slows its sender down, and nobody else.
/// </remarks>
internal sealed partial class Session : IReadyHandler
{
    private readonly TerminalServer _server;
    private readonly ITransport _transport;
    private readonly CommandContext _context;
    private readonly SessionReader _reader;
    private readonly LoopToken _token;

    private SessionState _state;
    private CloseReason _reason;
    private SessionWatch _watch = new();
    private SessionLimits _limits;
    private bool _isHungUp;
    private bool _isResuming;

    public Session(TerminalServer server, Connection connection)
    {
        _server = server;
        _transport = connection.Transport;
        Connection = connection;
        Since = server.Chat.Events.Now;
        LastActive = server.Loop.Now;
        _token = server.Loop.Register(this);
        Terminal = new SessionTerminal(server, this, _transport);
        try
        {
            _transport.Attach(_token, SessionWatch.AtFirst);
            server.Chat.Enter(Terminal);
            _context = new CommandContext(Terminal, server.Chat, server.Jobs, server.Counters);
            _reader = new SessionReader(server, Terminal, _transport, _context, server.Options.IdleTimeoutSeconds > 0 ? StartIdleLimit() : null);
            _context.Reply($"Welcome! Your username is {_context.User}");
            _context.TellMessageOfTheDay();
            CommandHooks.Joined(_context);
        }
        catch
        {
            // The caller closes the connection; everything else is given back here, also when less is there than usual.
            _state = SessionState.Closed;
            Release(static session => session._reader?.Close());
            Release(static session => session.Terminal.Close());
            Release(static session => session._server.Loop.Unregister(session._token));
            if (_context is not null)
            {
                _context.Leave(default, isTold: true);
            }
            else if (Terminal.HasUser)
            {
                server.Chat.Leave(Terminal, default, isTold: true);
            }

            throw;
        }
    }

    /// <summary>The user of this session.</summary>
    public User User => Terminal.User;

    /// <summary>When it began, in ticks of UTC.</summary>
    public long Since { get; }

    /// <summary>When its user last sent a line through it, as a timestamp of the loop's clock; only <see cref="SessionCalls"/> writes it.</summary>
    public long LastActive { get; set; }

    /// <summary>The connection that it is held over.</summary>
    public Connection Connection { get; }

    /// <summary>Where it comes from.</summary>
    public PeerAddress Peer => Connection.Peer;

    /// <summary>Whether it reads and runs lines.</summary>
    public bool IsOpen => _state == SessionState.Open;

    /// <summary>What its user sees.</summary>
    public SessionTerminal Terminal { get; }

    /// <summary>The telnet side of it; null for a client that has not spoken telnet.</summary>
    public SessionTelnet? Telnet => _reader.Telnet;

    /// <summary>How many commands wait for a job; only <see cref="SessionCalls"/> writes it.</summary>
    public int CallsUnderWay { get; set; }

    /// <summary>Whether there is a sign of life already: something has arrived that is not run yet.</summary>
    public bool HasInputWaiting => _reader.IsPaused;

    /// <summary>How many bytes of memory its input takes.</summary>
    public int InputBytes => _reader.InputBytes + Terminal.EditorBytes;

    /// <summary>Switches the line editor on or off, as its user has asked.</summary>
    public void RequestEditor(bool isOn) => _reader.BeginTelnet().RequestEditor(isOn);

    /// <inheritdoc/>
    public void OnReady(Readiness readiness) => Guard(static (session, readiness) => session.Handle(readiness), readiness);

    /// <summary>Does at the end of a turn what is more than sending: sees to readers who lag, and to input that waits.</summary>
    public void FinishTurn() => Guard(static (session, _) => session.Flush(), Readiness.None);

    /// <summary>Looks after itself at the end of the turn.</summary>
    public void Touch() => Terminal.TouchSession();

    // A bug ends this session alone.
    private void Guard(Action<Session, Readiness> action, Readiness readiness)
    {
        try
        {
            action(this, readiness);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Handle(Readiness readiness)
    {
        if ((readiness & Readiness.Writable) != 0)
        {
            Terminal.Unblock();
            Touch();
        }

        bool reads = IsOpen && !_reader.IsPaused;
        if ((readiness & Readiness.Broken) != 0 || (!reads && (readiness & Readiness.Readable) != 0 && IsBroken()))
        {
            HangUp();
        }

        if (reads)
        {
            if ((readiness & Readiness.Readable) != 0)
            {
                Receive();
            }
        }
        else if (_isResuming && IsOpen)
        {
            _isResuming = false;
            _reader.Resume();
            _server.Calls.RunAll(this, _reader, _context);
        }
    }

    private void Receive()
    {
        TransportStatus status = _reader.Receive();
        switch (status)
        {
            case TransportStatus.Done:
                _server.Calls.RunAll(this, _reader, _context);
                break;

            case TransportStatus.EndOfInput:
            case TransportStatus.Reset:
                if (Terminal.Editor is null)
                {
                    // A line that is half typed in the editor was not sent by anybody.
                    _server.Calls.Run(this, _context, _reader.ReadLast());
                }

                Leave(status == TransportStatus.Reset ? CloseReason.Broken : CloseReason.EndOfInput);
                break;

            case TransportStatus.Broken:
                Close(CloseReason.Broken);
                break;
        }
    }

    // Input is reported though nobody waits for it: there is some that arrived in this turn, or an error.
    private bool IsBroken()
    {
        Span<byte> one = stackalloc byte[1];
        return _transport.Peek(one, out _) is TransportStatus.Reset or TransportStatus.Broken;
    }

    private void Flush()
    {
        if (_state == SessionState.Closed)
        {
            return;
        }

        if (Terminal.IsOverHard)
        {
            DisconnectReader();
            return;
        }

        Terminal.ShowTyped();
        Send();
        Terminal.NoteSent();
        if (Terminal.HasCaughtUp(out int missed))
        {
            _limits.EndStuck();
            if (missed > 0)
            {
                // Readers that are behind are sent nothing of this turn, so that this comes before later lines.
                _context.TellMissed(missed);
                Send();
            }
        }

        if (Terminal.IsOverSoft && !_limits.IsStuckLimited)
        {
            _limits.LimitStuck(_server, DisconnectReader);
        }

        if (_state == SessionState.Open && !_isResuming && _reader.CanResume(Terminal.PendingBytes))
        {
            _isResuming = true;
            _server.Loop.RunAgain(this);
        }

        if (_state != SessionState.Closed)
        {
            Readiness interest = (IsOpen && !_reader.IsPaused ? Readiness.Readable : Readiness.None)
                | (Terminal.IsBlocked ? Readiness.Writable : Readiness.None);
            _watch.Change(_transport, interest, _isHungUp);
        }

        if (_state == SessionState.Leaving)
        {
            FinishLeaving();
        }
    }

    private void Send()
    {
        if (!Terminal.TrySend())
        {
            HangUp();
        }
    }
}
