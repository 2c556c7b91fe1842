namespace AotChat.Protocols.Terminal;

/// <summary>
/// One option of one side, negotiated by the Q method of RFC 1143: two sides that follow it agree in the end and never
/// loop, whatever crosses on the way. A mutable structure.
/// </summary>
internal struct OptionNegotiation
{
    private State _state;

    // The names of RFC 1143; the queue bit, which means that the opposite is wanted already, makes two states more.
    private enum State : byte
    {
        No,
        Yes,
        WantNo,
        WantNoOpposite,
        WantYes,
        WantYesOpposite,
    }

    /// <summary>Whether both sides have agreed that it is on.</summary>
    public readonly bool IsOn => _state == State.Yes;

    /// <summary>Whether it is off and nobody has asked for it.</summary>
    public readonly bool IsOff => _state == State.No;

    /// <summary>This side wants it on.</summary>
    public OptionReply Enable()
    {
        switch (_state)
        {
            case State.No:
                _state = State.WantYes;
                return OptionReply.On;

            case State.WantNo:
                _state = State.WantNoOpposite;
                return OptionReply.None;

            case State.WantYesOpposite:
                _state = State.WantYes;
                return OptionReply.None;

            default:
                return OptionReply.None;
        }
    }

    /// <summary>This side wants it off.</summary>
    public OptionReply Disable()
    {
        switch (_state)
        {
            case State.Yes:
                _state = State.WantNo;
                return OptionReply.Off;

            case State.WantNoOpposite:
                _state = State.WantNo;
                return OptionReply.None;

            case State.WantYes:
                _state = State.WantYesOpposite;
                return OptionReply.None;

            default:
                return OptionReply.None;
        }
    }

    /// <summary>The other side has said DO or WILL.</summary>
    /// <param name="accepts">Whether this side agrees where it has not asked itself.</param>
    public OptionReply ReceiveOn(bool accepts)
    {
        switch (_state)
        {
            case State.No:
                _state = accepts ? State.Yes : State.No;
                return accepts ? OptionReply.On : OptionReply.Off;

            case State.WantNo:
                // A WONT or DONT can't be answered like this; RFC 1143 takes it for the end all the same.
                _state = State.No;
                return OptionReply.None;

            case State.WantYesOpposite:
                _state = State.WantNo;
                return OptionReply.Off;

            default:
                _state = State.Yes;
                return OptionReply.None;
        }
    }

    /// <summary>The other side has said DONT or WONT, which can't be refused.</summary>
    public OptionReply ReceiveOff()
    {
        switch (_state)
        {
            case State.Yes:
                _state = State.No;
                return OptionReply.Off;

            case State.WantNoOpposite:
                _state = State.WantYes;
                return OptionReply.On;

            default:
                _state = State.No;
                return OptionReply.None;
        }
    }
}
