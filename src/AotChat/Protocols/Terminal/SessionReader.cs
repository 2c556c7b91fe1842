using AotChat.Commands;
using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// The input half of one session: receives, takes telnet's commands out, and finds lines; pauses where input comes too fast,
/// and where the session wants it to. It says what it found, and runs nothing. Owned by the event loop.
/// </summary>
/// <param name="server">The server, for its limits and the buffer that all sessions receive into.</param>
/// <param name="terminal">What the user of the session sees.</param>
/// <param name="transport">The way to the peer.</param>
/// <param name="context">Through which the telnet side of the session speaks to the user.</param>
/// <param name="idle">Told of signs of life; null where there is no limit.</param>
internal sealed class SessionReader(
    TerminalServer server, SessionTerminal terminal, ITransport transport, CommandContext context, IdleLimit? idle)
{
    private SessionInput _input = new(server.Options.MaxLineBytes);
    private LoopTimer? _floodPause;

    /// <summary>Why nothing is received for now.</summary>
    public ReadingPause Pause { get; private set; }

    /// <summary>Whether nothing is to be received for now.</summary>
    public bool IsPaused => Pause != ReadingPause.None;

    /// <summary>How many bytes of memory its input takes.</summary>
    public int InputBytes => _input.Size;

    /// <summary>The telnet side of the session; null for a client that has not spoken telnet.</summary>
    public SessionTelnet? Telnet { get; private set; }

    /// <summary>The telnet side of the session, made where there is none yet.</summary>
    public SessionTelnet BeginTelnet() => Telnet ??= new SessionTelnet(server, terminal, context);

    /// <summary>
    /// Takes what has arrived, for <see cref="Next"/>. At the end of the input, <see cref="ReadLast"/> gives what stands
    /// behind the last line.
    /// </summary>
    public TransportStatus Receive()
    {
        if (FloodWait() > 0)
        {
            PauseForFlood();
            return TransportStatus.WouldBlock;
        }

        Span<byte> buffer = server.Received.Buffer;
        int kept = CopyKept();
        int held = Telnet is { HoldsIac: true } ? 1 : 0;
        buffer[kept..(kept + held)].Fill(TelnetCommand.Iac);
        TransportStatus status = transport.Receive(buffer.Slice(kept + held, server.Inboxes.Room(kept)), out int count);
        if (status == TransportStatus.Done)
        {
            terminal.EndProbe();
            server.Counters.BytesIn += count;
            TakeArrived(kept, held + count);
        }
        else
        {
            server.Received.Begin(kept + held);
        }

        return status;
    }

    /// <summary>Finds what comes next in the input, which is kept up to here where that is <see cref="InputEvent.Incomplete"/>.</summary>
    /// <param name="line">The line without its end; for <see cref="InputEvent.OtherProtocol"/> all that was sent.</param>
    public InputEvent Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            line = server.Received.Rest;
            if (!_input.HasBegun && terminal.Editor is null && server.FindRefused(line) is not null)
            {
                return InputEvent.OtherProtocol;
            }

            InputEvent next = Read(line, out line, out int consumed);
            server.Received.Consume(consumed);
            switch (next)
            {
                case InputEvent.TooFast:
                    KeepRest();
                    PauseForFlood();
                    return InputEvent.Incomplete;

                case InputEvent.Incomplete:
                    _input.Keep(server.Received.Rest, server.Inboxes);
                    if (Telnet is { End: not InputEvent.Incomplete })
                    {
                        return Telnet.End;
                    }

                    if (Telnet is not { HasChangedMode: true })
                    {
                        return InputEvent.Incomplete;
                    }

                    FollowMode(Telnet);
                    break;

                default:
                    return next;
            }
        }
    }

    /// <summary>What stands behind the last line, at the end of the input; empty where nothing does. Not for a session with the editor.</summary>
    public ReadOnlySpan<byte> ReadLast() => _input.ReadLast(server.Received.Rest);

    /// <summary>Stops here for now; the rest of the input waits.</summary>
    public void PauseFor(ReadingPause reason)
    {
        Pause = reason;
        KeepRest();
        terminal.TouchSession();
    }

    /// <summary>Whether input waits and nothing stands in the way of it any more.</summary>
    /// <param name="pendingBytes">How many bytes of answers are not read yet.</param>
    public bool CanResume(int pendingBytes) => IsPaused && _floodPause is null && pendingBytes <= server.Budget.Low;

    /// <summary>Goes on with what is left of the input, for <see cref="Next"/>.</summary>
    public void Resume()
    {
        Pause = ReadingPause.None;
        terminal.EndProbe();

        // Reading is taken up again at the end of the turn.
        terminal.TouchSession();
        server.Received.Begin(CopyKept());
    }

    /// <summary>Forgets what has arrived and was not run: the session reads no more.</summary>
    public void Clear() => _input.Clear(server.Inboxes);

    /// <summary>Ends its timers, and forgets everything.</summary>
    public void Close()
    {
        _floodPause?.Cancel();
        Telnet?.Close();
        idle?.Cancel();
        Clear();
    }

    // What was kept goes to the front of the buffer.
    private int CopyKept()
    {
        _input.Kept.CopyTo(server.Received.Buffer);
        return _input.Kept.Length;
    }

    // The buffer holds what was kept and, behind it, what has arrived.
    private void TakeArrived(int kept, int count)
    {
        Span<byte> arrived = server.Received.Buffer.Slice(kept, count);
        if (SessionTelnet.Concerns(Telnet, arrived))
        {
            BeginTelnet();
            _input.Count(server.Loop.Now, server.Flood);
            count = Filter(Telnet!, arrived);
        }

        server.Received.Begin(kept + count);
    }

    // What stands in front of a change is read in the old mode.
    private int Filter(SessionTelnet telnet, Span<byte> arrived)
    {
        int count = telnet.Filter(arrived, out int consumed);
        server.Received.BehindModeChange = telnet.HasChangedMode ? arrived[consumed..].ToArray() : [];
        return count;
    }

    // A line that is half typed goes on in the new mode.
    private void FollowMode(SessionTelnet telnet)
    {
        byte[] unfinished = telnet.FollowMode();
        if (unfinished.Length > 0)
        {
            _input.Keep([.. unfinished, .. _input.Kept], server.Inboxes);
        }

        int kept = CopyKept();
        if (terminal.Editor is not null && kept > 0)
        {
            // The client has shown these keys itself; the editor shows them again, in the same place.
            terminal.Write("\r\u001b[K"u8);
        }

        byte[] behind = server.Received.BehindModeChange;
        Span<byte> arrived = server.Received.Buffer.Slice(kept, behind.Length);
        behind.CopyTo(arrived);
        server.Received.Begin(kept + Filter(telnet, arrived));
    }

    private void KeepRest()
    {
        _input.Keep(server.Received.Rest, server.Inboxes);
        while (Telnet is { HasChangedMode: true } telnet)
        {
            FollowMode(telnet);
            _input.Keep(server.Received.Rest, server.Inboxes);
        }
    }

    private InputEvent Read(ReadOnlySpan<byte> input, out ReadOnlySpan<byte> line, out int consumed)
    {
        InputEvent next;
        if (terminal.Editor is not { } editor || _input.IsSkipping)
        {
            next = _input.Read(input, server.Loop.Now, server.Flood, out line, out consumed);
            if (next is InputEvent.Line or InputEvent.TooLong)
            {
                idle?.Note();
            }

            return next;
        }

        // A user who presses keys is there before the line is finished; the client's software alone proves nothing.
        if (!input.IsEmpty)
        {
            idle?.Note();
        }

        next = _input.ReadKeys(editor, input, server.Loop.Now, server.Flood, out consumed);
        terminal.AccountEditor();
        terminal.WriteTyped(editor);
        line = next == InputEvent.Line ? editor.Line : default;
        return next;
    }

    private long FloodWait() => Math.Max(_input.Wait(server.Loop.Now, server.Flood), Telnet?.Wait ?? 0);

    private void PauseForFlood()
    {
        Pause = ReadingPause.Flood;
        server.Counters.FloodPauses++;
        _floodPause = server.Loop.Schedule(server.Loop.Time.GetElapsedTime(0, FloodWait()), () =>
        {
            _floodPause = null;
            terminal.TouchSession();
        });
        terminal.TouchSession();
    }
}
