using System.Text;
using AotChat.Commands;
using AotChat.Configuration;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// A line editor for a client that sends every key and shows nothing itself: telnet in character mode. It turns keys
/// into lines and draws what is typed. Made for a session that needs it; owned by the event loop.
/// </summary>
/// <remarks>
/// The session takes <see cref="Output"/> after every call, and calls <see cref="Hide"/> before it writes lines and
/// <see cref="Show"/> when it has written them. Lines consist of valid UTF-8 without control characters, whatever
/// arrives; what is sent, of such text and the sequences of <see cref="EditorScreen"/>. In memory are one line, the
/// history and the output. One call draws the row once at most.
/// </remarks>
internal sealed class LineEditor
{
    private readonly EditorText _text;
    private readonly EditorCompletion _completion;
    private readonly EditorHistory _history = new(ChatOptions.EditorHistoryLines, ChatOptions.EditorHistoryBytes);
    private readonly EditorScreen _screen = new();
    private KeyReader _keys;

    // What this call of Read has to draw when it ends.
    private bool _isAppended;
    private bool _isRedrawn;
    private bool _rings;
    private int _completionsLeft;

    // Whether the last call of Read ended a line, and whether something did not fit into the present one.
    private bool _hasEnded;
    private bool _isFull;

    /// <param name="maxLineBytes">The longest line in bytes; what is typed beyond it is refused with a bell.</param>
    /// <param name="completion">Knows what TAB completes; null for nothing.</param>
    public LineEditor(int maxLineBytes, ICompletion? completion)
    {
        _text = new EditorText(maxLineBytes);
        _completion = new EditorCompletion(completion, _text, _screen);
    }

    /// <summary>The line that <see cref="Read"/> found, without its end; valid until it is called again.</summary>
    public ReadOnlySpan<byte> Line => _text.Taken;

    /// <summary>What is typed so far, where no line has just been finished.</summary>
    public ReadOnlySpan<byte> Unfinished => _text.All;

    /// <summary>How many bytes of memory it takes: the line, and those before it.</summary>
    public int MemoryBytes => _text.Capacity + _history.Bytes;

    /// <summary>The letters that unknown keys in front of <see cref="Line"/> have taken; see <see cref="TypedLine.Heads"/>.</summary>
    public ReadOnlySpan<byte> Heads => _keys.Heads;

    /// <summary>Whether a sequence that did not end has taken a part of <see cref="Line"/>.</summary>
    public bool HasLostText => _keys.HasLostText;

    /// <summary>What is to be sent to the terminal; valid until the next call of any method.</summary>
    public ReadOnlySpan<byte> Output => _screen.Output;

    /// <summary>Whether bytes have arrived that are not UTF-8; they became U+FFFD.</summary>
    public bool HasReadInvalidText => _keys.HasReadInvalidText;

    /// <summary>How wide the terminal is in columns, within bounds. 0 stands for unknown, which is 80.</summary>
    public int Columns
    {
        get => _screen.Columns;
        set
        {
            if (_screen.Resize(value))
            {
                _screen.Refresh(_text, isRedrawn: true);
            }
        }
    }

    /// <summary>
    /// Whether what is typed is shown. While it is not, as for a password, nothing is completed, and no line enters the
    /// history or comes from it.
    /// </summary>
    public bool IsEchoing
    {
        get => _screen.IsEchoing;
        set
        {
            if (value == _screen.IsEchoing)
            {
                return;
            }

            if (value)
            {
                // What was typed unseen stays unseen.
                _text.Clear();
            }

            _screen.SetEcho(_text, value);
        }
    }

    /// <summary>Forgets <see cref="Output"/>, which has been sent.</summary>
    public void ClearOutput() => _screen.ClearOutput();

    /// <summary>Erases what is typed from the screen, so that others' lines can be written. Silent where nothing is typed.</summary>
    public void Hide() => _screen.Hide();

    /// <summary>Draws what is typed again, with what was typed meanwhile. Silent where nothing is typed.</summary>
    public void Show() => _screen.Show(_text);

    /// <summary>Reads keys up to the end of a line or of the input, whatever comes first.</summary>
    /// <param name="input">Bytes from the terminal, cut anywhere; without telnet's commands.</param>
    /// <param name="consumed">How many bytes are read; all of them, unless a line has ended before.</param>
    public EditorResult Read(ReadOnlySpan<byte> input, out int consumed)
    {
        EditorResult result = EditorResult.Incomplete;
        consumed = 0;
        _isAppended = false;
        _isRedrawn = false;
        _rings = false;
        _completionsLeft = ChatOptions.CompletionsPerInput;
        if (_hasEnded)
        {
            _keys.BeginLine();
            _hasEnded = false;
        }

        while (consumed < input.Length && result == EditorResult.Incomplete)
        {
            result = ReadByte(input[consumed++]);
        }

        if (_isAppended || _isRedrawn)
        {
            _screen.Refresh(_text, _isRedrawn);
        }

        if (_rings)
        {
            _screen.Ring();
        }

        return result;
    }

