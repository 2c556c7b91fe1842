namespace AotChat.Protocols.Terminal;

/// <summary>What <see cref="LineEditor.Read"/> found.</summary>
internal enum EditorResult
{
    /// <summary>All input is read and no line is finished.</summary>
    Incomplete,

    /// <summary>A line is finished; there may be more input behind it.</summary>
    Line,

    /// <summary>A line is finished that was longer than it may be; what did not fit was refused. There may be more input behind it.</summary>
    TooLong,

    /// <summary>The user wants to leave: Ctrl-D on an empty line. There may be more input behind it.</summary>
    Quit,
}
