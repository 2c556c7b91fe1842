namespace AotChat.Protocols.Terminal;

/// <summary>What was found in the input of a session.</summary>
internal enum InputEvent
{
    /// <summary>No whole line; what was not consumed waits for the rest of it.</summary>
    Incomplete,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A line beyond the limit, reported once and skipped up to its end.</summary>
    TooLong,

    /// <summary>There is a line, but it came too soon after those before it.</summary>
    TooFast,

    /// <summary>The user ends the session: by a key of the line editor, or by a telnet command.</summary>
    Quit,

    /// <summary>The first words are those of another protocol: a client that was slow to speak was taken for a terminal.</summary>
    OtherProtocol,

    /// <summary>A telnet subnegotiation that does not end.</summary>
    EndlessSubnegotiation,
}
