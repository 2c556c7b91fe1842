using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// Names that speak for the house, so that no user can pass for its operators, for everybody or for nobody; and the
/// names that the operator adds.
/// </summary>
/// <remarks>
/// People read more into these than what <see cref="LookAlikes"/> folds: <c>ad-min</c>, <c>Admin_</c>, <c>admin1</c> and
/// <c>m0d3rator</c> pass for the ones meant. So here separators and digits at the end do not count, and a digit also
/// stands for the letter that it is used for. The same for all reserved words would take <c>user1</c> from people.
/// </remarks>
internal sealed class HouseNames
{
    private static readonly string[] Known =
    [
        // Its operators.
        "admin", "admins", "administrator", "administrators", "sysadmin", "sysadmins", "sysop", "sysops", "op", "ops", "oper",
        "opers", "operator", "operators", "root", "superuser", "superadmin", "mod", "mods", "moderator", "moderators", "owner",
        "owners", "founder", "staff", "support", "helpdesk", "security", "official", "abuse", "postmaster", "webmaster",
        "hostmaster", "noreply", "chatadmin", "chatmod", "roomadmin", "serveradmin",

        // The machine and its programs.
        "system", "server", "servers", "host", "localhost", "console", "daemon", "service", "services", "nickserv", "chanserv",
        "memoserv", "operserv", "hostserv", "botserv", "helpserv", "aotchat", "chat", "chatserver",

        // First words of a server's lines.
        "notice", "notices", "warning", "warnings", "error", "errors", "alert", "alerts", "announcement", "announcements",

        // Many, any and none.
        "everyone", "everybody", "all", "here", "channel", "anyone", "anybody", "nobody", "noone", "somebody", "someone",

        // The reader.
        "you", "your", "yours", "yourself", "me", "myself", "self",
    ];

    private readonly HashSet<byte[]> _folded = new(Utf8NameComparer.Instance);
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <param name="more">What the operator adds; well-formed names.</param>
    public HouseNames(IEnumerable<string> more)
    {
        _lookup = _folded.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (string name in Known.Concat(more))
        {
            Add(Encoding.ASCII.GetBytes(name));
        }
    }

    /// <summary>Whether a well-formed name is one of these, or passes for one.</summary>
    public bool Contains(ReadOnlySpan<byte> name)
    {
        Span<byte> letters = stackalloc byte[NameRules.MaxLength];
        letters = letters[..LeaveSeparatorsOut(name, letters)];

        // A digit at the end is a number, or one more letter: «al1» is as bad as «all1».
        Span<byte> folded = stackalloc byte[NameRules.MaxLength];
        while (true)
        {
            if (_lookup.Contains(folded[..Fold(letters, folded)]))
            {
                return true;
            }

            if (letters is not [.., >= (byte)'0' and <= (byte)'9'])
            {
                return false;
            }

            letters = letters[..^1];
        }
    }

    private void Add(ReadOnlySpan<byte> name)
    {
        Span<byte> letters = stackalloc byte[NameRules.MaxLength];
        letters = letters[..LeaveSeparatorsOut(name, letters)];
        Span<byte> folded = stackalloc byte[NameRules.MaxLength];
        _folded.Add(folded[..Fold(letters, folded)].ToArray());
    }

    private static int LeaveSeparatorsOut(ReadOnlySpan<byte> name, Span<byte> destination)
    {
        int written = 0;
        foreach (byte letter in name)
        {
            if (letter is not ((byte)'_' or (byte)'-' or (byte)'.'))
            {
                destination[written++] = letter;
            }
        }

        return written;
    }

    private static int Fold(ReadOnlySpan<byte> letters, Span<byte> destination)
    {
        Span<byte> meant = stackalloc byte[NameRules.MaxLength];
        for (int i = 0; i < letters.Length; i++)
        {
            meant[i] = letters[i] switch
            {
                (byte)'3' => (byte)'e',
                (byte)'4' => (byte)'a',
                (byte)'5' => (byte)'s',
                (byte)'7' => (byte)'t',
                (byte)'8' => (byte)'b',
                byte other => other,
            };
        }

        return LookAlikes.Fold(meant[..letters.Length], destination);
    }
}
