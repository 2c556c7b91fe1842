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

    /// <summary>Whether nobody on the way to the user can read along. What comes from this machine is safe without.</summary>
    bool IsEncrypted { get; }

    /// <summary>
    /// Takes the next line as a secret, for the caller alone: it is not run, nowhere kept and, where the user's client can
    /// be told so, not shown. One question at a time.
    /// </summary>
    /// <returns>
    /// The line; null where it is empty or too long, where the conversation ends before, or where it is asked already.
    /// </returns>
    ValueTask<byte[]?> ReadSecretAsync();

    /// <summary>Waits until everything written so far has left the server.</summary>
    /// <returns>False where the conversation ends before.</returns>
    ValueTask<bool> SentAsync();

    /// <summary>
    /// What limits by address count against: the account of a registered user, wherever the user sits, and otherwise
    /// <see cref="OriginBlock"/>.
    /// </summary>
    UInt128 LimitedBlock => User.Account is { } account ? BlockOf(account) : OriginBlock;

    /// <summary>Stands for an account where limits are by address; nobody connects from there, since it is a multicast address (RFC 4291, 2.7).</summary>
    static UInt128 BlockOf(Account account) => new(ulong.MaxValue, (ulong)account.Id);

    /// <summary>
    /// The IP address that the user connects from, an IPv4 one as its IPv4-mapped IPv6 one (RFC 4291, 2.5.5.2); 0 for a Unix
    /// socket.
    /// </summary>
    UInt128 Address { get; }

    /// <summary>The number of its connection, which stands in all log lines about it.</summary>
    long ConnectionId { get; }

    /// <summary>What it speaks, in a word: <c>terminal</c>.</summary>
    string Protocol { get; }

    /// <summary>When it began, in ticks of UTC.</summary>
    long Since { get; }

    /// <summary>When its user last sent a line through it, as a timestamp of the loop's clock.</summary>
    long LastActive { get; }

    /// <summary>How many bytes wait for its user to read them.</summary>
    int WaitingBytes { get; }

    /// <summary>The number of the user of this machine who has connected over a Unix socket; null where that is not known.</summary>
    uint? LocalUser { get; }

    /// <summary>
    /// Whether it is the console: a Unix socket of the user that the server runs as, or of root. Who has it looks after
    /// this process anyway.
    /// </summary>
    bool IsConsole { get; }

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

    /// <summary>Like <see cref="HangUp"/>, for a user whom an operator does not want here.</summary>
    /// <param name="lastWords">The last words, for users who share a room; may be empty.</param>
    void Expel(ReadOnlySpan<byte> lastWords);

    /// <summary>Like <see cref="HangUp"/>, for a user who gave no sign of life.</summary>
    /// <param name="lastWords">The last words, for users who share a room; may be empty.</param>
    void PutOut(ReadOnlySpan<byte> lastWords);
}
