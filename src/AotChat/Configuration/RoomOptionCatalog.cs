namespace AotChat.Configuration;

/// <summary>The settings of rooms, history and people; part of <see cref="OptionCatalog"/>.</summary>
internal static class RoomOptionCatalog
{
    /// <summary>The message of the day, which the next newcomer reads.</summary>
    public static Option MessageOfTheDay { get; } = Option.Text(
        "motd", "the path of a text file, or none", "message of the day: a text file, at most 16 KiB, shown to everyone after the welcome",
        static (options, text) =>
        {
            options.MotdFile = text == "none" ? "" : text;
            return text.Length > 0;
        },
        static options => options.MotdFile.Length == 0 ? "none" : options.MotdFile);

    /// <summary>The names that nobody may take, which matter when somebody takes one.</summary>
    public static Option ReservedNames { get; } = Option.List(
        "reserved-names", "names (letters, digits, _ - ., a letter first), separated by commas, or none",
        "names that nobody can take, nor look-alikes, in addition to admin, root and the like",
        static (options, text) =>
        {
            bool isValid = ReservedNameList.TryParse(text, out string[]? names);
            options.ReservedNames = names ?? options.ReservedNames;
            return isValid;
        },
        static options => ReservedNameList.Show(options.ReservedNames),
        ListDuplicates.OfWords);

    /// <summary>In the order in which <c>--help</c> shows them.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        MessageOfTheDay,
        Option.Integer(
            "max-rooms", 1, 10_000, "rooms at once; a new one replaces an empty one, or is refused",
            static options => options.MaxRooms, static (options, value) => options.MaxRooms = value),
        Option.Integer(
            "max-rooms-per-address", 0, 10_000, "of these, rooms opened from one address other than this machine; 0 = a quarter of max-rooms",
            static options => options.MaxRoomsPerAddress, static (options, value) => options.MaxRoomsPerAddress = value),
        Option.Integer(
            "max-rooms-per-account", 1, 10_000, "of these, rooms that a registered user owns; they stay though nobody is in them",
            static options => options.MaxRoomsPerAccount, static (options, value) => options.MaxRoomsPerAccount = value),
        Option.Integer(
            "max-rooms-per-user", 1, 1_000, "rooms that a user can be in",
            static options => options.MaxRoomsPerUser, static (options, value) => options.MaxRoomsPerUser = value),
        Option.Integer(
            "max-topic-bytes", 1, 4_096, "bytes in the topic of a room",
            static options => options.MaxTopicBytes, static (options, value) => options.MaxTopicBytes = value),
        Option.Integer(
            "max-away-bytes", 1, 4_096, "bytes in the reason for being away",
            static options => options.MaxAwayBytes, static (options, value) => options.MaxAwayBytes = value),
        Option.Integer(
            "history-lines", 0, 1_000_000, "lines that each room keeps; the address with the most loses its oldest first; 0 = no history",
            static options => options.HistoryLines, static (options, value) => options.HistoryLines = value),
        Option.Integer(
            "history-bytes", 1024 * 1024, 2_000_000_000, "bytes of history in all rooms together; the address with the most loses its oldest lines first",
            static options => options.HistoryBytes, static (options, value) => options.HistoryBytes = value),
        Option.Integer(
            "replay-lines", 0, 200, "lines of its history that a room shows to a user who joins",
            static options => options.ReplayLines, static (options, value) => options.ReplayLines = value),
        Option.Integer(
            "max-ignored", 1, 10_000, "people that a user can ignore",
            static options => options.MaxIgnored, static (options, value) => options.MaxIgnored = value),
        Option.Integer(
            "seen-names", 0, 10_000_000, "chosen names whose last visit is remembered, for seen",
            static options => options.SeenNames, static (options, value) => options.SeenNames = value),
        ReservedNames,
    ];
}
