using System.Buffers;
using System.Text;
using AotChat.Chat;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>Guesses which command somebody meant who typed one that does not exist.</summary>
internal static class CommandSuggestion
{
    // Of shorter words every second one would be near some command: "bar" is not meant to be "ban".
    private const int ShortestTypo = 4;

    // No command has more letters; a longer word is no slip of one.
    private const int LongestName = 24;

    /// <summary>
    /// The name or alias that is an edit away, or two in a word of six letters and more; of a word of three letters only
    /// one whose letters are swapped. None that the caller may not call, and null where nothing is near. A comparison
    /// with each command, some microseconds, and no allocation.
    /// </summary>
    public static string? Nearest(ReadOnlySpan<byte> word, ReadOnlySpan<CommandInfo> commands, UserLevel level)
    {
        Span<char> typed = stackalloc char[LongestName + 1];
        if (word.Length is < ShortestTypo - 1 or > LongestName + 1 || Ascii.ToLower(word, typed, out int length) != OperationStatus.Done)
        {
            return null;
        }

        typed = typed[..length];
        string? nearest = null;
        int leastDistance = (length >= 6 ? 2 : 1) + 1;
        foreach (CommandInfo command in commands)
        {
            if (command.Level <= level)
            {
                Compare(typed, command.Name, ref nearest, ref leastDistance);
                foreach (string alias in command.Aliases)
                {
                    Compare(typed, alias, ref nearest, ref leastDistance);
                }
            }
        }

        return nearest;
    }

    private static void Compare(ReadOnlySpan<char> typed, string name, ref string? nearest, ref int leastDistance)
    {
        // A difference in length alone is a distance.
        if (Math.Abs(typed.Length - name.Length) >= leastDistance || (typed.Length < ShortestTypo && !IsSwapped(typed, name)))
        {
            return;
        }

        int distance = Spelling.Distance(typed, name);
        if (distance < leastDistance)
        {
            leastDistance = distance;
            nearest = name;
        }
    }

    private static bool IsSwapped(ReadOnlySpan<char> typed, string name)
    {
        if (typed.Length != name.Length)
        {
            return false;
        }

        foreach (char letter in typed)
        {
            if (typed.Count(letter) != name.AsSpan().Count(letter))
            {
                return false;
            }
        }

        return true;
    }
}
