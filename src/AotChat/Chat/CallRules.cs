using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// What the options change about commands: some need a higher level than their authors ask for, others are taken away.
/// Immutable.
/// </summary>
internal sealed class CallRules
{
    /// <summary>More than anybody has: the command is taken away.</summary>
    public const UserLevel Nobody = (UserLevel)int.MaxValue;

    /// <summary>The authors' own rules.</summary>
    public static readonly CallRules None = new([]);

    // Longer words call nothing.
    private const int MaxLength = 32;

    // By each name of a command, in lower case.
    private readonly Dictionary<byte[], UserLevel> _levels = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], UserLevel>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <param name="levels">The names of commands, in lower-case ASCII, and the level that each needs.</param>
    public CallRules(Dictionary<string, UserLevel> levels)
    {
        foreach ((string name, UserLevel level) in levels)
        {
            _levels[System.Text.Encoding.ASCII.GetBytes(name)] = level;
        }

        _lookup = _levels.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _levels.Count == 0;

    /// <summary>The level that what a word calls needs; null where its author's rule holds. Allocates nothing.</summary>
    /// <param name="word">A command's name, or another of its names, in any case.</param>
    public UserLevel? Find(ReadOnlySpan<byte> word)
    {
        if (IsEmpty || word.Length > MaxLength)
        {
            return null;
        }

        Span<byte> lower = stackalloc byte[MaxLength];
        System.Text.Ascii.ToLower(word, lower, out int length);
        return length == word.Length && _lookup.TryGetValue(lower[..length], out UserLevel level) ? level : null;
    }
}