    // A byte can make two keys, of which only the last one can end a line.
    private EditorResult ReadByte(byte value)
    {
        EditorResult result = EditorResult.Incomplete;
        _keys.Add(value);
        while (_keys.TryTake(out EditorKey key, out Rune character))
        {
            result = Press(key, character);
            if (key != EditorKey.Complete)
            {
                _completion.Forget();
            }
        }

        return result;
    }

    private EditorResult Press(EditorKey key, Rune character)
    {
        switch (key)
        {
            case EditorKey.Character:
                Insert(character);
                break;

            case EditorKey.Enter:
                return Finish();

            case EditorKey.EraseForwardOrQuit when _text.IsEmpty:
                return EditorResult.Quit;

            case EditorKey.Complete:
                Complete();
                break;

            case EditorKey.Cancel:
                Cancel();
                break;

            case EditorKey.ClearScreen:
                _screen.Clear();
                _isRedrawn = true;
                break;

            case EditorKey.Up or EditorKey.Down:
                Recall(key == EditorKey.Up);
                break;

            default:
                Note(Edit(key));
                break;
        }

        return EditorResult.Incomplete;
    }

    // False where the key changes nothing.
    private bool Edit(EditorKey key) => key switch
    {
        EditorKey.Left => _text.MoveTo(_text.Previous()),
        EditorKey.Right => _text.MoveTo(_text.Next()),
        EditorKey.WordLeft => _text.MoveTo(_text.PreviousWord()),
        EditorKey.WordRight => _text.MoveTo(_text.NextWord()),
        EditorKey.Home => _text.MoveTo(0),
        EditorKey.End => _text.MoveTo(_text.All.Length),
        EditorKey.EraseBack => _text.Remove(_text.Previous(), _text.Cursor),
        EditorKey.EraseForward or EditorKey.EraseForwardOrQuit => _text.Remove(_text.Cursor, _text.Next()),
        EditorKey.EraseWordBack => _text.Remove(_text.PreviousWord(), _text.Cursor),
        EditorKey.EraseWordForward => _text.Remove(_text.Cursor, _text.NextWord()),
        EditorKey.EraseToEnd => _text.Remove(_text.Cursor, _text.All.Length),
        _ => _text.Remove(0, _text.All.Length),
    };

    private void Insert(Rune character)
    {
        Span<byte> bytes = stackalloc byte[4];
        bool isAtEnd = _text.IsAtEnd;
        if (!_text.TryInsert(bytes[..character.EncodeToUtf8(bytes)]))
        {
            _rings = true;
            _isFull = true;
        }
        else if (isAtEnd)
        {
            _isAppended = true;
        }
        else
        {
            // The rest of the line moves.
            _isRedrawn = true;
        }
    }

    private void Note(bool hasChanged)
    {
        // A user who edits has heard the bell.
        _isFull &= !hasChanged;
        _isRedrawn |= hasChanged;
        _rings |= !hasChanged;
    }

    private EditorResult Finish()
    {
        _screen.Finish(_text, _isRedrawn);
        if (IsEchoing && !_text.All.IsEmpty && !PasswordLine.HoldsPassword(_text.All))
        {
            _history.Add(_text.All);
        }

        _history.Leave();
        _text.Take();
        _isRedrawn = false;
        _hasEnded = true;
        EditorResult result = _isFull ? EditorResult.TooLong : EditorResult.Line;
        _isFull = false;
        return result;
    }

    private void Cancel()
    {
        _screen.Print("^C"u8);
        _isFull = false;
        _history.Leave();
        _text.Clear();
        _isRedrawn = false;
    }

    private void Recall(bool isUp)
    {
        ReadOnlySpan<byte> line = default;
        bool isFound = IsEchoing && (isUp ? _history.TryUp(_text.All, out line) : _history.TryDown(out line));
        if (isFound)
        {
            _text.Set(line);
        }

        Note(isFound);
    }

    private void Complete()
    {
        if (!IsEchoing || _completionsLeft == 0)
        {
            _rings = true;
            return;
        }

        _completionsLeft--;
        _rings |= !_completion.TryList() && !_completion.TryComplete();
        _isRedrawn = true;
    }
}
