namespace AotChat.Protocols.Terminal;

/// <summary>Collects what is to be sent to a telnet client, in room that the caller owns; what does not fit is left out.</summary>
/// <param name="room">Where to write; <see cref="TelnetProtocol.AnswerBytes"/> are enough for any call.</param>
internal ref struct TelnetAnswers(Span<byte> room)
{
    private readonly Span<byte> _room = room;
    private int _count;

    /// <summary>What is to be sent.</summary>
    public readonly ReadOnlySpan<byte> Written => _room[.._count];

    /// <summary>How many bytes still fit.</summary>
    public readonly int Free => _room.Length - _count;

    /// <summary>Adds a command about an option.</summary>
    public void Write(byte verb, byte option)
    {
        if (Free < 3)
        {
            return;
        }

        _room[_count++] = TelnetCommand.Iac;
        _room[_count++] = verb;
        _room[_count++] = option;
    }
}
