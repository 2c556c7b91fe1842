namespace AotChat.Chat;

/// <summary>A session through which a user is present, as the chat sees it: it takes events, over any protocol.</summary>
internal interface IUserSession
{
    /// <summary>The <see cref="OriginBlock"/> of this machine, which has no limit as an address.</summary>
    static readonly UInt128 ThisMachine = UInt128.Zero;

    /// <summary>The user who is or, after its end, was present through it.</summary>
    User User { get; set; }

    /// <summary>How the user wants things to be shown.</summary>
    ReaderPreferences Preferences { get; set; }

    /// <summary>Where the user connects from: an address.</summary>
    string Origin { get; }

    /// <summary>
    /// Where the user connects from; two at the same place compare equal: an IPv4 address, an IPv6 /64, or this machine
    /// over any transport.
    /// </summary>
    UInt128 OriginBlock { get; }

    /// <summary>
    /// The IP address that the user connects from, an IPv4 one as its IPv4-mapped IPv6 one (RFC 4291, 2.5.5.2); 0 for a Unix
    /// socket.
    /// </summary>
    UInt128 Address { get; }

    /// <summary>
    /// Takes one event; never waits. False where it will not be delivered, because the session is gone or its user does not
    /// read what it already has.
    /// </summary>
    bool TryTake(ChatEvent happened, Delivery delivery);

    /// <summary>
    /// Clears the screen, where there is one that can be cleared. It has no parameters, so that no text of a user's
    /// gets past the encoder.
    /// </summary>
    void ClearScreen();

    /// <summary>
    /// Switches the server's line editor on, where the user's client can send single characters, or off again. The user
    /// is told what becomes of it.
    /// </summary>
    void RequestEditor(bool isOn);

    /// <summary>Ends the conversation: nothing more is read, what was written still goes out.</summary>
    /// <param name="lastWords">The last words, for users who share a room; may be empty.</param>
    void HangUp(ReadOnlySpan<byte> lastWords);

    /// <summary>
    /// Waits for anything at all to arrive from the user: a sign of life. One wait at a time; it ends on the event loop,
    /// never within a call.
    /// </summary>
    /// <param name="limit">The longest wait.</param>
    /// <returns>False where nothing came within the limit; true also where the conversation or the wait is ended before.</returns>
    ValueTask<bool> ProbeAsync(TimeSpan limit);

    /// <summary>Ends the wait of <see cref="ProbeAsync"/>, since nobody needs the answer; does nothing where there is none.</summary>
    void EndProbe();

    /// <summary>Like <see cref="HangUp"/>, for a user who gave no sign of life.</summary>
    /// <param name="lastWords">The last words, for users who share a room; may be empty.</param>
    void PutOut(ReadOnlySpan<byte> lastWords);
}
