using AotChat.Chat;
using AotChat.Commands;
using AotChat.Protocols.Terminal;

namespace AotChat.Net;

/// <summary>
/// One connection: <see cref="SessionReader"/> makes lines of what arrives, <see cref="SessionCalls"/> runs each as a command,
/// and what was written to its user is sent at the end of the loop's turn. Owned by the event loop.
/// </summary>
/// <remarks>
/// Open → Leaving (no more input; what waits still goes out, commands under way still answer) → Closed. While nothing
/// happens it holds no buffer: only an incomplete line, or output that the peer does not take, needs one. Reading less
/// from the connection slows its sender down, and nobody else.
/// </remarks>
internal sealed class Session : ITerminal, IReadyHandler, ITurnEnd
{
    private readonly ChatServer _server;
    private readonly ITransport _transport;
    private readonly PeerAddress _peer;
    private readonly CommandContext _context;
    private readonly SessionCalls _calls;
    private readonly SessionReader _reader;
    private readonly int _token;

    private SessionState _state;
    private CloseReason _reason;
    private Readiness _watched = Readiness.Readable;
    private LoopTimer? _leaveLimit;
    private bool _touched;

    private SessionOutput _output;
    private SessionView _view;
    private LoopTimer? _stuckLimit;
    private PresenceProbe? _probe;

    public Session(ChatServer server, ITransport transport, PeerAddress peer)
    {
        _server = server;
        _transport = transport;
        _peer = peer;
        _token = server.Loop.Register(this);
        try
        {
            transport.Attach(_token, _watched);
        }
        catch
        {
            server.Loop.Unregister(_token);
            throw;
        }

        _context = new CommandContext(server.Chat.Enter(this), server.Chat, server.Jobs, server.Call, server.Counters);
        _calls = new SessionCalls(server, this, _context);
        _reader = new SessionReader(server, this, transport, _context);
        _context.Reply($"Welcome! Your username is {_context.User}");
        foreach (string line in server.Options.MessageOfTheDay)
        {
            _context.Reply($"{line}");
        }
    }

    /// <summary>Who it is.</summary>
    public User User => _context.User;

    /// <summary>Where it comes from.</summary>
    public PeerAddress Peer => _peer;

    /// <summary>Whether it reads and runs lines.</summary>
    public bool IsOpen => _state == SessionState.Open;

    /// <summary>How many bytes wait for this reader.</summary>
    public int PendingBytes => _output.Count;

