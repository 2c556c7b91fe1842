using System.Buffers;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// The names that nobody may take: words that begin the server's lines, names of commands, names that the server
/// itself gives (<c>u1000</c>), and names that look like one of them; and <see cref="HouseNames"/>.
/// </summary>
internal sealed class ReservedNames
{
    // The server's names have at least this many digits: they begin with u1000.
    private const int FewestDigits = 4;

    private static readonly SearchValues<byte> FoldedDigits = SearchValues.Create("lo23456789"u8);

    private readonly HashSet<byte[]> _words = new(Utf8NameComparer.Instance);
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    private readonly HouseNames _house;

    /// <param name="more">What the operator adds to <see cref="HouseNames"/>.</param>
    public ReservedNames(IEnumerable<string>? more = null)
    {
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<byte>>();
        _house = new HouseNames(more ?? []);
    }

    /// <summary>Reserves the first word of a line, as far as it could be a name; nothing where it could not.</summary>
    public void AddFirstWordOf(string line)
    {
        int end = 0;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] is '_' or '-' or '.'))
        {
            end++;
        }

        byte[] word = Encoding.ASCII.GetBytes(line[..end].TrimEnd('.'));
        if (NameRules.IsWellFormed(word))
        {
            _words.Add(LookAlikes.Fold(word));
        }
    }

    /// <summary>Whether a well-formed name is one that nobody may take.</summary>
    public bool IsReserved(ReadOnlySpan<byte> name)
    {
        Span<byte> folded = stackalloc byte[NameRules.MaxLength];
        return Contains(folded[..LookAlikes.Fold(name, folded)]) || _house.Contains(name);
    }

    /// <summary>Whether a name, folded by <see cref="LookAlikes"/>, is a reserved word or like one that the server gives.</summary>
    public bool Contains(ReadOnlySpan<byte> folded)
    {
        // «Server.» in front of a user's words would still read like the server's line.
        ReadOnlySpan<byte> word = folded.TrimEnd("._-"u8);
        return IsLikeGiven(word) || _lookup.Contains(word);
    }

    // u1000 folds to «ulooo».
    private static bool IsLikeGiven(ReadOnlySpan<byte> folded) =>
        folded.Length > FewestDigits && folded[0] == 'u' && !folded[1..].ContainsAnyExcept(FoldedDigits);
}
