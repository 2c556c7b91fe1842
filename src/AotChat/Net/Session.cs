using AotChat.Chat;
using AotChat.Commands;

namespace AotChat.Net;

/// <summary>
/// One connection: cuts what arrives into lines, runs each as a command, and sends what was written to its user at the
/// end of the loop's turn. Owned by the event loop.
/// </summary>
/// <remarks>
/// Open → Leaving (no more input; what waits still goes out, commands under way still answer) → Closed. While nothing
/// happens it holds no buffer: only an incomplete line, or output that the peer does not take, needs one.
/// </remarks>
internal sealed class Session : ITerminal, IReadyHandler, ITurnEnd
{
    private readonly ChatServer _server;
    private readonly ITransport _transport;
    private readonly CommandContext _context;
    private readonly int _token;
    private LineFramer _framer;
    private Outbox _outbox;
    private SessionState _state;
    private CloseReason _reason;
    private Readiness _watched = Readiness.Readable;

    private Inbox _inbox;
    private bool _backlog;
    private bool _again;

    private int _commandsUnderWay;
    private LoopTimer? _leaveLimit;
    private bool _touched;
    private bool _sendBlocked;
    private bool _overflowed;

    public Session(ChatServer server, ITransport transport)
    {
        _server = server;
        _transport = transport;
        _framer = new LineFramer(server.Options.MaxLineBytes);
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

        _context = new CommandContext(server.Users.Enter(this), server.Users, server.Lines, server.Jobs);
        _context.Reply($"Welcome! Your username is {_context.User}");
    }

    /// <summary>Who it is.</summary>
    public User User => _context.User;

    /// <summary>How many bytes wait for this reader.</summary>
    public int PendingBytes => _outbox.Count;

    /// <inheritdoc/>
    public bool TryWrite(ReadOnlySpan<byte> line)
    {
        if (_state == SessionState.Closed || _overflowed)
        {
            return false;
        }

        Touch();
        if (_outbox.TryAppend(line, _server.Options.OutboxHardBytes))
        {
            return true;
        }

        // It is closed at the end of the turn: the one who writes may be walking through the users.
        _overflowed = true;
        return false;
    }

    /// <inheritdoc/>
    public void HangUp() => Leave(CloseReason.Quit);

    /// <summary>Says that the server stops, and leaves.</summary>
    public void StopServing()
    {
        _context.Reply($"Server is shutting down.");
        Leave(CloseReason.ServerStops);
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
            NetLog.SessionFailed(_server.Logger, exception, User);
            Close(CloseReason.InternalError);
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
            NetLog.SessionFailed(_server.Logger, exception, User);
            Close(CloseReason.InternalError);
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
        _server.Users.Leave(User);
        _leaveLimit?.Cancel();
        _outbox.Clear();
        _inbox.Clear();
        _server.Loop.Unregister(_token);
        _transport.Close();
        _server.OnClosed(this, _reason);
    }

    private void Flush()
    {
        if (_overflowed)
        {
            NetLog.OutboxFull(_server.Logger, User, _transport.Peer, _outbox.Count);
            Close(CloseReason.OutboxFull);
            return;
        }

        if (!_sendBlocked && !TrySendPending())
        {
            Close(CloseReason.Broken);
            return;
        }

        GoOnWithBacklog();
        Watch((_state == SessionState.Open && !_backlog ? Readiness.Readable : Readiness.None)
            | (_sendBlocked ? Readiness.Writable : Readiness.None));
        if (_state == SessionState.Leaving)
        {
            FinishLeaving();
        }
    }

    // Whoever asks for more than it reads is not read from until it does; its own answers must not disconnect it.
    private int AnswersPause => _server.Options.OutboxHardBytes / 4;

    private void GoOnWithBacklog()
    {
        if (_backlog && !_again && _outbox.Count <= AnswersPause)
        {
            _again = true;
            _server.Loop.RunAgain(this);
        }
    }

    private void Handle(Readiness readiness)
    {
        if ((readiness & Readiness.Writable) != 0)
        {
            _sendBlocked = false;
            Touch();
        }

        switch (_state)
        {
            case SessionState.Open when _backlog:
                if (readiness == Readiness.None)
                {
                    RunBacklog();
                }

                break;

            case SessionState.Open when (readiness & Readiness.Readable) != 0:
                Receive();
                break;

            case SessionState.Leaving when (readiness & Readiness.Readable) != 0:
                // Input is not waited for any more, so this is an error or a hang-up.
                Close(CloseReason.Broken);
                break;
        }
    }

