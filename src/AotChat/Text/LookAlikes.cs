namespace AotChat.Text;

/// <summary>
/// Folds a name to what it looks like: two names that fold to the same bytes can be taken for each other, and only one
/// of them may be in use.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>these look alike</term><description>and fold to</description></listheader>
/// <item><term>a letter in upper and lower case</term><description>the lower-case letter</description></item>
/// <item><term><c>i</c>, <c>I</c>, <c>l</c>, <c>L</c>, <c>1</c></term><description><c>l</c></description></item>
/// <item><term><c>o</c>, <c>O</c>, <c>0</c></term><description><c>o</c></description></item>
/// <item><term><c>rn</c>, <c>m</c></term><description><c>m</c></description></item>
/// <item><term><c>vv</c>, <c>w</c></term><description><c>w</c>; a single <c>v</c> of a row of them stands last</description></item>
/// </list>
/// <c>vvvolf</c> reads as <c>wvolf</c> and as <c>vwolf</c>, so that both of these fold to the same: every reading of a
/// name has one folded form.
/// A subset of the confusables of Unicode (UTS 39) that stays within the characters of a name. <c>i</c> and <c>l</c>
/// meet because each is told apart from <c>I</c> by nothing: case does not count, and <c>I</c> looks like <c>l</c>.
/// </remarks>
internal static class LookAlikes
{
    private static readonly byte[] Single = SingleTable();

    /// <summary>Writes the folded form and returns its length, which is at most that of the name.</summary>
    public static int Fold(ReadOnlySpan<byte> name, Span<byte> destination)
    {
        int written = 0;
        foreach (byte letter in name)
        {
            written = Append(destination, written, Single[letter]);
        }

        return written;
    }

    /// <summary>The folded form in an array of its own.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> name)
    {
        byte[] folded = new byte[name.Length];
        return folded[..Fold(name, folded)];
    }

    // What is written so far is folded; returns how long it is with one more letter.
    private static int Append(Span<byte> folded, int length, byte letter)
    {
        switch (length > 0 ? (folded[length - 1], letter) : default)
        {
            case ((byte)'r', (byte)'n'):
                folded[length - 1] = (byte)'m';
                return length;

            case ((byte)'v', (byte)'v'):
                folded[length - 1] = (byte)'w';
                return length;

            case ((byte)'v', (byte)'w'):
                folded[length - 1] = (byte)'w';
                folded[length] = (byte)'v';
                return length + 1;

            default:
                folded[length] = letter;
                return length + 1;
        }
    }

    private static byte[] SingleTable()
    {
        byte[] table = ByteRange.Of(0, 0xFF);
        for (int letter = 'A'; letter <= 'Z'; letter++)
        {
            table[letter] = (byte)(letter | 0x20);
        }

        foreach (char like in "iI1lL")
        {
            table[like] = (byte)'l';
        }

        foreach (char like in "oO0")
        {
            table[like] = (byte)'o';
        }

        return table;
    }
}
