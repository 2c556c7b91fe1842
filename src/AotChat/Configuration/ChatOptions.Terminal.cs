namespace AotChat.Configuration;

/// <content>The limits of telnet and of the line editor that are no option, since no value but one makes sense; each says why.</content>
internal sealed partial class ChatOptions
{
    /// <summary>
    /// How many bytes of telnet commands one client may send at once. Fixed: more than any client negotiates, and no way
    /// to keep the server busy where there is no flood control.
    /// </summary>
    public const int TelnetBurstBytes = 8 * 1024;

    /// <summary>How many bytes of telnet commands a second after that. Fixed: twice what dragging a window's edge sends.</summary>
    public const int TelnetBytesPerSecond = 1024;

    /// <summary>
    /// How many telnet requests are answered in a connection; the next ones get silence. Fixed: a client asks for some ten,
    /// and three more each time a person changes its mode. What a client ends is always answered, and so are timing marks.
    /// </summary>
    public const int TelnetAnswers = 128;

    /// <summary>The longest telnet subnegotiation in bytes. Fixed: real ones, a window's size or a terminal's name, take some ten.</summary>
    public const int TelnetSubnegotiationBytes = 1024;

    /// <summary>How wide a terminal is that has not said so, in columns. Fixed: as wide as the VT100 was.</summary>
    public const int TerminalColumns = 80;

    /// <summary>The narrowest row that the line editor draws, in columns. Fixed: less shows no word.</summary>
    public const int MinTerminalColumns = 10;

    /// <summary>
    /// The widest row that the line editor draws, in columns. Fixed: wider than screens are; a redraw of a row stays
    /// below 4 KiB whatever width a client claims to have.
    /// </summary>
    public const int MaxTerminalColumns = 500;

    /// <summary>
    /// How long a client may take to agree to the line editor. Fixed: software answers within a round trip, a client that
    /// speaks no telnet never.
    /// </summary>
    public static readonly TimeSpan EditorOfferLimit = TimeSpan.FromSeconds(3);

    /// <summary>How many lines the line editor remembers for its user. Fixed: further back nobody presses Up.</summary>
    public const int EditorHistoryLines = 50;

    /// <summary>How many bytes the line editor remembers for its user. Fixed: four of the longest lines.</summary>
    public const int EditorHistoryBytes = 16 * 1024;

    /// <summary>How many bytes of the line that is typed are kept for the next one. Fixed: most lines are shorter.</summary>
    public const int EditorLineKept = 512;

    /// <summary>How many bytes of a drawn row are kept for the next one. Fixed: most rows are short.</summary>
    public const int EditorRowKept = 2_048;

    /// <summary>
    /// How often TAB is obeyed in one piece of input. Fixed: twice is what a person presses it at once; a client that sends
    /// a thousand gets a bell for the rest, and no thousand lists.
    /// </summary>
    public const int CompletionsPerInput = 2;

    /// <summary>How many words the line editor lists that what was typed may become. Fixed: some rows.</summary>
    public const int CompletionsShown = 50;

    /// <summary>
    /// How many words the line editor compares with what was typed before it gives up. Fixed: more than there are users
    /// by default (<see cref="MaxConnections"/>), and less than a millisecond.
    /// </summary>
    public const int CompletionsCompared = 12_000;
}
