namespace AotChat.Configuration;

/// <summary>The settings of accounts and mailboxes; part of <see cref="OptionCatalog"/>. All take effect while the server runs.</summary>
internal static class AccountOptionCatalog
{
    /// <summary>In the order in which <c>--help</c> shows them.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Option.Integer(
            "max-accounts", 1, 1_000_000, "registered names; further ones are refused",
            static options => options.MaxAccounts, static (options, value) => options.MaxAccounts = value),
        Option.Integer(
            "registrations-per-address", 0, 1_000_000, "names that one address other than this machine can register per hour; 0 = no limit",
            static options => options.RegistrationsPerAddress, static (options, value) => options.RegistrationsPerAddress = value),
        Option.Integer(
            "password-iterations", 4_096, 10_000_000, "how often a password is hashed (PBKDF2-HMAC-SHA-256)",
            static options => options.PasswordIterations, static (options, value) => options.PasswordIterations = value),
        Option.Integer(
            "login-failures-per-account", 0, 1_000, "wrong passwords per minute for one name; 0 = no limit",
            static options => options.LoginFailuresPerAccount, static (options, value) => options.LoginFailuresPerAccount = value),
        Option.Integer(
            "login-failures-per-address", 0, 1_000, "wrong passwords per minute from one address; 0 = no limit",
            static options => options.LoginFailuresPerAddress, static (options, value) => options.LoginFailuresPerAddress = value),
        Option.Choice(
            "plain-login",
            ["allow", "warn", "refuse"],
            "passwords from other machines over connections that are not encrypted",
            static options => (int)options.PlainLogin, static (options, value) => options.PlainLogin = (PlainLogin)value),
        Option.Integer(
            "mailbox-messages", 0, 10_000, "messages kept for a registered user who is not here; 0 = none",
            static options => options.MailboxMessages, static (options, value) => options.MailboxMessages = value),
        Option.Integer(
            "mailbox-per-sender", 1, 10_000, "of these, messages from one sender; guests of one address are one sender",
            static options => options.MailboxPerSender, static (options, value) => options.MailboxPerSender = value),
        Option.Integer(
            "mailbox-total-per-sender", 1, 1_000_000, "messages from one sender in all mailboxes together, until they are read",
            static options => options.MailboxTotalPerSender, static (options, value) => options.MailboxTotalPerSender = value),
        Option.Integer(
            "mailbox-days", 1, 10_000, "days after which such a message is forgotten",
            static options => options.MailboxDays, static (options, value) => options.MailboxDays = value),
    ];
}
