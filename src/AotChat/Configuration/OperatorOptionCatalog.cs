namespace AotChat.Configuration;

/// <summary>The settings of who looks after the chat, and who may do what; part of <see cref="OptionCatalog"/>.</summary>
internal static class OperatorOptionCatalog
{
    /// <summary>In the order in which <c>--help</c> shows them; all take effect while the server runs.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Option.List(
            "operators", "names of accounts, separated by commas, or none",
            "accounts that look after the chat, beside the console: this user or root on a unix:PATH socket",
            static (options, text) =>
            {
                bool isValid = ReservedNameList.TryParse(text, out string[]? names);
                options.Operators = names ?? options.Operators;
                return isValid;
            },
            static options => ReservedNameList.Show(options.Operators),
            ListDuplicates.OfWords),
        Option.List(
            "require", "COMMAND=everyone, registered or operator, separated by commas, or none",
            "commands that only registered users or operators can call",
            static (options, text) =>
            {
                bool isValid = CommandRequirement.TryParseList(text, out CommandRequirement[]? requirements);
                options.Require = requirements ?? options.Require;
                return isValid;
            },
            static options => CommandRequirement.Show(options.Require),
            ListDuplicates.OfCommands),
        Option.List(
            "disable", "names of commands, separated by commas, or none", "commands that nobody can call",
            static (options, text) =>
            {
                options.Disable = text == "none" ? [] : text.Split(',', StringSplitOptions.TrimEntries);
                return options.Disable.All(name => name.Length > 0);
            },
            static options => options.Disable.Count == 0 ? "none" : string.Join(',', options.Disable),
            ListDuplicates.OfWords),
    ];
}