    /// <summary>Takes what arrived before the session began as its first input.</summary>
    public void Begin(ReadOnlySpan<byte> early)
    {
        try
        {
            _reader.Begin(early);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <inheritdoc/>
    public string Origin => _peer.ToString();

    /// <inheritdoc/>
    public UInt128 OriginBlock => _peer.IsThisMachine ? UInt128.Zero : new UInt128(_peer.Block.High, _peer.Block.Low);

    /// <inheritdoc/>
    public LineLook Look
    {
        get => _view.Look;
        set
        {
            if (_state != SessionState.Closed && value != _view.Look)
            {
                _output.Own(Buffer, _server.Budget);
                _view.Change(value, _server.Chat);
            }
        }
    }

    /// <inheritdoc/>
    public LineView? View => _view.Lines;

    // Where the lines lie that this reader sees.
    private LineBuffer Buffer => _view.Lines is { } view ? view : _server.Lines;

    /// <inheritdoc/>
    public bool TryWrite(Line line, Delivery delivery)
    {
        if (_state == SessionState.Closed)
        {
            return false;
        }

        Touch();
        return _view.Lines is { } view
            ? _view.TryWrite(view, line, User, delivery, ref _output, _server)
            : _output.TryWrite(line, delivery, _server.Lines, _server.Budget, _server.Counters);
    }

    /// <inheritdoc/>
    public void ClearScreen()
    {
        if (_state != SessionState.Closed)
        {
            Touch();
            _output.TryWrite("\u001b[H\u001b[2J"u8, Buffer, _server.Budget, _server.Counters);
        }
    }

    /// <summary>Writes bytes that are not a line: another protocol's words.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes, Buffer, _server.Budget);
        Touch();
    }

    /// <summary>Ends lines with CR LF from now on: the peer speaks telnet (RFC 854).</summary>
    internal void EndLinesWithCrLf() => Look = Look with { EndsWithCrLf = true };

    /// <summary>Runs a line of this user's.</summary>
    internal void Run(TypedLine line) => _calls.Run(line);

    /// <inheritdoc/>
    public void HangUp(ReadOnlySpan<byte> lastWords) => Leave(CloseReason.Quit, lastWords);

    /// <inheritdoc/>
    public void PutOut(ReadOnlySpan<byte> lastWords) => Leave(CloseReason.Ghost, lastWords);

    /// <inheritdoc/>
    public ValueTask<bool> ProbeAsync(TimeSpan limit)
    {
        EndProbe();
        if (_reader.IsPaused)
        {
            // What it has sent waits to be read.
            return new ValueTask<bool>(true);
        }

        _probe = new PresenceProbe(_server.Loop, limit);
        return new ValueTask<bool>(_probe.Answer);
    }

    /// <inheritdoc/>
    public void EndProbe()
    {
        _probe?.End();
        _probe = null;
    }

    /// <summary>Says that the server stops, and leaves.</summary>
    public void StopServing()
    {
        _context.Reply($"Server is shutting down.");
        Leave(CloseReason.ServerStops);
        _calls.Cancel();
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

    /// <inheritdoc/>
    public void OnTurnEnd()
    {
        _touched = false;
        try
        {
            if (_state != SessionState.Closed)
            {
                Flush();
            }
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
        LeaveChat(default);
        _leaveLimit?.Cancel();
        _stuckLimit?.Cancel();
        _output.Clear(_server.Budget);
        _view.Change(default, _server.Chat);
        _reader.Close();
        _server.Loop.Unregister(_token);
        _transport.Close();
        _server.OnClosed(this, _reason);
        _calls.Cancel();
    }

    private void Handle(Readiness readiness)
    {
        if ((readiness & Readiness.Writable) != 0)
        {
            _output.Unblock();
            Touch();
        }

        if (_state == SessionState.Open && !_reader.IsPaused)
        {
            if ((readiness & Readiness.Readable) != 0)
            {
                _reader.Receive();
            }
        }
        else if ((readiness & (Readiness.Readable | Readiness.Broken)) != 0)
        {
            // Input is not waited for, so this is an error or a hang-up.
            Close(CloseReason.Broken);
        }
        else if (_reader.HasToGoOn)
        {
            _reader.GoOn();
        }
    }

    private void Fail(Exception exception)
    {
        NetLog.SessionFailed(_server.Logger, exception, User);
        Close(CloseReason.InternalError);
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
        LeaveChat(lastWords);
        _reader.Clear();
        Touch();
    }

    private void LeaveChat(ReadOnlySpan<byte> lastWords)
    {
        EndProbe();
        if (User.IsOnline)
        {
            _server.Chat.Leave(User, lastWords, isTold: _reason != CloseReason.ServerStops);
            _server.Jobs.LeaveRecipient(User);
        }
    }

    private void Flush()
    {
        if (_output.IsOverHard)
        {
            DisconnectReader();
            return;
        }

        if (!TrySend())
        {
            Close(CloseReason.Broken);
            return;
        }

        if (_output.HasCaughtUp(_server.Budget, out int missed))
        {
            _stuckLimit?.Cancel();
            _stuckLimit = null;
            if (missed > 0)
            {
                // Those who are behind are sent nothing of this turn, so that this comes before whatever comes later.
                _context.TellMissed(missed);
                if (!TrySend())
                {
                    Close(CloseReason.Broken);
                    return;
                }
            }
        }

        _stuckLimit ??= _output.IsOverSoft
            ? _server.Loop.Schedule(TimeSpan.FromSeconds(_server.Options.StuckSeconds), DisconnectReader)
            : null;
        if (_state == SessionState.Open)
        {
            _reader.GoOnIfPaused(_output.Count);
        }

        Watch((_state == SessionState.Open && !_reader.IsPaused ? Readiness.Readable : Readiness.None)
            | (_output.IsBlocked ? Readiness.Writable : Readiness.None));
        if (_state == SessionState.Leaving)
        {
            FinishLeaving();
        }
    }

    private bool TrySend() => _output.TrySend(_transport, Buffer, _server.Budget, _server.Counters);

    private void DisconnectReader()
    {
        NetLog.NotReading(_server.Logger, User, _peer, _output.Count);
        _server.Counters.SlowDisconnects++;
        Close(CloseReason.NotReading);
    }

    private void FinishLeaving()
    {
        if (_calls.UnderWay == 0 && _output.Count == 0)
        {
            Close(_reason);
            return;
        }

        _leaveLimit ??= _server.Loop.Schedule(
            _calls.UnderWay > 0 ? ChatServer.AnswerLimit : _server.LeaveLimit, () => Close(CloseReason.Broken));
    }

    private void Watch(Readiness interest)
    {
        if (interest != _watched)
        {
            _watched = interest;
            _transport.Watch(interest);
        }
    }

    /// <summary>Flushes at the end of the turn.</summary>
    internal void Touch()
    {
        if (!_touched)
        {
            _touched = true;
            _server.Loop.Touch(this);
        }
    }
}
