namespace AotChat.Protocols.Terminal;

/// <summary>
/// One <see cref="TerminalEncoder"/> for each look, shared by its readers. That of the usual look is always there; the others
/// are forgotten when the last reader gives them back. Owned by the event loop.
/// </summary>
internal sealed class TerminalEncoders
{
    private readonly Dictionary<TerminalLook, TerminalEncoder> _encoders = [];
    private readonly List<TerminalEncoder> _used = [];
    private readonly LineStamp _stamp;

    /// <param name="time">The clock, which knows the server's own time zone.</param>
    public TerminalEncoders(TimeProvider time)
    {
        _stamp = new LineStamp(() => time.LocalTimeZone);
        Usual = new TerminalEncoder(this, default, _stamp);
    }

    /// <summary>The encoder of the usual look.</summary>
    public TerminalEncoder Usual { get; }

    /// <summary>How many looks are in use beside the usual one.</summary>
    public int Count => _encoders.Count;

    /// <summary>The words of an event's text, for readers who look for their names.</summary>
    internal LineWords Words { get; } = new();

    /// <summary>Finds or makes the encoder of a look for one more reader; null for the usual look.</summary>
    public TerminalEncoder? Take(TerminalLook look)
    {
        if (look == default)
        {
            return null;
        }

        if (!_encoders.TryGetValue(look, out TerminalEncoder? encoder))
        {
            encoder = new TerminalEncoder(this, look, look.Preferences.Zone is { } zone ? new LineStamp(() => zone) : _stamp);
            _encoders.Add(look, encoder);
        }

        encoder.Readers++;
        return encoder;
    }

    /// <summary>Takes an encoder back from one reader. Its lines stay valid until the end of the turn.</summary>
    public void Return(TerminalEncoder? encoder)
    {
        if (encoder is not null && --encoder.Readers == 0)
        {
            _encoders.Remove(encoder.Look);
        }
    }

    /// <summary>Forgets the lines of the turn: each recipient has been sent them, or holds a copy.</summary>
    public void Reset()
    {
        Usual.Reset();
        foreach (TerminalEncoder encoder in _used)
        {
            encoder.Reset();
        }

        _used.Clear();
        Words.Reset();
    }

    /// <summary>Notes that an encoder holds lines of this turn.</summary>
    internal void Used(TerminalEncoder encoder) => _used.Add(encoder);
}
