using System.Text;

namespace AotChat.Commands;

/// <summary>
/// The lists of <c>help</c>: the commands of a category under its name, one line each, which a terminal of 80 columns
/// shows whole.
/// </summary>
internal static class CommandListing
{
    // What the time in front leaves of 80 columns.
    private const int Columns = 80 - 27;

    // Room for the longest name of the server's own commands and a slash; a longer name pushes its summary aside.
    private const int NameColumns = 10;

    /// <summary>Lists all commands that the caller may use.</summary>
    public static void ShowAll(CommandContext context)
    {
        foreach (string category in CategoriesOf(context))
        {
            Show(context, category);
        }

        context.Reply($"Commands begin with / in a room; the rest is said.");
        context.Reply($"Help on one: {context.Slash}help NAME, on a category: {context.Slash}help Talking");
    }

    /// <summary>Lists one category, named in any case; false where there is none of that name.</summary>
    public static bool TryShow(CommandContext context, ReadOnlySpan<byte> name)
    {
        string wanted = Encoding.UTF8.GetString(name);
        string? category = CategoriesOf(context).FirstOrDefault(
            category => string.Equals(category, wanted, StringComparison.OrdinalIgnoreCase));
        if (category is not null)
        {
            Show(context, category);
        }

        return category is not null;
    }

    private static void Show(CommandContext context, string category)
    {
        context.Reply($"{Cut(category, Columns - 1)}:");
        foreach (CommandInfo command in ListedFor(context).Where(command => command.Category == category))
        {
            string name = $"  {(context.Slash + command.Name).PadRight(NameColumns)} ";
            context.Reply($"{name}{Cut(FirstSentenceOf(command.Summary), Columns - name.Length)}");
        }
    }

    // The server's own in their order, then those that others have added.
    private static IEnumerable<string> CategoriesOf(CommandContext context)
    {
        string[] used = [.. ListedFor(context).Select(command => command.Category).Distinct()];
        return CommandCategory.InOrder.Where(used.Contains).Concat(used.Except(CommandCategory.InOrder).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<CommandInfo> ListedFor(CommandContext context) =>
        CommandDispatcher.All.ToArray().Where(command => CommandRules.MayCall(context.Chat.Rules, command, context.User.Level));

    // A sentence ends with a full stop, and a capital letter begins the next one: "e.g. this" is within one.
    private static string FirstSentenceOf(string summary)
    {
        for (int i = 1; i + 1 < summary.Length; i++)
        {
            if (summary[i - 1] == '.' && summary[i] == ' ' && char.IsUpper(summary[i + 1]))
            {
                summary = summary[..i];
            }
        }

        return summary.TrimEnd('.');
    }

    /// <summary>The text, or as many of its words as have room, with an ellipsis.</summary>
    /// <param name="text">One line of text.</param>
    /// <param name="room">How many characters have room; at least one.</param>
    internal static string Cut(string text, int room)
    {
        Rune[] letters = [.. text.EnumerateRunes()];
        if (letters.Length <= room)
        {
            return text;
        }

        // One place for the ellipsis. A word that has no room even alone is cut itself.
        int end = Array.FindLastIndex(letters, room - 1, Rune.IsWhiteSpace);
        end = end > 0 ? end : room - 1;
        return string.Concat(Array.ConvertAll(letters[..end], letter => letter.ToString())).TrimEnd(' ', ',', ';', ':', '.') + "…";
    }
}
