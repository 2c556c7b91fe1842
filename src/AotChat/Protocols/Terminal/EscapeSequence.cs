namespace AotChat.Protocols.Terminal;

/// <summary>
/// Recognises the control sequences (ECMA-48, section 5) that keys and pasted terminal output put between text,
/// one character at a time. A mutable structure that belongs to its reader.
/// </summary>
/// <remarks>
/// A sequence ends before a character that can't be part of it, and in particular before <c>/</c>: no key sends one
/// inside a sequence, and behind a stray ESC it begins the command that its sender meant.
/// </remarks>
internal struct EscapeSequence
{
    private const int Bell = 0x07;
    private const int Escape = 0x1B;
    private const int Delete = 0x7F;
    private const int SingleShift2 = 0x8E;
    private const int SingleShift3 = 0x8F;
    private const int ControlIntroducer = 0x9B;
    private const int StringTerminator = 0x9C;

    // Larger numbers than any key has; a hostile one must not overflow.
    private const int LargestParameter = 9_999;

    // Longer than the sequence of any key; what goes on longer is text behind a stray ESC and bracket.
    private const int LongestControl = 24;

    private State _state;
    private byte _length;
    private short _first;
    private short _second;
    private bool _inSecond;

    private enum State : byte
    {
        Text,
        Escape,
        Intermediate,
        Control,
        ControlIntermediate,
        ConsoleKey,
        Shift,
        String,
        StringEscape,
    }

    /// <summary>Whether a sequence has begun and not ended.</summary>
    public readonly bool IsInside => _state != State.Text;

    /// <summary>Whether a string has begun and not ended: what follows belongs to it, however long it is.</summary>
    public readonly bool IsInString => _state is State.String or State.StringEscape;

    /// <summary>Whether text may be missing, if nothing more comes: a string, or the beginning of a sequence that looks like none.</summary>
    public readonly bool HidesText => IsInString || (IsInside && _length > 1);

    /// <summary>The kind of the sequence that ended last.</summary>
    public EscapeKind Kind { get; private set; }

    /// <summary>The last character of the sequence that ended last.</summary>
    public char Final { get; private set; }

    /// <summary>Its first number, 0 where it has none: 3 in <c>ESC [ 3 ~</c>.</summary>
    public readonly int Parameter => _first;

    /// <summary>Its second number, 0 where it has none: 5 in <c>ESC [ 1 ; 5 C</c>, which is Ctrl and an arrow.</summary>
    public readonly int Modifier => _second;

    /// <summary>Looks at the next character.</summary>
    /// <param name="character">A Unicode scalar value; U+FFFD for invalid input.</param>
    public EscapeStep Next(int character) => _state switch
    {
        State.Text => Begin(character),
        State.Escape => AfterEscape(character),
        State.Intermediate => AfterIntermediate(character),
        State.Control => InControl(character),
        State.ControlIntermediate => AfterControlIntermediate(character),
        State.ConsoleKey => InConsoleKey(character),
        State.Shift => InShift(character),
        State.String => InString(character),
        _ => AfterStringEscape(character),
    };

    /// <summary>Looks at the next character, and once more where it cuts a sequence short, since it may begin another.</summary>
    public EscapeStep NextAfterBreak(int character)
    {
        EscapeStep step = Next(character);
        return step == EscapeStep.Broken ? Next(character) : step;
    }

    /// <summary>Forgets a sequence that has begun: the line ends here.</summary>
    public void Reset() => _state = State.Text;

    private EscapeStep Begin(int character)
    {
        switch (character)
        {
            case Escape:
                return Enter(State.Escape);

            case SingleShift2 or SingleShift3:
                return Enter(State.Shift);

            case ControlIntroducer:
                return Enter(State.Control);

            // DCS, SOS, OSC, PM, APC.
            case 0x90 or 0x98 or 0x9D or 0x9E or 0x9F:
                return Enter(State.String);

            default:
                return EscapeStep.Outside;
        }
    }

