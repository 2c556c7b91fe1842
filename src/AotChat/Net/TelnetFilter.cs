namespace AotChat.Net;

/// <summary>
/// Takes the commands of the telnet protocol (RFC 854) out of the input and refuses every option that is asked for or
/// offered (RFC 1143: a refusal is never answered, so there is no loop). Sequences may be split anywhere. A mutable
/// structure that belongs to its session.
/// </summary>
/// <remarks>
/// The server never begins to negotiate: <c>nc</c> would show it as garbage. No valid UTF-8 holds the byte 0xFF, so that
/// text never looks like a command.
/// </remarks>
internal struct TelnetFilter
{
    /// <summary>
    /// How many requests are answered in a connection. A client asks for a handful; who goes on gets silence, so that
    /// the answers can't be used to fill anything.
    /// </summary>
    public const int MaxAnswers = 64;

    /// <summary>The most bytes of answers that one call can write.</summary>
    public const int MaxAnswerBytes = MaxAnswers * 3;

    /// <summary>How long a subnegotiation may be, in bytes. Real ones, a terminal's name or size, take some ten.</summary>
    public const int MaxSubnegotiation = 1024;

    private const byte Iac = 255;
    private const byte Dont = 254;
    private const byte Do = 253;
    private const byte Wont = 252;
    private const byte Will = 251;
    private const byte Subnegotiation = 250;
    private const byte InterruptProcess = 244;
    private const byte SubnegotiationEnd = 240;

    private State _state;
    private byte _verb;
    private byte _answers;
    private short _subnegotiated;

    private enum State : byte
    {
        Data,
        Command,
        Option,
        Subnegotiation,
        SubnegotiationCommand,
    }

    /// <summary>What the input so far asks the session to do; it stays.</summary>
    public TelnetRequest Request { get; private set; }

    /// <summary>Whether there is anything for <see cref="Filter"/> to do.</summary>
    public readonly bool Concerns(ReadOnlySpan<byte> input) => _state != State.Data || input.Contains(Iac);

    /// <summary>Takes the commands out, in place.</summary>
    /// <param name="input">What has arrived; the data that is left moves to its front.</param>
    /// <param name="answers">Room for <see cref="MaxAnswerBytes"/>.</param>
    /// <param name="answered">How many bytes of answers are to be sent.</param>
    /// <returns>How many bytes of data are left. After a <see cref="Request"/> nothing more comes.</returns>
    public int Filter(Span<byte> input, Span<byte> answers, out int answered)
    {
        answered = 0;
        int kept = 0;
        for (int i = 0; i < input.Length && Request == TelnetRequest.None; i++)
        {
            byte value = input[i];
            switch (_state)
            {
                case State.Data when value == Iac:
                    _state = State.Command;
                    break;

                case State.Data:
                    input[kept++] = value;
                    break;

                case State.Command when value == Iac:
                    _state = State.Data;
                    input[kept++] = Iac;
                    break;

                case State.Command:
                    BeginCommand(value);
                    break;

                case State.Option:
                    answered += Answer(value, answers[answered..]);
                    _state = State.Data;
                    break;

                default:
                    Skip(value);
                    break;
            }
        }

        return kept;
    }

    private void BeginCommand(byte command)
    {
        switch (command)
        {
            case Do or Dont or Will or Wont:
                _verb = command;
                _state = State.Option;
                break;

            case Subnegotiation:
                _subnegotiated = 0;
                _state = State.Subnegotiation;
                break;

            default:
                // The others (are you there, erase line, …) say nothing that a line-oriented chat could use.
                _state = State.Data;
                Request = command == InterruptProcess ? TelnetRequest.Quit : TelnetRequest.None;
                break;
        }
    }

    private int Answer(byte option, Span<byte> answers)
    {
        byte refusal = _verb switch
        {
            Do => Wont,
            Will => Dont,
            _ => 0,
        };
        if (refusal == 0 || _answers == MaxAnswers)
        {
            return 0;
        }

        _answers++;
        answers[0] = Iac;
        answers[1] = refusal;
        answers[2] = option;
        return 3;
    }

    private void Skip(byte value)
    {
        if (_state == State.SubnegotiationCommand)
        {
            _state = value == SubnegotiationEnd ? State.Data : State.Subnegotiation;
        }
        else if (value == Iac)
        {
            _state = State.SubnegotiationCommand;
        }

        if (++_subnegotiated > MaxSubnegotiation)
        {
            Request = TelnetRequest.Reject;
        }
    }
}
