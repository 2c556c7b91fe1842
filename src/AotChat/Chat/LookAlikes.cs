namespace AotChat.Chat;

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
/// <item><term><c>vv</c>, <c>w</c></term><description><c>w</c></description></item>
/// </list>
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
            byte folded = Single[letter];
            if (written > 0 && Pair(destination[written - 1], folded) is var one and not 0)
            {
                destination[written - 1] = one;
            }
            else
            {
                destination[written++] = folded;
            }
        }

        return written;
    }

    /// <summary>The folded form in an array of its own.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> name)
    {
        byte[] folded = new byte[name.Length];
        return folded[..Fold(name, folded)];
    }

    private static byte Pair(byte first, byte second) => (first, second) switch
    {
        ((byte)'r', (byte)'n') => (byte)'m',
        ((byte)'v', (byte)'v') => (byte)'w',
        _ => 0,
    };

    private static byte[] SingleTable()
    {
        byte[] table = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
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
