namespace AotChat.Protocols.Terminal;

/// <summary>The bytes that mean a command behind an <see cref="Iac"/> (RFC 854; those below 240: RFC 885 and 1184).</summary>
internal static class TelnetCommand
{
    /// <summary>The first byte that can be a command. An 0xFF before a lower one is not telnet: Latin-1 text has a ÿ.</summary>
    public const byte First = EndOfFile;

    /// <summary>EOF (RFC 1184): the client's input has ended.</summary>
    public const byte EndOfFile = 236;

    /// <summary>SE: the end of a subnegotiation.</summary>
    public const byte SubnegotiationEnd = 240;

    /// <summary>IP: Ctrl-C in a client in line mode.</summary>
    public const byte InterruptProcess = 244;

    /// <summary>AYT: a person asks for a visible sign of life (RFC 1123, 3.2.4).</summary>
    public const byte AreYouThere = 246;

    /// <summary>EC: take the last character back.</summary>
    public const byte EraseCharacter = 247;

    /// <summary>EL: take the line back.</summary>
    public const byte EraseLine = 248;

    /// <summary>SB: an option's parameters follow, up to <see cref="SubnegotiationEnd"/> (RFC 855).</summary>
    public const byte Subnegotiation = 250;

    /// <summary>WILL: the sender offers an option of its own, or agrees to one.</summary>
    public const byte Will = 251;

    /// <summary>WONT: the sender ends or refuses an option of its own.</summary>
    public const byte Wont = 252;

    /// <summary>DO: the sender asks the receiver for an option, or agrees to one.</summary>
    public const byte Do = 253;

    /// <summary>DONT: the sender ends or refuses an option of the receiver's.</summary>
    public const byte Dont = 254;

    /// <summary>IAC: a command follows; twice, it is the data byte 0xFF.</summary>
    public const byte Iac = 255;
}
