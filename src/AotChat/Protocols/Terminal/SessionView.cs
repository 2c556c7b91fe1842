using AotChat.Chat;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// How one reader sees events: the encoder that all readers of this look share, and what is this reader's alone. A mutable
/// structure that belongs to its session.
/// </summary>
internal struct SessionView
{
    // The day of the last line, as the encoder writes it; only kept where the time is short.
    private long _day;

    /// <summary>Makes the lines; null for the usual look.</summary>
    public TerminalEncoder? Encoder { get; private set; }

    /// <summary>The look.</summary>
    public readonly TerminalLook Look => Encoder?.Look ?? default;

    /// <summary>Chooses a look. What waits in the lines of the look before must be the reader's own by now.</summary>
    public void Change(TerminalLook look, TerminalEncoders encoders, long now)
    {
        LineClock before = Look.Preferences.Clock;
        TerminalEncoder? encoder = encoders.Take(look);
        encoders.Return(Encoder);
        Encoder = encoder;
        if (encoder is not null && look.Preferences.Clock == LineClock.Short && before != LineClock.Short)
        {
            _day = encoder.DayOf(now);
        }
    }

    /// <summary>Writes an event in the form that this reader sees; where it is not taken, it is counted as missed or refused.</summary>
    public bool TryWrite(TerminalEncoder encoder, ChatEvent happened, ReadOnlySpan<byte> name, Delivery delivery, ref SessionOutput output, TerminalServer server)
    {
        // The day has been shown only when the line is taken.
        long day = _day;
        bool isTaken = encoder.MarksForReaders && encoder.IsMarkedFor(happened, name)
            ? output.TryWrite(encoder.EncodeMarked(happened, name, ref day), delivery, encoder, server.Budget, server.Counters)
            : output.TryWrite(encoder.Encode(happened, ref day), delivery, encoder, server.Budget, server.Counters);
        _day = isTaken ? day : _day;
        return isTaken;
    }
}
