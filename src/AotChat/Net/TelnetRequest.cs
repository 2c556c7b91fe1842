namespace AotChat.Net;

/// <summary>What telnet commands in the input ask a session to do.</summary>
internal enum TelnetRequest : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>End the session like <c>quit</c>: Ctrl-C in a telnet client.</summary>
    Quit,

    /// <summary>End it because this is not telnet: a subnegotiation that does not end.</summary>
    Reject,
}
