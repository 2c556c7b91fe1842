namespace AotChat.Protocols.Terminal;

/// <summary>The telnet options that the server knows; it refuses all others.</summary>
internal static class TelnetOption
{
    /// <summary>ECHO (RFC 857): the server's; it shows what is typed instead of the client.</summary>
    public const byte Echo = 1;

    /// <summary>SUPPRESS-GO-AHEAD (RFC 858): the server's, with ECHO, means one character at a time; the client's means nothing.</summary>
    public const byte SuppressGoAhead = 3;

    /// <summary>TIMING-MARK (RFC 860): an answer that comes when everything before it has been dealt with.</summary>
    public const byte TimingMark = 6;

    /// <summary>NAWS (RFC 1073): the client tells the size of its window.</summary>
    public const byte WindowSize = 31;
}
