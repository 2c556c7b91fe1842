namespace AotChat.Chat;

/// <summary>A user as the chat sees one: something that takes lines.</summary>
internal interface ITerminal
{
    /// <summary>How this reader wants lines to look.</summary>
    LineLook Look { get; set; }

    /// <summary>Shows lines in that look; null for the usual look.</summary>
    LineView? View { get; }

    /// <summary>Where the user sits: an address.</summary>
    string Origin { get; }

    /// <summary>
    /// Takes one line; never waits. False where the line will not be delivered, because the terminal is gone or does
    /// not read what it already has.
    /// </summary>
    bool TryWrite(Line line, Delivery delivery);

    /// <summary>Ends the conversation: nothing more is read, what was written still goes out.</summary>
    /// <param name="lastWords">What those who share a room with the user hear; may be empty.</param>
    void HangUp(ReadOnlySpan<byte> lastWords);
}
