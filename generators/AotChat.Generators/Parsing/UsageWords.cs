using System.Collections.Immutable;
using AotChat.Generators.Models;

namespace AotChat.Generators.Parsing;

/// <summary>
/// Names parameters after the words of a usage that the attribute gives, so that an error and the usage behind it speak
/// of the same thing.
/// </summary>
internal static class UsageWords
{
    /// <summary>Gives each parameter the word in its place; one that the usage mentions anyway, or has no place for, keeps its own.</summary>
    public static ImmutableArray<ParameterModel> Name(ImmutableArray<ParameterModel> parameters, string command, string usage)
    {
        List<string> words = WordsOf(usage);
        if (words.FirstOrDefault() == command)
        {
            words.RemoveAt(0);
        }

        int place = 0;
        ImmutableArray<ParameterModel>.Builder named = ImmutableArray.CreateBuilder<ParameterModel>(parameters.Length);
        foreach (ParameterModel parameter in parameters)
        {
            if (!parameter.IsGrammar)
            {
                named.Add(parameter);
                continue;
            }

            bool keepsOwn = place >= words.Count
                || words.Contains(parameter.Word)
                || parameters.Any(other => other.Word == words[place]);
            named.Add(keepsOwn ? parameter : parameter with { Word = words[place] });
            place++;
        }

        return named.ToImmutable();
    }

    /// <summary>Whether a word stands for what a user types; otherwise it is typed itself: <c>on|off</c>.</summary>
    public static bool IsPlaceholder(string word) => char.IsUpper(word[0]);

    // What brackets enclose is one word, "[N or FROM-TO]". They and dots say how often it comes, not what it is called:
    // of "USER[,USER...]" it is USER.
    private static List<string> WordsOf(string usage)
    {
        List<string> words = [];
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= usage.Length; i++)
        {
            char letter = i < usage.Length ? usage[i] : ' ';
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            if (i == usage.Length || (letter == ' ' && depth <= 0))
            {
                string word = usage.Substring(start, i - start).TrimStart('[').Split('[', ']')[0].TrimEnd('.');
                if (word.Length > 0)
                {
                    words.Add(word);
                }

                start = i + 1;
            }
        }

        return words;
    }
}
