using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;

namespace AotChat.Net;

/// <summary>
/// One connection: cuts what arrives into lines, runs each as a command, and sends what was written to its user at the
/// end of the loop's turn. Owned by the event loop.
/// </summary>
/// <remarks>
/// Open → Leaving (no more input; what waits still goes out, commands under way still answer) → Closed. While nothing
/// happens it holds no buffer: only an incomplete line, or output that the peer does not take, needs one. Input pauses
/// where it comes too fast, where it would keep others waiting, and while its own answers are not read; reading less
/// from the connection slows its sender down, and nobody else.
/// </remarks>
internal sealed class Session : ITerminal, IReadyHandler, ITurnEnd
{
    private readonly ChatServer _server;
    private readonly ITransport _transport;
    private readonly PeerAddress _peer;
    private readonly CommandContext _context;
    private readonly int _token;

    private SessionState _state;
    private CloseReason _reason;
    private Readiness _watched = Readiness.Readable;
    private int _commandsUnderWay;
    private LoopTimer? _leaveLimit;
    private bool _touched;

    private SessionInput _input;
    private bool _paused;
    private bool _again;
    private LoopTimer? _floodPause;
    private LoopTimer? _idleLimit;
    private long _lastInput;

    private SessionOutput _output;
    private LoopTimer? _stuckLimit;

    public Session(ChatServer server, ITransport transport, PeerAddress peer)
    {
        _server = server;
        _transport = transport;
        _peer = peer;
        _input = new SessionInput(server.Options.MaxLineBytes);
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

        _context = new CommandContext(server.Users.Enter(this), server.Users, server.Lines, server.Jobs, server.Counters);
        _lastInput = server.Loop.Now;
        WatchIdleness();
        _context.Reply($"Welcome! Your username is {_context.User}");
    }

    /// <summary>Who it is.</summary>
    public User User => _context.User;

    /// <summary>Where it comes from.</summary>
    public PeerAddress Peer => _peer;

    /// <summary>How many bytes wait for this reader.</summary>
    public int PendingBytes => _output.Count;

