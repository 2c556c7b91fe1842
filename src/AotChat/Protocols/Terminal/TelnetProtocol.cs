using AotChat.Configuration;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// The telnet protocol (RFC 854, 855) of one connection: takes commands out of what arrives, wherever it is split,
/// negotiates the options of <see cref="TelnetOption"/>, and tells what a client wants. Owned by the event loop.
/// </summary>
/// <remarks>
/// <para>
/// A connection gets one at its first 0xFF, so that <c>nc</c> costs nothing. No valid UTF-8 holds that byte, so text
/// never looks like a command. Nothing is sent before the client has sent a command, except what a person asks for
/// (<see cref="OfferEcho"/>): <c>nc</c> would show it as garbage.
/// </para>
/// <para>
/// Options follow RFC 1143, so that negotiation never loops. Character mode (RFC 857 and 858) is on while the server has
/// both ECHO and SUPPRESS-GO-AHEAD on. A client asks for it with DO ECHO: GNU telnet after <c>mode character</c>,
/// BusyBox after <c>c</c>, PuTTY when it connects.
/// </para>
/// </remarks>
internal sealed class TelnetProtocol
{
    /// <inheritdoc cref="ChatOptions.TelnetSubnegotiationBytes"/>
    public const int MaxSubnegotiation = ChatOptions.TelnetSubnegotiationBytes;

    /// <summary>How many bytes of room for answers are enough, in any call. With more to say, <see cref="Filter"/> stops.</summary>
    public const int AnswerBytes = 96;

    // What a terminal sends for the keys of these names, and what erases a character or a line of the input (termios(3)).
    private const byte Delete = 0x7F;
    private const byte ControlU = 0x15;

    private TelnetNegotiation _options = new(ChatOptions.TelnetAnswers);
    private WindowSize _window;
    private State _state;
    private byte _verb;
    private byte _option;
    private short _subnegotiated;

    // What the input is in the middle of. A lone IAC in data is none: it waits outside, since it may be data itself.
    private enum State : byte
    {
        Data,
        Option,
        SubnegotiationOption,
        Subnegotiation,
        SubnegotiationCommand,
        Ended,
    }

    /// <summary>Whether the client has sent a telnet command. 0xFF twice is data and makes nobody a speaker.</summary>
    public bool IsSpeaker { get; private set; }

    /// <summary>Whether the client sends single characters and the server echoes them, as both have agreed.</summary>
    public bool IsCharacterMode => _options.IsCharacterMode;

    /// <summary>Whether the client has agreed to <see cref="HideEcho"/>: it does not show what is typed.</summary>
    public bool IsEchoHidden => _options.IsEchoHidden;

    /// <summary>How wide the client's window is, in characters; 0 while that is unknown (NAWS, RFC 1073).</summary>
    public int Columns => _window.Columns;

    /// <summary>How high the client's window is, in characters; 0 while that is unknown.</summary>
    public int Rows => _window.Rows;

    /// <summary>Whether <see cref="Filter"/> has anything to do with the input.</summary>
    /// <param name="protocol">The connection's, if it has one yet.</param>
    /// <param name="input">What has arrived.</param>
    public static bool Concerns(TelnetProtocol? protocol, ReadOnlySpan<byte> input) =>
        protocol is { _state: not State.Data } || input.Contains(TelnetCommand.Iac);

    /// <summary>Takes the commands out, in place, and answers them. EC and EL become the bytes DEL and Ctrl-U, which erase.</summary>
    /// <param name="input">What has arrived, behind what the call before has not consumed.</param>
    /// <param name="answers">Gets what is to be sent; empty at first, with room for <see cref="AnswerBytes"/>.</param>
    /// <remarks>
    /// It stops behind a command that changes <see cref="IsCharacterMode"/>: the data before it belongs to the old mode.
    /// It leaves an 0xFF at the end, which is the beginning of a command or, before a byte below
    /// <see cref="TelnetCommand.First"/> or at the end of all input, data. After <see cref="TelnetEvents.Quit"/> and
    /// <see cref="TelnetEvents.Reject"/> everything is consumed and nothing kept.
    /// </remarks>
    public TelnetResult Filter(Span<byte> input, ref TelnetAnswers answers)
    {
        bool wasCharacterMode = IsCharacterMode;
        TelnetEvents events = TelnetEvents.None;
        int kept = 0;
        int next = 0;
        _options.BeginInput();
        while (next < input.Length && IsCharacterMode == wasCharacterMode && answers.Free >= TelnetNegotiation.MaxReplyBytes)
        {
            if (_state == State.Ended)
            {
                next = input.Length;
            }
            else if (_state != State.Data)
            {
                events |= Take(input[next++], input, ref kept, ref answers);
            }
            else
            {
                MoveData(input, ref next, ref kept);
                if (next + 1 >= input.Length)
                {
                    break;
                }

                events |= TakeCommand(input[next + 1], input, ref kept);
                next += 2;
            }
        }

        events |= IsCharacterMode == wasCharacterMode ? TelnetEvents.None : TelnetEvents.ModeChanged;
        return new TelnetResult(kept, next, events);
    }

    /// <summary>
    /// Asks for character mode, for the command <c>editor on</c>: WILL ECHO, WILL SUPPRESS-GO-AHEAD, DO NAWS. It begins
    /// with <see cref="TelnetEvents.ModeChanged"/>, or <see cref="TelnetEvents.EchoRefused"/> is told. Sent to a client
    /// that has not spoken telnet yet, too: GNU telnet in line mode does not begin by itself.
    /// </summary>
    public void OfferEcho(ref TelnetAnswers answers) => _options.WantCharacters(ref answers);

