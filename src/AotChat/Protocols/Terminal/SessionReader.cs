using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// The input of one session: receives, cuts into lines, and has them run; pauses where input comes too fast, where it
/// would keep others waiting, and while its own answers are not read. Owned by the event loop.
/// </summary>
internal sealed class SessionReader
{
    private readonly TerminalServer _server;
    private readonly Session _session;
    private readonly ITransport _transport;
    private readonly CommandContext _context;

    // Null where there is no limit.
    private readonly IdleLimit? _idle;
    private SessionInput _input;
    private LoopTimer? _floodPause;
    private ReadingPause _pause;

    public SessionReader(TerminalServer server, Session session, ITransport transport, CommandContext context)
    {
        _server = server;
        _session = session;
        _transport = transport;
        _context = context;
        _input = new SessionInput(server.Options.MaxLineBytes);
        if (server.Options.IdleTimeoutSeconds > 0)
        {
            TimeSpan limit = TimeSpan.FromSeconds(server.Options.IdleTimeoutSeconds);
            _idle = new IdleLimit(server.Loop, limit, () => _pause is ReadingPause.Turn or ReadingPause.Flood, LeaveIdle);
            _idle.Start();
        }
    }

    /// <summary>Whether nothing is to be received for now.</summary>
    public bool IsPaused => _pause != ReadingPause.None;

    /// <summary>How many bytes of memory its input takes.</summary>
    public int InputBytes => _input.Size;

    /// <summary>Whether the loop was asked to call once more, for what is left of the input.</summary>
    public bool IsResuming { get; private set; }

    private LineEditor? Editor => _session.Terminal.Editor;

    /// <summary>The telnet side of the session; null for a client that has not spoken telnet.</summary>
    public SessionTelnet? Telnet { get; private set; }

    /// <summary>The telnet side of the session, made where there is none yet.</summary>
    public SessionTelnet BeginTelnet() => Telnet ??= new SessionTelnet(_server, _session, _context);

    /// <summary>Takes what has arrived.</summary>
    public void Receive()
    {
        if (FloodWait() > 0)
        {
            PauseForFlood();
            return;
        }

        Span<byte> buffer = _server.ReceiveBuffer;
        int kept = _input.Kept.Length;
        _input.Kept.CopyTo(buffer);
        int held = Telnet is { HoldsIac: true } ? 1 : 0;
        buffer[kept..(kept + held)].Fill(TelnetCommand.Iac);
        TransportStatus status = _transport.Receive(buffer.Slice(kept + held, _server.Inboxes.Room(kept)), out int count);
        switch (status)
        {
            case TransportStatus.Done:
                _session.Terminal.EndProbe();
                _server.Counters.BytesIn += count;
                TakeArrived(kept, held + count);
                break;

            case TransportStatus.EndOfInput:
            case TransportStatus.Reset:
                if (Editor is null)
                {
                    // A line that is half typed in the editor was not sent by anybody.
                    _server.Calls.Run(_session, _context, _input.ReadLast(buffer[..(kept + held)]));
                }

                _session.Leave(status == TransportStatus.Reset ? CloseReason.Broken : CloseReason.EndOfInput);
                break;

            case TransportStatus.Broken:
                _session.Close(CloseReason.Broken);
                break;
        }
    }

    /// <summary>Goes on with what is left of the input.</summary>
    public void Resume()
    {
        IsResuming = false;
        _pause = ReadingPause.None;
        _session.Terminal.EndProbe();

        // Reading is taken up again at the end of the turn.
        _session.Touch();
        Span<byte> buffer = _server.ReceiveBuffer;
        int kept = _input.Kept.Length;
        _input.Kept.CopyTo(buffer);
        RunLines(buffer[..kept]);
    }

    /// <summary>At the end of a turn: goes on in the next one where nothing stands in the way any more.</summary>
    /// <param name="pendingBytes">How many bytes of answers are not read yet.</param>
    public void ResumeIfReady(int pendingBytes)
    {
        if (IsPaused && !IsResuming && _floodPause is null && pendingBytes <= _server.Budget.Low)
        {
            IsResuming = true;
            _server.Loop.RunAgain(_session);
        }
    }

    /// <summary>Forgets what has arrived and was not run: the session reads no more.</summary>
    public void Clear() => _input.Clear(_server.Inboxes);

    /// <summary>Ends its timers, and forgets everything.</summary>
    public void Close()
    {
        _floodPause?.Cancel();
        Telnet?.Close();
        _idle?.Cancel();
        Clear();
    }