    /// <summary>Takes what arrived before the session began as its first input.</summary>
    public void Begin(ReadOnlySpan<byte> early)
    {
        try
        {
            early.CopyTo(_server.ReceiveBuffer);
            TakeArrived(0, early.Length);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <inheritdoc/>
    public bool TryWrite(Line line, Delivery delivery)
    {
        if (_state == SessionState.Closed)
        {
            return false;
        }

        Touch();
        return _output.TryWrite(line, delivery, _server.Lines, _server.Budget, _server.Counters);
    }

    /// <inheritdoc/>
    public void HangUp() => Leave(CloseReason.Quit);

    /// <summary>Says that the server stops, and leaves.</summary>
    public void StopServing()
    {
        _context.Reply($"Server is shutting down.");
        Leave(CloseReason.ServerStops);
        CancelCommands();
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
        _server.Users.Leave(User);
        _leaveLimit?.Cancel();
        _floodPause?.Cancel();
        _idleLimit?.Cancel();
        _stuckLimit?.Cancel();
        _output.Clear(_server.Budget);
        _input.Clear();
        _server.Loop.Unregister(_token);
        _transport.Close();
        _server.OnClosed(this, _reason);
        CancelCommands();
    }

    private void Handle(Readiness readiness)
    {
        if ((readiness & Readiness.Writable) != 0)
        {
            _output.Unblock();
            Touch();
        }

        if (_state == SessionState.Open && !_paused)
        {
            if ((readiness & Readiness.Readable) != 0)
            {
                Receive();
            }
        }
        else if ((readiness & (Readiness.Readable | Readiness.Broken)) != 0)
        {
            // Input is not waited for, so this is an error or a hang-up.
            Close(CloseReason.Broken);
        }
        else if (_again)
        {
            GoOn();
        }
    }

    private void Receive()
    {
        if (!_input.IsOpen(_server.Loop.Now, _server.Flood))
        {
            PauseForFlood();
            return;
        }

        Span<byte> buffer = _server.ReceiveBuffer;
        int kept = _input.Kept.Length;
        _input.Kept.CopyTo(buffer);
        switch (_transport.Receive(buffer.Slice(kept, _server.ReceiveBytes), out int count))
        {
            case TransportStatus.Done:
                _lastInput = _server.Loop.Now;
                TakeArrived(kept, count);
                break;

            case TransportStatus.EndOfInput:
                ReadOnlySpan<byte> last = _input.ReadLast(buffer[..kept]);
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

    // The receive buffer holds what was kept and, behind it, what has arrived.
    private void TakeArrived(int kept, int count)
    {
        _server.Counters.BytesIn += count;
        Span<byte> arrived = _server.ReceiveBuffer.AsSpan(kept, count);
        if (_input.HoldsTelnet(arrived))
        {
            Span<byte> answers = stackalloc byte[TelnetFilter.MaxAnswerBytes];
            count = _input.FilterTelnet(arrived, answers, out int answered, _server.Loop.Now, _server.Flood);
            if (answered > 0)
            {
                _output.Write(answers[..answered], _server.Lines, _server.Budget);
                Touch();
            }
        }

        RunLines(_server.ReceiveBuffer.AsSpan(0, kept + count));
    }

    private void GoOn()
    {
        _again = false;
        _paused = false;

        // Reading is taken up again at the end of the turn.
        Touch();
        Span<byte> buffer = _server.ReceiveBuffer;
        int kept = _input.Kept.Length;
        _input.Kept.CopyTo(buffer);
        RunLines(buffer[..kept]);
    }

    private void RunLines(ReadOnlySpan<byte> input)
    {
        for (int lines = 0; _state == SessionState.Open; lines++)
        {
            if (lines == ChatOptions.LinesPerTurn || _server.HasWrittenEnough || _output.Count > _server.Budget.Low)
            {
                // Others first, and answers read before there are more of them; the rest of the input waits.
                Pause(input);
                return;
            }

            InputEvent next = _input.Read(input, _server.Loop.Now, _server.Flood, out ReadOnlySpan<byte> line, out int consumed);
            input = input[consumed..];
            switch (next)
            {
                case InputEvent.Incomplete:
                    _input.Keep(input);
                    ObeyTelnet();
                    return;

                case InputEvent.TooFast:
                    _input.Keep(input);
                    PauseForFlood();
                    return;

                case InputEvent.HttpRequest:
                    _output.Write(ForeignProtocol.HttpPage, _server.Lines, _server.Budget);
                    LeaveForeigner("HTTP");
                    return;

                case InputEvent.TlsHello:
                    LeaveForeigner("TLS");
                    return;

                case InputEvent.TooLong:
                    _server.Counters.LinesIn++;
                    _context.Reply($"Line too long (limit {_server.Options.MaxLineBytes} bytes).");
                    break;

                case InputEvent.Line:
                    _server.Counters.LinesIn++;
                    if (!line.IsEmpty)
                    {
                        RunLine(line);
                    }

                    break;
            }
        }
    }

    // Once the lines in front of it are run.
    private void ObeyTelnet()
    {
        switch (_input.TelnetRequest)
        {
            case TelnetRequest.Quit:
                Leave(CloseReason.Quit);
                break;

            case TelnetRequest.Reject:
                _context.Reply($"Telnet subnegotiation too long (limit {TelnetFilter.MaxSubnegotiation} bytes).");
                Leave(CloseReason.WrongProtocol);
                break;
        }
    }

    private void LeaveForeigner(string protocol)
    {
        _server.OnForeigner(_peer, protocol);
        Leave(CloseReason.WrongProtocol);
    }

    private void Pause(ReadOnlySpan<byte> input)
    {
        _paused = true;
        _input.Keep(input);
        Touch();
    }

    private void PauseForFlood()
    {
        _paused = true;
        _server.Counters.FloodPauses++;
        TimeSpan pause = _server.Loop.Time.GetElapsedTime(0, _input.Wait(_server.Loop.Now, _server.Flood));
        _floodPause = _server.Loop.Schedule(pause, () =>
        {
            _floodPause = null;
            Touch();
        });
        Touch();
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

        FlushIfEnough();
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
            FlushIfEnough();
        }
    }

    private void FlushIfEnough()
    {
        if (_server.HasWrittenEnough)
        {
            _server.Loop.RequestFlush();
        }
    }

    private void CommandFailed(Exception exception)
    {
        NetLog.CommandFailed(_server.Logger, exception, User);
        _context.Reply($"Internal error.");
    }

    // Whoever hears of it runs here and now; what they throw is theirs.
    private void CancelCommands()
    {
        try
        {
            _context.End();
        }
        catch (AggregateException exception)
        {
            CommandFailed(exception);
        }
    }

    private void Fail(Exception exception)
    {
        NetLog.SessionFailed(_server.Logger, exception, User);
        Close(CloseReason.InternalError);
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
        _input.Clear();
        Touch();
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
                _context.Reply($"You missed {missed} lines.");
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
        RunAgainIfPaused();
        Watch((_state == SessionState.Open && !_paused ? Readiness.Readable : Readiness.None)
            | (_output.IsBlocked ? Readiness.Writable : Readiness.None));
        if (_state == SessionState.Leaving)
        {
            FinishLeaving();
        }
    }

    private bool TrySend() => _output.TrySend(_transport, _server.Lines, _server.Budget, _server.Counters);

    private void DisconnectReader()
    {
        NetLog.NotReading(_server.Logger, User, _peer, _output.Count);
        _server.Counters.SlowDisconnects++;
        Close(CloseReason.NotReading);
    }

    private void RunAgainIfPaused()
    {
        if (_paused && !_again && _floodPause is null && _state == SessionState.Open && _output.Count <= _server.Budget.Low)
        {
            _again = true;
            _server.Loop.RunAgain(this);
        }
    }

    private void FinishLeaving()
    {
        if (_commandsUnderWay == 0 && _output.Count == 0)
        {
            Close(_reason);
            return;
        }

        _leaveLimit ??= _server.Loop.Schedule(
            _commandsUnderWay > 0 ? ChatServer.AnswerLimit : _server.LeaveLimit, () => Close(CloseReason.Broken));
    }

    private void WatchIdleness()
    {
        if (_server.Options.IdleTimeoutSeconds == 0 || _state != SessionState.Open)
        {
            return;
        }

        TimeSpan limit = TimeSpan.FromSeconds(_server.Options.IdleTimeoutSeconds);
        TimeSpan left = limit - _server.Loop.Time.GetElapsedTime(_lastInput, _server.Loop.Now);
        if (left <= TimeSpan.Zero)
        {
            _server.Counters.IdleDisconnects++;
            _context.Reply($"You were idle for {_server.Options.IdleTimeoutSeconds} seconds.");
            Leave(CloseReason.Idle);
            return;
        }

        _idleLimit = _server.Loop.Schedule(left, WatchIdleness);
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
