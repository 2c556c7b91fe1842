namespace AotChat.Commands;

/// <summary>Tells which single slip leads from the word that was meant to the one that was typed.</summary>
internal static class TypingSlip
{
    // Keys whose neighbours are hit instead; a slip to another key is a different word.
    private static readonly string[] Rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    /// <summary>The kinds of slips.</summary>
    internal enum Kind
    {
        /// <summary>No single slip leads there.</summary>
        None,

        /// <summary>Two neighbouring letters are swapped: <c>mgs</c>.</summary>
        Swapped,

        /// <summary>A letter is missing, or one is there twice or too much: <c>mg</c>, <c>mssg</c>.</summary>
        Counted,

        /// <summary>The key beside the right one was hit: <c>nsg</c>.</summary>
        Beside,
    }

    /// <summary>The slip that leads from a command's name to a word.</summary>
    /// <param name="meant">Lower-case ASCII.</param>
    /// <param name="typed">The word, in any case.</param>
    public static Kind Leads(string meant, ReadOnlySpan<byte> typed)
    {
        if (Math.Abs(typed.Length - meant.Length) > 1 || typed.IsEmpty)
        {
            return Kind.None;
        }

        // What is left when equal letters are taken from both ends.
        int start = 0;
        while (start < meant.Length && start < typed.Length && Equal(meant[start], typed[start]))
        {
            start++;
        }

        int end = 0;
        while (end < meant.Length - start && end < typed.Length - start && Equal(meant[^(end + 1)], typed[^(end + 1)]))
        {
            end++;
        }

        ReadOnlySpan<char> letters = meant.AsSpan(start, meant.Length - start - end);
        ReadOnlySpan<byte> others = typed[start..^end];
        return (letters.Length, others.Length) switch
        {
            (1, 0) or (0, 1) => Kind.Counted,
            (1, 1) when AreNeighbours(letters[0], Lower(others[0])) => Kind.Beside,
            (2, 2) when Equal(letters[0], others[1]) && Equal(letters[1], others[0]) => Kind.Swapped,
            _ => Kind.None,
        };
    }

    private static bool Equal(char letter, byte typed) => letter == Lower(typed);

    private static char Lower(byte typed) => char.ToLowerInvariant((char)typed);

    private static bool AreNeighbours(char a, char b)
    {
        (int rowA, int keyA) = PlaceOf(a);
        (int rowB, int keyB) = PlaceOf(b);
        return keyA >= 0 && keyB >= 0 && Math.Abs(rowA - rowB) <= 1 && Math.Abs(keyA - keyB) <= 1;
    }

    private static (int Row, int Key) PlaceOf(char letter)
    {
        for (int row = 0; row < Rows.Length; row++)
        {
            int key = Rows[row].IndexOf(letter, StringComparison.Ordinal);
            if (key >= 0)
            {
                return (row, key);
            }
        }

        return (0, -1);
    }
}
