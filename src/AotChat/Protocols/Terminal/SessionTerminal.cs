using AotChat.Chat;
using AotChat.Connections;
using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// The terminal of one session as the chat sees it: takes lines in the look that its user has chosen, and keeps them
/// apart from what is half typed in the line editor. Owned by the event loop.
/// </summary>
/// <remarks>
/// A line for a thousand readers touches a thousand of these twice, to take it and to send it, and nothing else of their
/// sessions. What a session has to do at the end of a turn is done only where it has asked for it, or a reader lags.
/// </remarks>
internal sealed partial class SessionTerminal(TerminalServer server, Session session, ITransport transport) : IUserSession, ITurnEnd
{
    private SessionOutput _output;
    private SessionView _view;
    private LineEditor? _editor;
    private bool _isTouched;
    private bool _concernsSession;
    private bool _isLeaving;
    private bool _isClosed;

    /// <summary>Which connection it is, for the log.</summary>
    public Connection Connection => session.Connection;

    /// <inheritdoc/>
    public User User { get; set; } = null!;

    /// <summary>Whether anybody has entered the chat through it.</summary>
    public bool HasUser => User is not null;

    /// <summary>The line editor of a client in character mode; null where there is none.</summary>
    public LineEditor? Editor
    {
        get => _editor;
        set
        {
            _editor = value;
            AccountEditor();
        }
    }

    /// <summary>How many bytes of memory the line editor takes.</summary>
    public int EditorBytes { get; private set; }

    /// <inheritdoc/>
    public ReaderPreferences Preferences
    {
        get => _view.Look.Preferences;
        set => Change(_view.Look with { Preferences = value });
    }

    /// <summary>How many bytes wait for the reader.</summary>
    public int PendingBytes => _output.Count;

    /// <summary>Whether the kernel takes nothing more for now.</summary>
    public bool IsBlocked => _output.IsBlocked;

    /// <summary>Whether the reader is over the soft limit.</summary>
    public bool IsOverSoft => _output.IsOverSoft;

    /// <summary>Whether answers to what the reader itself did have reached the hard limit.</summary>
    public bool IsOverHard => _output.IsOverHard;

    // Where the lines lie that this reader sees.
    private TerminalEncoder Buffer => _view.Encoder ?? server.UsualLines;

    /// <inheritdoc/>
    public bool TryTake(ChatEvent happened, Delivery delivery)
    {
        if (_isClosed)
        {
            return false;
        }

        Touch();
        HideTyped();
        return _view.Encoder is { } encoder
            ? _view.TryWrite(encoder, happened, User.Name, delivery, ref _output, server)
            : _output.TryWrite(server.UsualLines.Encode(happened), delivery, server.UsualLines, server.Budget, server.Counters);
    }

    /// <inheritdoc/>
    public void ClearScreen()
    {
        if (!_isClosed)
        {
            Touch();
            HideTyped();
            _output.TryWrite("\u001b[H\u001b[2J"u8, Buffer, server.Budget, server.Counters);
        }
    }

    /// <inheritdoc/>
    public void RequestEditor(bool isOn) => session.RequestEditor(isOn);

    /// <inheritdoc/>
    public void HangUp(ReadOnlySpan<byte> lastWords) => session.Leave(CloseReason.Quit, lastWords);

    /// <inheritdoc/>
    public void Expel(ReadOnlySpan<byte> lastWords) => session.Leave(CloseReason.Expelled, lastWords);

    /// <inheritdoc/>
    public void PutOut(ReadOnlySpan<byte> lastWords) => session.Leave(CloseReason.Ghost, lastWords);

    /// <summary>Writes bytes that are not a line: another protocol's words.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && !_isClosed)
        {
            _output.Write(bytes, Buffer, server.Budget);
            Touch();
        }
    }

    /// <summary>Sends what the line editor shows of the keys that were pressed.</summary>
    public void WriteTyped(LineEditor editor)
    {
        Write(editor.Output);
        editor.ClearOutput();
    }

    /// <summary>Counts what the line editor takes now; to be called whenever keys were read.</summary>
    public void AccountEditor()
    {
        int bytes = _editor?.MemoryBytes ?? 0;
        server.Inboxes.Account(bytes - EditorBytes);
        EditorBytes = bytes;
    }

    /// <summary>Takes what is half typed off the screen, so that lines can be written.</summary>
    public void HideTyped()
    {
        if (Editor is { } editor)
        {
            editor.Hide();
            WriteTyped(editor);
        }
    }

    /// <summary>Shows what is half typed again, behind the lines of the turn.</summary>
    public void ShowTyped()
    {
        // A reader that lags is not shown it: it would get nothing else in the end.
        if (!_output.IsBlocked && Editor is { } editor)
        {
            editor.Show();
            WriteTyped(editor);
        }
    }

    /// <summary>Ends lines with CR LF from now on: the peer speaks telnet (RFC 854).</summary>
    public void EndLinesWithCrLf() => Change(_view.Look with { EndsWithCrLf = true });

    /// <summary>The kernel takes bytes again.</summary>
    public void Unblock() => _output.Unblock();

    /// <summary>Sends what waits, as far as the peer takes it; false where the connection is broken.</summary>
    public bool TrySend() => _output.TrySend(transport, Buffer, server.Budget, server.Counters);

    /// <summary>Whether the reader has come back under the soft limit, and how many lines it missed meanwhile.</summary>
    public bool HasCaughtUp(out int missed) => _output.HasCaughtUp(server.Budget, out missed);

    /// <summary>Sends what was written at the end of this turn.</summary>
    public void Touch()
    {
        if (!_isTouched)
        {
            _isTouched = true;
            server.Loop.Touch(this);
        }
    }

    /// <summary>The session has something to do at the end of this turn.</summary>
    public void TouchSession()
    {
        _concernsSession = true;
        Touch();
    }

    /// <inheritdoc/>
    public void OnTurnEnd()
    {
        _isTouched = false;
        if (_concernsSession || _sent is not null || _output.IsBlocked || _output.IsOverHard || _output.IsOverSoft || Editor is not null || _isLeaving)
        {
            _concernsSession = false;
            session.FinishTurn();
            return;
        }

        try
        {
            if (!TrySend())
            {
                session.HangUp();
            }
            else if (_output.IsBlocked)
            {
                session.FinishTurn();
            }
        }
        catch (Exception exception)
        {
            session.Fail(exception);
        }
    }

    /// <summary>Takes what is half typed off the screen for good: the session ends, and looks at each turn whether it has.</summary>
    public void Leave()
    {
        HideTyped();
        Editor = null;
        _isLeaving = true;
    }

    /// <summary>Forgets what waits, gives back its buffer and its view, and takes nothing more.</summary>
    public void Close()
    {
        _isClosed = true;
        _sent?.TrySetResult(false);
        _sent = null;
        _output.Clear(server.Budget);
        _view.Change(default, server.Encoders, server.Chat.Events.Now);
    }

    private void Change(TerminalLook look)
    {
        if (!_isClosed && look != _view.Look)
        {
            _output.Own(Buffer, server.Budget);
            _view.Change(look, server.Encoders, server.Chat.Events.Now);
        }
    }
}
