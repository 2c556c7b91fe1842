using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
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
internal sealed class Session : IReadyHandler
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

    public Session(TerminalServer server, Connection connection)
    {
        _server = server;
        _transport = connection.Transport;
        Connection = connection;
        _token = server.Loop.Register(this);
        Terminal = new SessionTerminal(server, this, _transport);
        try
        {
            _transport.Attach(_token, SessionWatch.AtFirst);
            server.Chat.Enter(Terminal);
            _context = new CommandContext(Terminal, server.Chat, server.Jobs, server.Counters);
            _reader = new SessionReader(server, this, _transport, _context);
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
            if (Terminal.HasUser)
            {
                server.Chat.Leave(Terminal, default, isTold: true);
            }

            throw;
        }
    }

    /// <summary>The user of this session.</summary>
    public User User => Terminal.User;

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

    /// <summary>Says that the server stops, and leaves.</summary>
    public void StopServing()
    {
        try
        {
            _context.Reply($"Server is shutting down.");
            Leave(CloseReason.ServerStops);
            _server.Calls.Cancel(this, _context);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <inheritdoc/>
    public void OnReady(Readiness readiness)
    {
        try
        {
            Handle(readiness);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Does at the end of a turn what is more than sending: sees to readers who lag, and to input that waits.</summary>
    public void FinishTurn()
    {
        try
        {
            Flush();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Ends the connection at once; what waits is lost. The first reason counts.</summary>
    public void Close(CloseReason reason)
    {
        if (_state == SessionState.Closed)
        {
            return;
        }

        if (_state == SessionState.Open)
        {
            _reason = reason;
        }

        _state = SessionState.Closed;
        Release(static session => session._server.Loop.Unregister(session._token));
        Release(static session => session.LeaveChat(default));
        Release(static session => session._limits.Cancel());
        Release(static session => session.Terminal.Close());
        Release(static session => session.Terminal.Editor = null);
        Release(static session => session._reader.Close());
        Release(static session => session.Connection.Close());
        Release(static session => session._server.OnClosed(session, session._reason));
        Release(static session => session._server.Calls.Cancel(session, session._context));
    }

    /// <summary>
    /// The peer reads no more: nothing is written to it from now on, and what it sent before is run for at most
    /// <see cref="ChatOptions.HangUpSeconds"/>. A session that reads nothing either is closed.
    /// </summary>
    public void HangUp()
    {
        if (_state != SessionState.Open)
        {
            Close(CloseReason.Broken);
            return;
        }

        if (!_isHungUp)
        {
            _isHungUp = true;
            _limits.EndStuck();
            Terminal.Close();
            _limits.LimitHangUp(_server, () => Close(CloseReason.Broken));
            Touch();
        }
    }

    /// <summary>There is no memory for its input: it is told so, and leaves.</summary>
    public void RefuseInput()
    {
        try
        {
            _server.Counters.InputDisconnects++;
            if (_server.HostileEvents.MayLog())
            {
                SessionLog.TooMuchInput(_server.Logger, Connection.Id, Peer, User, InputBytes);
            }

            _context.Reply($"The server has no room for what you have sent. The connection is closed.");
            Leave(CloseReason.TooMuchInput);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    // One step of an end: the others happen though this one fails.
    private void Release(Action<Session> step)
    {
        try
        {
            step(this);
        }
        catch (Exception exception)
        {
            LoopLog.CallbackFailed(_server.Logger, exception);
        }
    }

    private void Handle(Readiness readiness)
    {
        if ((readiness & Readiness.Writable) != 0)
        {
            Terminal.Unblock();
            Touch();
        }

        bool reads = _state == SessionState.Open && !_reader.IsPaused;
        if ((readiness & Readiness.Broken) != 0 || (!reads && (readiness & Readiness.Readable) != 0 && IsBroken()))
        {
            HangUp();
        }

        if (reads)
        {
            if ((readiness & Readiness.Readable) != 0)
            {
                _reader.Receive();
            }
        }
        else if (_reader.IsResuming && _state == SessionState.Open)
        {
            _reader.Resume();
        }
    }

    // Input is reported though nobody waits for it: there is some that arrived in this turn, or an error.
    private bool IsBroken()
    {
        Span<byte> one = stackalloc byte[1];
        return _transport.Peek(one, out _) is TransportStatus.Reset or TransportStatus.Broken;
    }

    internal void Fail(Exception exception)
    {
        try
        {
            if (_server.HostileEvents.MayLog())
            {
                SessionLog.SessionFailed(_server.Logger, exception, Connection.Id, Peer, User);
            }
        }
        finally
        {
            Close(CloseReason.InternalError);
        }
    }

    /// <summary>Reads no more; what waits goes out and commands under way answer before the end. The first reason counts.</summary>
    internal void Leave(CloseReason reason, ReadOnlySpan<byte> lastWords = default)
    {
        if (_state != SessionState.Open)
        {
            return;
        }

        _state = SessionState.Leaving;
        _reason = reason;
        try
        {
            Terminal.Leave();
            LeaveChat(lastWords);
        }
        finally
        {
            _reader.Clear();
            Touch();
        }
    }

    private void LeaveChat(ReadOnlySpan<byte> lastWords)
    {
        Terminal.EndProbe();
        try
        {
            _context.Leave(lastWords, isTold: _reason != CloseReason.ServerStops);
        }
        finally
        {
            if (!User.IsOnline)
            {
                _server.Jobs.LeaveRecipient(User);
            }
        }
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
        if (!Terminal.TrySend())
        {
            HangUp();
        }

        if (Terminal.HasCaughtUp(out int missed))
        {
            _limits.EndStuck();
            if (missed > 0)
            {
                // Those who are behind are sent nothing of this turn, so that this comes before whatever comes later.
                _context.TellMissed(missed);
                if (!Terminal.TrySend())
                {
                    HangUp();
                }
            }
        }

        if (Terminal.IsOverSoft && !_limits.IsStuckLimited)
        {
            _limits.LimitStuck(_server, DisconnectReader);
        }

        if (_state == SessionState.Closed)
        {
            return;
        }

        if (_state == SessionState.Open)
        {
            _reader.ResumeIfReady(Terminal.PendingBytes);
        }

        Readiness interest = (_state == SessionState.Open && !_reader.IsPaused ? Readiness.Readable : Readiness.None)
            | (Terminal.IsBlocked ? Readiness.Writable : Readiness.None);
        _watch.Change(_transport, interest, _isHungUp);
        if (_state == SessionState.Leaving)
        {
            FinishLeaving();
        }
    }

    private void DisconnectReader()
    {
        if (_server.HostileEvents.MayLog())
        {
            SessionLog.NotReading(_server.Logger, Connection.Id, Peer, User, Terminal.PendingBytes);
        }

        _server.Counters.SlowDisconnects++;
        Close(CloseReason.NotReading);
    }

    private void FinishLeaving()
    {
        bool awaitsJobs = _context.AwaitsJobs;
        if (!awaitsJobs)
        {
            // Nobody waits for the others: those that watch for it end here and now.
            _server.Calls.Cancel(this, _context);
        }

        if (_isHungUp || (CallsUnderWay == 0 && Terminal.PendingBytes == 0))
        {
            Close(_reason);
            return;
        }

        _limits.LimitLeaving(_server, awaitsJobs, () => Close(CloseReason.Broken));
    }

    /// <summary>Looks after itself at the end of the turn.</summary>
    internal void Touch() => Terminal.TouchSession();
}
