namespace AotChat.Protocols.Terminal;

/// <summary>The size of a client's window, in characters, as its subnegotiations tell it (NAWS, RFC 1073). A mutable structure.</summary>
internal struct WindowSize
{
    /// <summary>The least columns or rows that are believed; with fewer there is nothing to lay out.</summary>
    public const int Min = 10;

    /// <summary>The most columns or rows that are believed: four large screens side by side.</summary>
    public const int Max = 1_000;

    // What no screen has: a client that does not know its size may say 65535.
    private const int Absurd = 10_000;

    private uint _parameters;
    private ushort _received;

    /// <summary>How wide it is; 0 while that is unknown.</summary>
    public ushort Columns { get; private set; }

    /// <summary>How high it is; 0 while that is unknown.</summary>
    public ushort Rows { get; private set; }

    /// <summary>A subnegotiation of it begins.</summary>
    public void Begin() => _received = 0;

    /// <summary>Takes the next byte of the subnegotiation; the caller bounds their number.</summary>
    public void Take(byte value)
    {
        _parameters = (_parameters << 8) | value;
        _received++;
    }

    /// <summary>The subnegotiation has ended as it should.</summary>
    /// <returns>Whether the size is another one now.</returns>
    public bool End()
    {
        if (_received != sizeof(uint))
        {
            return false;
        }

        (ushort columns, ushort rows) = (Columns, Rows);
        Columns = Believe((int)(_parameters >> 16), Columns);
        Rows = Believe((int)(_parameters & ushort.MaxValue), Rows);
        return columns != Columns || rows != Rows;
    }

    /// <summary>The client tells it no more.</summary>
    /// <returns>Whether it was known.</returns>
    public bool Forget()
    {
        bool wasKnown = (Columns | Rows) != 0;
        (Columns, Rows) = (0, 0);
        return wasKnown;
    }

    // 0 means that the client leaves it open.
    private static ushort Believe(int value, ushort known) =>
        value is 0 or > Absurd ? known : (ushort)Math.Clamp(value, Min, Max);
}
