namespace AotChat.Text;

/// <summary>Guesses what somebody meant to type.</summary>
internal static class Spelling
{
    private const int FarthestTypo = 2;

    // More than any option or command has; longer words are not compared.
    private const int LongestWord = 64;

    /// <summary>The candidate that is at most two edits away (fewer for short words), the nearest first; null where none is.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        NearestWord search = new(word, Math.Min(FarthestTypo, word.Length / 2));
        foreach (string candidate in candidates)
        {
            search.Offer(candidate);
        }

        return search.Found;
    }

    /// <summary>
    /// How many letters must be inserted, deleted, replaced or swapped with their neighbour (optimal string alignment);
    /// without allocation. Words of more than 64 letters are as far apart as can be.
    /// </summary>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length > LongestWord || b.Length > LongestWord)
        {
            return int.MaxValue;
        }

        // Three rows of the table: this one, the one above, and the one above that, for swapped letters.
        Span<int> above2 = stackalloc int[LongestWord + 1];
        Span<int> above = stackalloc int[LongestWord + 1];
        Span<int> row = stackalloc int[LongestWord + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                if (i == 0)
                {
                    row[j] = j;
                    continue;
                }

                int replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int min = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                row[j] = swapped ? Math.Min(min, above2[j - 2] + 1) : min;
            }

            Span<int> oldest = above2;
            above2 = above;
            above = row;
            row = oldest;
        }

        return above[b.Length];
    }
}

/// <summary>The search for what was meant by a word: the first of the nearest candidates. Allocates nothing.</summary>
/// <param name="typed">The word.</param>
/// <param name="farthest">How many edits it may be away.</param>
internal ref struct NearestWord(ReadOnlySpan<char> typed, int farthest)
{
    private readonly ReadOnlySpan<char> _typed = typed;
    private int _min = farthest + 1;

    /// <summary>The nearest candidate so far; null where none is near.</summary>
    public string? Found { get; private set; }

    /// <summary>Compares one more.</summary>
    public void Offer(string candidate)
    {
        // A difference in length alone is a distance.
        if (Math.Abs(_typed.Length - candidate.Length) < _min && Spelling.Distance(_typed, candidate) is var distance && distance < _min)
        {
            _min = distance;
            Found = candidate;
        }
    }
}
