namespace AotChat.Configuration;

/// <content>The settings of accounts and their mailboxes, and the limits that nobody sets.</content>
internal sealed partial class ChatOptions
{
    /// <summary>
    /// How many accounts there may be. Default: 10,000, as many as connections; all are in memory, some 1 KiB each.
    /// </summary>
    public int MaxAccounts { get; set; } = 10_000;

    /// <summary>
    /// How many accounts one address block may register within <see cref="RegisterWindow"/>; 0 for no limit. Default: 10, a
    /// family on its first evening. Not for this machine.
    /// </summary>
    public int RegistrationsPerAddress { get; set; } = 10;

    /// <summary>
    /// How often PBKDF2-HMAC-SHA-256 hashes a new password. Default: 600,000, what OWASP advises (Password Storage Cheat
    /// Sheet): some 0.2 s of a worker. An account takes on another number at its next login.
    /// </summary>
    public int PasswordIterations { get; set; } = 600_000;

    /// <summary>
    /// How many wrong passwords within <see cref="LoginWindow"/> are heard for one name; 0 for no limit. Default: 5, so that
    /// a list of 10,000 common passwords takes more than a day.
    /// </summary>
    public int LoginFailuresPerAccount { get; set; } = 5;

    /// <summary>The same from one address block, this machine included; 0 for no limit. Default: 5.</summary>
    public int LoginFailuresPerAddress { get; set; } = 5;

    /// <summary>
    /// What is done about a password that comes from another machine over a connection that is not encrypted. Default: warn;
    /// to refuse it would lock out <c>nc</c>, for which this chat is made.
    /// </summary>
    public PlainLogin PlainLogin { get; set; } = PlainLogin.Warn;

    /// <summary>How many messages are kept for one who is not here; 0 for none. Default: 100, some screens.</summary>
    public int MailboxMessages { get; set; } = 100;

    /// <summary>
    /// How many of them one sender may leave: an account, or all guests of one address block. Default: 20, so that it takes
    /// five to fill a mailbox.
    /// </summary>
    public int MailboxPerSender { get; set; } = 20;

    /// <summary>
    /// How many messages from one sender all mailboxes keep together; guests of one address block count as one, those of this
    /// machine have no such limit. Default: 200, ten people who are away and get as much as one may send each.
    /// </summary>
    public int MailboxTotalPerSender { get; set; } = 200;

    /// <summary>After how many days a message is forgotten. Default: 30; older ones are no news.</summary>
    public int MailboxDays { get; set; } = 30;

    /// <summary>The fewest characters of a password. Fixed: NIST SP 800-63B and the issue of accounts agree on it.</summary>
    public const int MinPasswordCharacters = 8;

    /// <summary>The longest password in bytes. Fixed: ten times what people type; hashing does not take longer for it.</summary>
    public const int MaxPasswordBytes = 1024;

    /// <summary>Within what time <see cref="LoginFailuresPerAccount"/> counts. Fixed: a person who has mistyped waits for it.</summary>
    public static readonly TimeSpan LoginWindow = TimeSpan.FromMinutes(1);

    /// <summary>Within what time <see cref="RegistrationsPerAddress"/> counts. Fixed: 240 accounts a day fill no table of 10,000 unnoticed.</summary>
    public static readonly TimeSpan RegisterWindow = TimeSpan.FromHours(1);

    /// <summary>
    /// How many names, and how many address blocks, with attempts within their window are remembered. Fixed: more than
    /// workers can check in a minute; beyond it nobody new may try.
    /// </summary>
    public const int AttemptsRemembered = 4_096;
}