    /// <summary>Ends character mode at once, for <c>editor off</c>: WONT ECHO, WONT SUPPRESS-GO-AHEAD.</summary>
    public void WithdrawEcho(ref TelnetAnswers answers) => _options.EndCharacters(ref answers);

    /// <summary>
    /// Asks a client that shows what is typed to stop that, with WILL ECHO (RFC 857), or to show it again. It is for
    /// commands that ask for a password: true before the question, false after the answer. Character mode stays as it
    /// is; there the server's own editor must not show the letters.
    /// </summary>
    /// <returns>False if the client speaks no telnet: nothing is sent, and what is typed is seen.</returns>
    /// <remarks>Whether the client obeys is known with its answer: <see cref="IsEchoHidden"/> or <see cref="TelnetEvents.EchoRefused"/>.</remarks>
    public bool HideEcho(bool hides, ref TelnetAnswers answers)
    {
        if (IsSpeaker)
        {
            _options.HideEcho(hides, ref answers);
        }

        return IsSpeaker;
    }

    /// <summary>
    /// Asks the client's software for a sign of life, with DO TIMING-MARK (RFC 860): <see cref="TelnetEvents.TimingMark"/>
    /// tells of the first answer, be it WILL or WONT. The person does not notice it.
    /// </summary>
    /// <returns>False if the client speaks no telnet: nothing is sent.</returns>
    public bool RequestTimingMark(ref TelnetAnswers answers)
    {
        if (IsSpeaker)
        {
            _options.RequestMark(ref answers);
        }

        return IsSpeaker;
    }

    // Keeps data up to the next IAC.
    private static void MoveData(Span<byte> input, ref int next, ref int kept)
    {
        int length = input[next..].IndexOf(TelnetCommand.Iac);
        Span<byte> data = length < 0 ? input[next..] : input.Slice(next, length);
        if (kept != next)
        {
            data.CopyTo(input[kept..]);
        }

        kept += data.Length;
        next += data.Length;
    }

    private TelnetEvents Take(byte value, Span<byte> input, ref int kept, ref TelnetAnswers answers)
    {
        switch (_state)
        {
            case State.Option:
                _state = State.Data;
                TelnetEvents events = _options.Receive(_verb, value, ref answers);
                bool isForgotten = _verb == TelnetCommand.Wont && value == TelnetOption.WindowSize && _window.Forget();
                return events | (isForgotten ? TelnetEvents.SizeChanged : TelnetEvents.None);

            case State.SubnegotiationCommand when value is >= TelnetCommand.First and not TelnetCommand.Iac:
                // Only SE ends it as it should. Any other command ends it too, or the rest of the talk would be lost in it.
                return TakeCommand(value, input, ref kept);

            case State.SubnegotiationCommand:
                if (value != TelnetCommand.Iac)
                {
                    // It was data that the client has failed to double.
                    _window.Take(TelnetCommand.Iac);
                }

                _window.Take(value);
                _state = State.Subnegotiation;
                break;

            case State.SubnegotiationOption:
                _option = value;
                _window.Begin();
                _state = value == TelnetCommand.Iac ? State.SubnegotiationCommand : State.Subnegotiation;
                break;

            case State.Subnegotiation when value == TelnetCommand.Iac:
                _state = State.SubnegotiationCommand;
                break;

            default:
                _window.Take(value);
                break;
        }

        return ++_subnegotiated > MaxSubnegotiation ? End(TelnetEvents.Reject) : TelnetEvents.None;
    }

    private TelnetEvents TakeCommand(byte command, Span<byte> input, ref int kept)
    {
        bool isSized = _state == State.SubnegotiationCommand && command == TelnetCommand.SubnegotiationEnd
            && _option == TelnetOption.WindowSize && _window.End();
        _state = State.Data;
        IsSpeaker |= command is >= TelnetCommand.First and not TelnetCommand.Iac;
        switch (command)
        {
            case < TelnetCommand.First:
                input[kept++] = TelnetCommand.Iac;
                input[kept++] = command;
                break;

            case TelnetCommand.Iac:
                input[kept++] = TelnetCommand.Iac;
                break;

            case TelnetCommand.EraseCharacter:
                input[kept++] = Delete;
                break;

            case TelnetCommand.EraseLine:
                input[kept++] = ControlU;
                break;

            case TelnetCommand.Will or TelnetCommand.Wont or TelnetCommand.Do or TelnetCommand.Dont:
                _verb = command;
                _state = State.Option;
                break;

            case TelnetCommand.Subnegotiation:
                _subnegotiated = 0;
                _state = State.SubnegotiationOption;
                break;

            case TelnetCommand.AreYouThere:
                return TelnetEvents.AreYouThere;

            case TelnetCommand.InterruptProcess or TelnetCommand.EndOfFile:
                return End(TelnetEvents.Quit);

            default:
                // NOP, DM, BRK, AO, GA, SUSP, ABORT, EOR: nothing here runs that they could stop.
                break;
        }

        return isSized ? TelnetEvents.SizeChanged : TelnetEvents.None;
    }

    private TelnetEvents End(TelnetEvents reason)
    {
        _state = State.Ended;
        return reason;
    }
}
