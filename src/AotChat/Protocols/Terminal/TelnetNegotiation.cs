namespace AotChat.Protocols.Terminal;

/// <summary>
/// Which options the server and one client have agreed on, and what the server wants: it can echo for the client
/// (character mode, or a hidden password), and wants to know the window's size. A mutable structure that belongs to its
/// <see cref="TelnetProtocol"/>.
/// </summary>
/// <param name="maxAnswers">How many requests are answered in a connection.</param>
internal struct TelnetNegotiation(int maxAnswers)
{
    /// <summary>The most bytes that one command, or one wish of the server's, makes it send.</summary>
    public const int MaxReplyBytes = 9;

    private OptionNegotiation _echo;
    private OptionNegotiation _suppressGoAhead;
    private OptionNegotiation _clientSuppressGoAhead;
    private OptionNegotiation _windowSize;
    private int _answersLeft = maxAnswers;
    private bool _wantsCharacters;
    private bool _hidesEcho;
    private bool _awaitsMark;
    private bool _hasRefusedMark;

    /// <summary>Whether both sides have agreed that the server gets single characters and echoes them.</summary>
    public readonly bool IsCharacterMode => _wantsCharacters && _echo.IsOn && _suppressGoAhead.IsOn;

    /// <summary>Whether the client has agreed not to show what is typed, for a password.</summary>
    public readonly bool IsEchoHidden => _hidesEcho && _echo.IsOn;

    /// <summary>New input begins: a client's timing mark is refused once in it.</summary>
    public void BeginInput() => _hasRefusedMark = false;

    /// <summary>Asks for character mode, and for the window's size, which the editor's lines need.</summary>
    public void WantCharacters(ref TelnetAnswers answers)
    {
        _wantsCharacters = true;
        Settle(ref answers);
        SendToClient(_windowSize.Enable(), TelnetOption.WindowSize, ref answers);
    }

    /// <summary>Ends character mode.</summary>
    public void EndCharacters(ref TelnetAnswers answers)
    {
        _wantsCharacters = false;
        Settle(ref answers);
    }

    /// <summary>Has the client stop its own echo, or lets it go on.</summary>
    public void HideEcho(bool hides, ref TelnetAnswers answers)
    {
        _hidesEcho = hides;
        Settle(ref answers);
    }

    /// <summary>Asks for a timing mark.</summary>
    public void RequestMark(ref TelnetAnswers answers)
    {
        _awaitsMark = true;
        answers.Write(TelnetCommand.Do, TelnetOption.TimingMark);
    }

    /// <summary>The client has said <paramref name="verb"/>: DO, DONT, WILL or WONT.</summary>
    /// <returns>What it means to the session.</returns>
    public TelnetEvents Receive(byte verb, byte option, ref TelnetAnswers answers)
    {
        bool isOn = verb is TelnetCommand.Do or TelnetCommand.Will;
        return (option, verb is TelnetCommand.Do or TelnetCommand.Dont) switch
        {
            (TelnetOption.Echo, true) => ReceiveEcho(isOn, ref answers),
            (TelnetOption.SuppressGoAhead, true) => ReceiveSuppressGoAhead(isOn, ref answers),
            (TelnetOption.SuppressGoAhead, false) =>
                ReceiveFromClient(isOn, ref _clientSuppressGoAhead, option, ref answers),
            (TelnetOption.WindowSize, false) => ReceiveFromClient(isOn, ref _windowSize, option, ref answers),
            (TelnetOption.TimingMark, bool isOurs) => ReceiveMark(isOn, isOurs, ref answers),
            (_, bool isOurs) => Refuse(isOn, isOurs, option, ref answers),
        };
    }

    private TelnetEvents ReceiveEcho(bool isOn, ref TelnetAnswers answers)
    {
        if (!isOn)
        {
            SendOurs(_echo.ReceiveOff(), TelnetOption.Echo, ref answers);
            return _echo.IsOff ? LoseEcho(isEcho: true, ref answers) : TelnetEvents.None;
        }

        bool asks = _echo.IsOff;
        if (asks && !TryCount())
        {
            return TelnetEvents.None;
        }

        SendOurs(_echo.ReceiveOn(accepts: true), TelnetOption.Echo, ref answers);
        if (asks)
        {
            // A person has switched the client to single characters; nobody else wants the server's echo.
            WantCharacters(ref answers);
        }

        return TelnetEvents.None;
    }

