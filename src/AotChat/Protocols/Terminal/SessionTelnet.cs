using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Limits;
using AotChat.Loop;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// The telnet side of one session: takes the protocol's commands out of the input and does what they ask, and gives a client in
/// character mode a line editor. A session that never gets an IAC has none. Owned by the event loop.
/// </summary>
/// <param name="server">The server, for its loop and its limits.</param>
/// <param name="terminal">What the user of the session sees.</param>
/// <param name="context">Tells the user what became of the editor.</param>
internal sealed class SessionTelnet(TerminalServer server, SessionTerminal terminal, CommandContext context)
{
    private readonly TelnetProtocol _protocol = new();
    private RateGate _gate;

    // Waits for the client's answer, after its user has asked for the editor.
    private LoopTimer? _request;

    /// <summary>
    /// Whether the client has asked for the end of the session: <see cref="InputEvent.Quit"/>,
    /// <see cref="InputEvent.EndlessSubnegotiation"/> or, where it has not, <see cref="InputEvent.Incomplete"/>. The lines in
    /// front of that are to be run first.
    /// </summary>
    public InputEvent End { get; private set; }

    /// <summary>
    /// Whether the last input ended with an 0xFF, which may begin a command: it belongs in front of the next input.
    /// </summary>
    public bool HoldsIac { get; private set; }

    /// <summary>How long nothing more may be received because of too many telnet commands, in the clock's ticks.</summary>
    public long Wait => _gate.Wait(server.Loop.Now, server.TelnetLimit);

    /// <summary>Whether the client and the server have agreed on another mode, which <see cref="FollowMode"/> enters.</summary>
    public bool HasChangedMode { get; private set; }

    /// <summary>Whether there is anything to take out of the input.</summary>
    /// <param name="telnet">The session's, if it has one yet.</param>
    /// <param name="arrived">What has arrived.</param>
    public static bool Concerns(SessionTelnet? telnet, ReadOnlySpan<byte> arrived) =>
        TelnetProtocol.Concerns(telnet?._protocol, arrived);

    /// <summary>Takes telnet's commands out, in place, and does what they ask. Stops behind one that changes the mode.</summary>
    /// <param name="arrived">What has arrived; the data that is left moves to its front.</param>
    /// <param name="consumed">How many bytes are dealt with.</param>
    /// <returns>How many bytes of data are left of them.</returns>
    public int Filter(Span<byte> arrived, out int consumed)
    {
        Span<byte> room = stackalloc byte[TelnetProtocol.AnswerBytes];
        Span<byte> rest = arrived;
        int kept = 0;
        TelnetResult result;
        TelnetEvents events = TelnetEvents.None;
        do
        {
            TelnetAnswers answers = new(room);
            result = _protocol.Filter(rest, ref answers);
            rest[..result.Kept].CopyTo(arrived[kept..]);
            kept += result.Kept;
            rest = rest[result.Consumed..];
            events |= result.Events;
            terminal.Write(answers.Written);
        }
        while (!rest.IsEmpty && result.Consumed > 0 && (events & TelnetEvents.ModeChanged) == 0);

        consumed = arrived.Length - rest.Length;
        _gate.Pass(server.Loop.Now, server.TelnetLimit, consumed - kept);
        HasChangedMode = (events & TelnetEvents.ModeChanged) != 0;
        HoldsIac = !rest.IsEmpty && !HasChangedMode;
        Handle(events);
        return kept;
    }

    /// <summary>Switches the editor on or off, as its user has asked; the answer comes when the client has agreed.</summary>
    public void RequestEditor(bool isOn)
    {
        bool isWanted = terminal.Editor is not null || _request is not null;
        if (isOn == isWanted)
        {
            context.Reply($"The line editor is already {(isOn ? "on" : "off")}.");
            return;
        }

        Span<byte> room = stackalloc byte[TelnetProtocol.AnswerBytes];
        TelnetAnswers answers = new(room);
        if (isOn)
        {
            _request ??= server.Loop.Schedule(ChatOptions.EditorOfferLimit, RefuseEditor);
            _protocol.OfferEcho(ref answers);
        }
        else
        {
            EndRequest();
            _protocol.WithdrawEcho(ref answers);
            FollowMode();
            context.Reply($"The line editor is off.");
        }

        terminal.Write(answers.Written);
    }

    /// <summary>Asks the client's software for a sign of life, where it speaks telnet.</summary>
    public void RequestTimingMark()
    {
        Span<byte> room = stackalloc byte[TelnetProtocol.AnswerBytes];
        TelnetAnswers answers = new(room);
        if (_protocol.RequestTimingMark(ref answers))
        {
            terminal.Write(answers.Written);
        }
    }

    /// <summary>Has nobody show what is typed, neither the client nor the server's editor; or shows it again.</summary>
    public void HideEcho(bool hides)
    {
        Span<byte> room = stackalloc byte[TelnetProtocol.AnswerBytes];
        TelnetAnswers answers = new(room);
        _protocol.HideEcho(hides, ref answers);
        if (terminal.Editor is { } editor)
        {
            editor.IsEchoing = !hides;
            terminal.WriteTyped(editor);
        }

        terminal.Write(answers.Written);
    }

    /// <summary>Ends its timer.</summary>
    public void Close() => _request?.Cancel();

    private void Handle(TelnetEvents events)
    {
        if ((events & TelnetEvents.Reject) != 0)
        {
            End = InputEvent.EndlessSubnegotiation;
        }
        else if ((events & TelnetEvents.Quit) != 0 && End == InputEvent.Incomplete)
        {
            End = InputEvent.Quit;
        }

        if (_protocol.IsSpeaker)
        {
            terminal.EndLinesWithCrLf();
        }

        if ((events & TelnetEvents.EchoRefused) != 0 && _request is not null)
        {
            RefuseEditor();
        }

        if ((events & TelnetEvents.SizeChanged) != 0 && terminal.Editor is not null)
        {
            terminal.Editor.Columns = _protocol.Columns;
            terminal.WriteTyped(terminal.Editor);
        }

        if ((events & TelnetEvents.AreYouThere) != 0)
        {
            context.Reply($"Yes, the chat is here.");
        }
    }

    /// <summary>Begins or ends the editor, as the mode has it.</summary>
    /// <returns>What is half typed in an editor that ends: it stands on the screen, and the client's own line goes on behind it.</returns>
    public byte[] FollowMode()
    {
        HasChangedMode = false;
        if (!_protocol.IsCharacterMode)
        {
            byte[] unfinished = terminal.Editor is null ? [] : terminal.Editor.Unfinished.ToArray();
            terminal.Editor = null;
            return unfinished;
        }

        terminal.Editor ??= new LineEditor(server.Options.MaxLineBytes, new ChatCompletion(server.Chat, terminal))
        {
            Columns = _protocol.Columns,
            IsEchoing = !terminal.AsksSecret,
        };
        if (_request is not null)
        {
            EndRequest();
            context.Reply($"The line editor is on: arrow keys move, Up shows earlier lines, Tab completes. To end it: {context.Slash}editor off");
        }

        return [];
    }

    private void RefuseEditor()
    {
        EndRequest();
        Span<byte> room = stackalloc byte[TelnetProtocol.AnswerBytes];
        TelnetAnswers answers = new(room);
        _protocol.WithdrawEcho(ref answers);
        terminal.Write(answers.Written);
        context.Reply($"The line editor stays off: it needs a telnet client that lets the server echo, and yours does not.");
    }

    private void EndRequest()
    {
        _request?.Cancel();
        _request = null;
    }
}
