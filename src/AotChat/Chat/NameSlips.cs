using AotChat.Text;

namespace AotChat.Chat;

/// <summary>Finds out whose name was typed with one mistake.</summary>
internal static class NameSlips
{
    // Nearly every shorter word is near some name; a word of three letters counts only with two of them swapped.
    private const int Shortest = 4;
    private const int ShortestSwapped = 3;

    // One letter for each group that looks alike: i, l and 1, and o and 0.
    private static ReadOnlySpan<byte> Letters => "abcdefghjklmnopqrstuvwxyz23456789_-."u8;

    /// <summary>See <see cref="ChatState.IsNearSomebody"/>. Allocates nothing.</summary>
    /// <remarks>
    /// All words that one slip makes of this one, at most some 1,800, are looked up: up to 300 µs, however many people are
    /// here or registered, where a comparison with each of 10,000 takes long enough to be noticed by others.
    /// </remarks>
    public static bool IsNearSomebody(ReadOnlySpan<byte> word, UserDirectory users, AccountDirectory accounts)
    {
        if (word.Length is < ShortestSwapped or > NameRules.MaxLength + 1 || (users.Count == 0 && accounts.Count == 0))
        {
            return false;
        }

        Span<byte> typed = stackalloc byte[NameRules.MaxLength + 1];
        typed = typed[..LookAlikes.Fold(word, typed)];
        Span<byte> slip = stackalloc byte[NameRules.MaxLength + 2];
        word.CopyTo(slip);
        for (int at = 0; at < word.Length - 1; at++)
        {
            (slip[at], slip[at + 1]) = (slip[at + 1], slip[at]);
            if (IsSomebody(slip[..word.Length], typed, users, accounts))
            {
                return true;
            }

            (slip[at], slip[at + 1]) = (slip[at + 1], slip[at]);
        }

        if (word.Length < Shortest)
        {
            return false;
        }

        for (int at = 0; at < word.Length; at++)
        {
            byte original = slip[at];
            if (IsSomebodyWithAnyAt(at, slip[..word.Length], typed, users, accounts))
            {
                return true;
            }

            slip[at] = original;
        }

        // One character too many: the gap moves from the front to the end.
        word[1..].CopyTo(slip);
        for (int at = 0; at < word.Length; at++)
        {
            if (IsSomebody(slip[..(word.Length - 1)], typed, users, accounts))
            {
                return true;
            }

            slip[at] = word[at];
        }

        // One too few: the place of the missing one moves likewise.
        word.CopyTo(slip[1..]);
        for (int at = 0; at <= word.Length; at++)
        {
            if (IsSomebodyWithAnyAt(at, slip[..(word.Length + 1)], typed, users, accounts))
            {
                return true;
            }

            if (at < word.Length)
            {
                slip[at] = word[at];
            }
        }

        return false;
    }

    private static bool IsSomebodyWithAnyAt(int at, Span<byte> slip, ReadOnlySpan<byte> typed, UserDirectory users, AccountDirectory accounts)
    {
        foreach (byte letter in Letters)
        {
            slip[at] = letter;
            if (IsSomebody(slip, typed, users, accounts))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSomebody(ReadOnlySpan<byte> slip, ReadOnlySpan<byte> typed, UserDirectory users, AccountDirectory accounts) =>
        (users.TryFindLike(slip, out User? user) && !user.NameKey.AsSpan().SequenceEqual(typed))
        || (accounts.TryFindLike(slip, out Account? account) && !LookAlikes.Fold(account.Name).AsSpan().SequenceEqual(typed));
}
