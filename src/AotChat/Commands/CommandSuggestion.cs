using System.Buffers;
using System.Text;
using AotChat.Chat;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>Guesses which command a word means that is not a command.</summary>
internal static class CommandSuggestion
{
    // Of shorter words every second one would be near some command: "bar" is not meant to be "ban".
    private const int ShortestTypo = 4;

    /// <summary>
    /// The name or alias that is an edit away, or two in a word of six letters and more; of a word of three letters only
    /// one whose letters are swapped. None that the caller may not call, and null where nothing is near. A comparison
    /// with each command, some microseconds, and no allocation.
    /// </summary>
    public static string? Nearest(ReadOnlySpan<byte> word, ReadOnlySpan<CommandInfo> commands, CallRules rules, UserLevel level)
    {
        Span<char> typed = stackalloc char[CommandName.MaxLength + 1];
        if (word.Length is < ShortestTypo - 1 or > CommandName.MaxLength + 1 || Ascii.ToLower(word, typed, out int length) != OperationStatus.Done)
        {
            return null;
        }

        NearestWord search = new(typed[..length], farthest: length >= 6 ? 2 : 1);
        foreach (CommandInfo command in commands)
        {
            if (CommandRules.MayCall(rules, command, level))
            {
                Offer(ref search, command.Name, word);
                foreach (string alias in command.Aliases)
                {
                    Offer(ref search, alias, word);
                }
            }
        }

        return search.Found;
    }

    private static void Offer(ref NearestWord search, string name, ReadOnlySpan<byte> word)
    {
        if (word.Length >= ShortestTypo || TypingSlip.Leads(name, word) == TypingSlip.Kind.Swapped)
        {
            search.Offer(name);
        }
    }
}