    private EscapeStep AfterEscape(int character)
    {
        switch (character)
        {
            case '[':
                return Enter(State.Control);

            case 'N' or 'O':
                return Enter(State.Shift);

            case 'P' or 'X' or ']' or '^' or '_':
                return Enter(State.String);

            // A terminal sends ESC twice for Alt with an arrow.
            case Escape:
                return EscapeStep.Inside;

            case '(' or ')' or '*' or '+' or '-' or '.' or '#' or '%' or '$':
                return Enter(State.Intermediate);

            case >= 0x30 and <= Delete or '\b':
                return End(EscapeKind.Short, character);

            default:
                return Break();
        }
    }

    private EscapeStep AfterIntermediate(int character) => character switch
    {
        '/' => Break(),
        >= 0x20 and < 0x30 => EscapeStep.Inside,
        >= 0x30 and < Delete => End(EscapeKind.Short, character),
        _ => Break(),
    };

    private EscapeStep InControl(int character)
    {
        if (++_length > LongestControl)
        {
            return Break();
        }

        switch (character)
        {
            case >= '0' and <= '9':
                AddDigit(character - '0');
                return EscapeStep.Inside;

            case ';':
                _inSecond = true;
                return EscapeStep.Inside;

            // The Linux console sends ESC [ [ A for F1.
            case '[' when _first == 0 && !_inSecond:
                return Enter(State.ConsoleKey);

            case '/':
                return Break();

            case >= 0x20 and < 0x30:
                _state = State.ControlIntermediate;
                return EscapeStep.Inside;

            case >= 0x30 and < 0x40:
                return EscapeStep.Inside;

            case >= 0x40 and < Delete:
                return End(EscapeKind.Control, character);

            case Escape:
                return Enter(State.Escape);

            default:
                return Break();
        }
    }

    private EscapeStep AfterControlIntermediate(int character)
    {
        switch (character)
        {
            case >= 0x20 and < 0x30 and not '/' when ++_length <= LongestControl:
                return EscapeStep.Inside;

            case >= 0x40 and < Delete:
                return End(EscapeKind.Control, character);

            case Escape:
                return Enter(State.Escape);

            default:
                return Break();
        }
    }

    private EscapeStep InConsoleKey(int character) =>
        character is >= 'A' and <= 'E' ? End(EscapeKind.ConsoleKey, character) : Break();

    private EscapeStep InShift(int character)
    {
        switch (character)
        {
            case >= '0' and <= '9':
                AddDigit(character - '0');
                return EscapeStep.Inside;

            case ';':
                _inSecond = true;
                return EscapeStep.Inside;

            case >= 0x40 and < Delete:
                return End(EscapeKind.Shift, character);

            case Escape:
                return Enter(State.Escape);

            default:
                return Break();
        }
    }

    private EscapeStep InString(int character)
    {
        switch (character)
        {
            case Bell or StringTerminator:
                return End(EscapeKind.String, character);

            case Escape:
                _state = State.StringEscape;
                return EscapeStep.Inside;

            default:
                return EscapeStep.Inside;
        }
    }

    private EscapeStep AfterStringEscape(int character)
    {
        if (character == '\\')
        {
            return End(EscapeKind.String, character);
        }

        // ESC ends a string and begins the next sequence.
        Enter(State.Escape);
        return AfterEscape(character);
    }

    private void AddDigit(int digit)
    {
        ref short number = ref _inSecond ? ref _second : ref _first;
        number = (short)Math.Min((number * 10) + digit, LargestParameter);
    }

    private EscapeStep Enter(State state)
    {
        _state = state;
        _length = 0;
        _first = 0;
        _second = 0;
        _inSecond = false;
        return EscapeStep.Inside;
    }

    private EscapeStep End(EscapeKind kind, int character)
    {
        _state = State.Text;
        Kind = kind;
        Final = (char)character;
        return EscapeStep.Ended;
    }

    private EscapeStep Break()
    {
        _state = State.Text;
        return EscapeStep.Broken;
    }
}
