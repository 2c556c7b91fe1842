using System.Globalization;

namespace AotChat.Configuration;

/// <summary>The settings of what is kept on disk; part of <see cref="OptionCatalog"/>.</summary>
internal static class StoreOptionCatalog
{
    private const long MinStoreBytes = 1024 * 1024;

    /// <summary>In the order in which <c>--help</c> shows them.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Option.Text(
            "data",
            "a directory, default or none",
            "where accounts, rooms and history are kept; none = in memory; default = ~/.local/state/aotchat",
            static (options, text) =>
            {
                options.Data = text == "default" ? "" : text;
                return text.Length > 0;
            },
            static options => options.Data.Length == 0 ? "default" : options.Data),
        Option.Integer(
            "history-days", 0, 36_500, "days that lines stay in the history on disk; 0 = no limit",
            static options => options.HistoryDays, static (options, value) => options.HistoryDays = value),
        Option.Text(
            "history-store-bytes",
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {MinStoreBytes} to {long.MaxValue}"),
            "bytes of the file on disk above which it loses its oldest lines",
            static (options, text) =>
            {
                bool isValid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes >= MinStoreBytes;
                options.HistoryStoreBytes = isValid ? bytes : options.HistoryStoreBytes;
                return isValid;
            },
            static options => options.HistoryStoreBytes.ToString(CultureInfo.InvariantCulture)),
        Option.Integer(
            "store-queue-bytes", 1024 * 1024, 2_000_000_000, "bytes of lines that can wait in memory while the disk does not take them",
            static options => options.StoreQueueBytes, static (options, value) => options.StoreQueueBytes = value),
    ];
}