    private TelnetEvents ReceiveSuppressGoAhead(bool isOn, ref TelnetAnswers answers)
    {
        if (!isOn)
        {
            SendOurs(_suppressGoAhead.ReceiveOff(), TelnetOption.SuppressGoAhead, ref answers);
            return _suppressGoAhead.IsOff ? LoseEcho(isEcho: false, ref answers) : TelnetEvents.None;
        }

        // Alone it is refused: GNU telnet asks for it when it connects, and would leave its line mode if it got it.
        if (!_suppressGoAhead.IsOff || TryCount())
        {
            SendOurs(_suppressGoAhead.ReceiveOn(accepts: false), TelnetOption.SuppressGoAhead, ref answers);
        }

        return TelnetEvents.None;
    }

    // Character mode needs both options, a hidden password ECHO alone. What is refused is not asked for again.
    private TelnetEvents LoseEcho(bool isEcho, ref TelnetAnswers answers)
    {
        bool isMissed = _wantsCharacters || (isEcho && _hidesEcho);
        _wantsCharacters = false;
        _hidesEcho &= !isEcho;
        Settle(ref answers);
        return isMissed ? TelnetEvents.EchoRefused : TelnetEvents.None;
    }

    private TelnetEvents ReceiveFromClient(bool isOn, ref OptionNegotiation state, byte option, ref TelnetAnswers answers)
    {
        if (!isOn || !state.IsOff || TryCount())
        {
            SendToClient(isOn ? state.ReceiveOn(accepts: true) : state.ReceiveOff(), option, ref answers);
        }

        return TelnetEvents.None;
    }

    // A timing mark is no state (RFC 860): one is answered each time, or a GNU telnet that waits for it after Ctrl-\
    // shows nothing any more; one answer for a piece of input is enough for that.
    private TelnetEvents ReceiveMark(bool isOn, bool isOurs, ref TelnetAnswers answers)
    {
        if (isOurs)
        {
            if (isOn && !_hasRefusedMark)
            {
                _hasRefusedMark = true;
                answers.Write(TelnetCommand.Wont, TelnetOption.TimingMark);
            }

            return TelnetEvents.None;
        }

        bool wasAwaited = _awaitsMark;
        _awaitsMark = false;
        return wasAwaited ? TelnetEvents.TimingMark : TelnetEvents.None;
    }

    private TelnetEvents Refuse(bool isOn, bool isOurs, byte option, ref TelnetAnswers answers)
    {
        // DONT and WONT need no answer: what they end was never on.
        if (isOn && TryCount())
        {
            answers.Write(isOurs ? TelnetCommand.Wont : TelnetCommand.Dont, option);
        }

        return TelnetEvents.None;
    }

    // Brings the options in line with what is wanted; where they are, nothing is sent.
    private void Settle(ref TelnetAnswers answers)
    {
        SendOurs(_wantsCharacters || _hidesEcho ? _echo.Enable() : _echo.Disable(), TelnetOption.Echo, ref answers);
        SendOurs(
            _wantsCharacters ? _suppressGoAhead.Enable() : _suppressGoAhead.Disable(), TelnetOption.SuppressGoAhead, ref answers);
    }

    private bool TryCount()
    {
        bool isLeft = _answersLeft > 0;
        _answersLeft -= isLeft ? 1 : 0;
        return isLeft;
    }

    private static void SendOurs(OptionReply reply, byte option, ref TelnetAnswers answers) =>
        Send(reply, TelnetCommand.Will, TelnetCommand.Wont, option, ref answers);

    private static void SendToClient(OptionReply reply, byte option, ref TelnetAnswers answers) =>
        Send(reply, TelnetCommand.Do, TelnetCommand.Dont, option, ref answers);

    private static void Send(OptionReply reply, byte on, byte off, byte option, ref TelnetAnswers answers)
    {
        if (reply != OptionReply.None)
        {
            answers.Write(reply == OptionReply.On ? on : off, option);
        }
    }
}
