namespace AotChat.Chat;

/// <summary>A user as the chat sees one: something that takes lines.</summary>
internal interface ITerminal
{
    /// <summary>How this reader wants lines to look; null for the usual look.</summary>
    LineView? View { get; set; }

    /// <summary>Where the user sits: an address.</summary>
    string Origin { get; }

    /// <summary>
    /// Takes one line; never waits. False where the line will not be delivered, because the terminal is gone or does
    /// not read what it already has.
    /// </summary>
    bool TryWrite(Line line, Delivery delivery);

    /// <summary>
    /// Clears the screen, where the terminal understands ANSI codes. A method without parameters: this way no text of a
    /// user's gets to a terminal without <see cref="TerminalText"/>.
    /// </summary>
    void ClearScreen();

    /// <summary>Ends the conversation: nothing more is read, what was written still goes out.</summary>
    /// <param name="lastWords">What those who share a room with the user hear; may be empty.</param>
    void HangUp(ReadOnlySpan<byte> lastWords);
}
