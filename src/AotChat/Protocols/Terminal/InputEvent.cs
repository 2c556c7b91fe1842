namespace AotChat.Protocols.Terminal;

/// <summary>What <see cref="SessionInput.Read"/> found.</summary>
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

    /// <summary>The key that ends the session was pressed in the line editor.</summary>
    Quit,
}
