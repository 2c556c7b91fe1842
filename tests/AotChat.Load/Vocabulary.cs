using System.Text;

namespace AotChat.Load;

/// <summary>Lines of words as people use them: the most frequent word is in half of all lines, most others in very few (Zipf's law).</summary>
internal sealed class Vocabulary
{
    private const int Words = 20_000;
    private const int WordsOfLine = 9;
    private const int Letters = 26;

    // The same lines in each run.
    private readonly Random _random = new(15);

    /// <summary>A word, as often as people use it.</summary>
    public string Next()
    {
        int rank = (int)Math.Pow(Words, _random.NextDouble());
        StringBuilder word = new("w");
        for (; rank > 0; rank /= Letters)
        {
            word.Append((char)('a' + (rank % Letters)));
        }

        return word.ToString();
    }

    /// <summary>Lines to be said.</summary>
    public string Lines(int count)
    {
        StringBuilder lines = new();
        for (int i = 0; i < count; i++)
        {
            for (int word = 0; word < WordsOfLine; word++)
            {
                lines.Append(Next()).Append(' ');
            }

            lines.Append('\n');
        }

        return lines.ToString();
    }
}