    private void Receive()
    {
        Span<byte> buffer = _server.ReceiveBuffer;
        int kept = _inbox.Kept.Length;
        _inbox.Kept.CopyTo(buffer);
        switch (_transport.Receive(buffer.Slice(kept, ChatServer.MaxReceiveBytes), out int count))
        {
            case TransportStatus.Done:
                RunLines(buffer[..(kept + count)]);
                break;

            case TransportStatus.EndOfInput:
                ReadOnlySpan<byte> last = _framer.ReadLast(buffer[..kept]);
                if (!last.IsEmpty)
                {
                    RunLine(last);
                }

                Leave(CloseReason.EndOfInput);
                break;

            case TransportStatus.Broken:
                Close(CloseReason.Broken);
                break;
        }
    }

    private void RunBacklog()
    {
        _backlog = false;
        _again = false;

        // Reading is taken up again at the end of the turn.
        Touch();
        Span<byte> buffer = _server.ReceiveBuffer;
        int kept = _inbox.Kept.Length;
        _inbox.Kept.CopyTo(buffer);
        RunLines(buffer[..kept]);
    }

    private void RunLines(ReadOnlySpan<byte> input)
    {
        for (int lines = 0; _state == SessionState.Open; lines++)
        {
            if (lines == ChatServer.MaxLinesPerTurn || _outbox.Count > AnswersPause)
            {
                // Others first, and answers read before there are more of them; the rest of the input waits.
                _backlog = true;
                _inbox.Keep(input);
                Touch();
                return;
            }

            FrameResult result = _framer.Read(input, out ReadOnlySpan<byte> line, out int consumed);
            input = input[consumed..];
            if (result == FrameResult.Incomplete)
            {
                _inbox.Keep(input);
                return;
            }

            if (result == FrameResult.TooLong)
            {
                _context.Reply($"Line too long (limit {_server.Options.MaxLineBytes} bytes).");
            }
            else if (!line.IsEmpty)
            {
                RunLine(line);
            }
        }
    }

    private void RunLine(ReadOnlySpan<byte> line)
    {
        try
        {
            ValueTask command = CommandDispatcher.DispatchAsync(_context, line);
            if (command.IsCompletedSuccessfully)
            {
                command.GetAwaiter().GetResult();
            }
            else
            {
                _ = AwaitCommandAsync(command);
            }
        }
        catch (Exception exception)
        {
            CommandFailed(exception);
        }
    }

    private async Task AwaitCommandAsync(ValueTask command)
    {
        _commandsUnderWay++;
        try
        {
            await command;
        }
        catch (Exception exception)
        {
            CommandFailed(exception);
        }
        finally
        {
            _commandsUnderWay--;
            Touch();
        }
    }

    private void CommandFailed(Exception exception)
    {
        NetLog.CommandFailed(_server.Logger, exception, User);
        _context.Reply($"Internal error.");
    }

    private void Leave(CloseReason reason)
    {
        if (_state != SessionState.Open)
        {
            return;
        }

        _state = SessionState.Leaving;
        _reason = reason;
        _server.Users.Leave(User);
        _inbox.Clear();
        Touch();
    }

    private void FinishLeaving()
    {
        if (_commandsUnderWay == 0 && _outbox.Count == 0)
        {
            Close(_reason);
            return;
        }

        _leaveLimit ??= _server.Loop.Schedule(
            _commandsUnderWay > 0 ? ChatServer.AnswerLimit : ChatServer.LeaveLimit, () => Close(CloseReason.Broken));
    }

    private bool TrySendPending()
    {
        while (_outbox.Count > 0)
        {
            switch (_transport.Send(_outbox.Pending, out int count))
            {
                case TransportStatus.Done:
                    _outbox.Consume(count);
                    break;

                case TransportStatus.WouldBlock:
                    _sendBlocked = true;
                    return true;

                default:
                    return false;
            }
        }

        return true;
    }

    private void Watch(Readiness interest)
    {
        if (interest != _watched)
        {
            _watched = interest;
            _transport.Watch(interest);
        }
    }

    private void Touch()
    {
        if (!_touched)
        {
            _touched = true;
            _server.Loop.Touch(this);
        }
    }
}
