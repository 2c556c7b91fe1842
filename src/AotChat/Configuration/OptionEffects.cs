namespace AotChat.Configuration;

/// <summary>When a changed option takes effect. Each option of <see cref="OptionCatalog"/> stands in one of the two lists.</summary>
internal static class OptionEffects
{
    /// <summary>On SIGHUP, while the server runs.</summary>
    public static IReadOnlyList<string> AtRunTime { get; } =
    [
        // Of the pool of workers.
        .. OptionCatalog.Pool.Select(option => option.Name),

        // Of accounts and mailboxes.
        .. AccountOptionCatalog.All.Select(option => option.Name),

        // Asked for each connection, line or command.
        "max-connections", "max-connections-per-address", "accept-rate-per-address", "trusted", "proxy-protocol", "flood-burst", "flood-rate",
        "inbox-total", "outbox-soft", "outbox-hard", "outbox-total", "stuck-seconds", "hangup-seconds", "leave-seconds", "drain-seconds",
        "max-topic-bytes", "max-away-bytes", "replay-lines", "max-ignored", "history-days", "history-store-bytes",

        // For connections that are made from then on.
        "idle-timeout",

        // Handed to the parts that keep them.
        "motd", "max-rooms", "max-rooms-per-address", "max-rooms-per-account", "max-rooms-per-user", "history-lines", "history-bytes",
        "seen-names", "reserved-names", "operators", "require", "disable", "log-level", "log-format",
    ];

    /// <summary>After a restart.</summary>
    public static IReadOnlyList<string> AtRestart { get; } =
    [
        // The sockets are bound, and the rights to bind others are gone.
        "host", "port", "user", "backlog", "keepalive",

        // All buffers of lines have this size.
        "max-line-bytes",

        // The store is open, and its queue made.
        "data", "store-queue-bytes",

        // The workers that are there are confined to them.
        "url-allow", "url-ports",
    ];
}
