namespace AotChat.Protocols.Terminal;

/// <summary>What the telnet commands in a piece of input mean to the session.</summary>
[Flags]
internal enum TelnetEvents : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><see cref="TelnetProtocol.IsCharacterMode"/> is not what it was before this input.</summary>
    ModeChanged = 1,

    /// <summary><see cref="TelnetProtocol.Columns"/> or <see cref="TelnetProtocol.Rows"/> is not what it was.</summary>
    SizeChanged = 1 << 1,

    /// <summary>
    /// The client has ended or refused the echo that <see cref="TelnetProtocol.OfferEcho"/>,
    /// <see cref="TelnetProtocol.HideEcho"/> or the client itself had asked for. Without <see cref="ModeChanged"/>,
    /// character mode had not begun.
    /// </summary>
    EchoRefused = 1 << 2,

    /// <summary>The person wants to see that the server is there: one visible line, however often it was asked (RFC 1123, 3.2.4).</summary>
    AreYouThere = 1 << 3,

    /// <summary>The client has answered the timing mark that the server asked for.</summary>
    TimingMark = 1 << 4,

    /// <summary>End the session like <c>quit</c>, after the lines before it: Ctrl-C in a client in line mode, or the end of its input.</summary>
    Quit = 1 << 5,

    /// <summary>End it because this is not telnet: a subnegotiation that does not end.</summary>
    Reject = 1 << 6,
}