    // The receive buffer holds what was kept and, behind it, what has arrived.
    private void TakeArrived(int kept, int count)
    {
        Span<byte> buffer = _server.ReceiveBuffer;
        Span<byte> arrived = buffer.Slice(kept, count);
        if (!SessionTelnet.Concerns(Telnet, arrived))
        {
            RunLines(buffer[..(kept + count)]);
            return;
        }

        SessionTelnet telnet = BeginTelnet();
        _input.Count(_server.Loop.Now, _server.Flood);
        count = telnet.Filter(arrived, out int consumed);
        RunLines(buffer[..(kept + count)]);
        while (telnet.HasChangedMode && _session.IsOpen)
        {
            // What stood in front of the change was read in the old mode. A line that is half typed goes on in the new one.
            byte[] rest = arrived[consumed..].ToArray();
            byte[] unfinished = telnet.FollowMode();
            if (unfinished.Length > 0)
            {
                _input.Keep([.. unfinished, .. _input.Kept], _server.Inboxes);
            }

            kept = _input.Kept.Length;
            if (Editor is not null && kept > 0)
            {
                // The client has shown these keys itself; the editor shows them again, in the same place.
                _session.Terminal.Write("\r\u001b[K"u8);
            }

            _input.Kept.CopyTo(buffer);
            arrived = buffer.Slice(kept, rest.Length);
            rest.CopyTo(arrived);
            count = telnet.Filter(arrived, out consumed);
            if (IsPaused)
            {
                _input.Keep(buffer[..(kept + count)], _server.Inboxes);
            }
            else
            {
                RunLines(buffer[..(kept + count)]);
            }
        }
    }

    private void RunLines(ReadOnlySpan<byte> input)
    {
        for (int lines = 0; _session.IsOpen; lines++)
        {
            if (lines == ChatOptions.LinesPerTurn || _server.HasWrittenEnough || _session.Terminal.PendingBytes > _server.Budget.Low)
            {
                // Others first, and answers read before there are more of them; the rest of the input waits.
                Pause(_session.Terminal.PendingBytes > _server.Budget.Low ? ReadingPause.Answers : ReadingPause.Turn, input);
                return;
            }

            if (!_input.HasBegun && Editor is null && FindOtherProtocol(input) is { } protocol)
            {
                protocol.OnRefused(_session.Connection);
                _session.Terminal.Write(protocol.Answer);
                _session.Leave(CloseReason.WrongProtocol);
                return;
            }

            InputEvent next = Read(input, out ReadOnlySpan<byte> line, out int consumed);
            input = input[consumed..];
            switch (next)
            {
                case InputEvent.Incomplete:
                    _input.Keep(input, _server.Inboxes);
                    Telnet?.EndIfAsked();
                    return;

                case InputEvent.TooFast:
                    _input.Keep(input, _server.Inboxes);
                    PauseForFlood();
                    return;

                case InputEvent.Quit:
                    _session.Leave(CloseReason.Quit);
                    return;

                case InputEvent.TooLong:
                    _idle?.Note();
                    _server.Counters.LinesIn++;
                    _context.Reply($"Line too long (limit {_server.Options.MaxLineBytes} bytes).");
                    break;

                case InputEvent.Line:
                    _idle?.Note();
                    _server.Counters.LinesIn++;
                    _server.Calls.Run(_session, _context, line);
                    break;
            }
        }
    }

    private InputEvent Read(ReadOnlySpan<byte> input, out ReadOnlySpan<byte> line, out int consumed)
    {
        if (Editor is not { } editor || _input.IsSkipping)
        {
            return _input.Read(input, _server.Loop.Now, _server.Flood, out line, out consumed);
        }

        // Somebody who presses keys is there, before the line is finished; the client's software alone is not.
        if (!input.IsEmpty)
        {
            _idle?.Note();
        }

        InputEvent next = _input.ReadKeys(editor, input, _server.Loop.Now, _server.Flood, out consumed);
        _session.Terminal.AccountEditor();
        _session.Terminal.WriteTyped(editor);
        line = next == InputEvent.Line ? editor.Line : default;
        return next;
    }

    // A client whose first words came after the welcome was taken for a terminal.
    private RefusedProtocol? FindOtherProtocol(ReadOnlySpan<byte> input)
    {
        foreach (RefusedProtocol protocol in _server.Refused)
        {
            if (protocol.Match(input) == ProtocolMatch.Mine)
            {
                return protocol;
            }
        }

        return null;
    }

    private void Pause(ReadingPause reason, ReadOnlySpan<byte> input)
    {
        _pause = reason;
        _input.Keep(input, _server.Inboxes);
        _session.Touch();
    }

    private long FloodWait() => Math.Max(_input.Wait(_server.Loop.Now, _server.Flood), Telnet?.Wait ?? 0);

    private void PauseForFlood()
    {
        _pause = ReadingPause.Flood;
        _server.Counters.FloodPauses++;
        TimeSpan pause = _server.Loop.Time.GetElapsedTime(0, FloodWait());
        _floodPause = _server.Loop.Schedule(pause, () =>
        {
            _floodPause = null;
            _session.Touch();
        });
        _session.Touch();
    }

    private void LeaveIdle()
    {
        if (_session.IsOpen)
        {
            _server.Counters.IdleDisconnects++;
            int seconds = _server.Options.IdleTimeoutSeconds;
            _context.Reply($"You were idle for {seconds} {(seconds == 1 ? "second" : "seconds")}. The connection is closed.");
            _session.Leave(CloseReason.Idle);
        }
    }
}
