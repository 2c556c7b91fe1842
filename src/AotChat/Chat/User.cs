using System.Runtime.InteropServices;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// Somebody in the chat, from the welcome line to the end of the connection, whatever the name meanwhile. Owned by the
/// event loop.
/// </summary>
internal sealed class User
{
    private byte[] _name;

    // Nothing is held for those who use none of it: most only pass by.
    private List<Membership>? _memberships;

    internal User(byte[] name, byte[] key, IUserSession session, long since)
    {
        _name = name;
        NameKey = key;
        Session = session;
        Since = since;
    }

    /// <summary>What others call this user, in UTF-8; safe for a terminal, without spaces.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>Whether the name was chosen by the user, not given by the server.</summary>
    public bool HasChosenName { get; private set; }

    /// <summary>What this user is present through.</summary>
    public IUserSession Session { get; }

    /// <summary>Whether the user is still in the directory; false for ever after leaving.</summary>
    public bool IsOnline { get; internal set; }

    /// <summary>What this user may do.</summary>
    public UserLevel Level { get; internal set; }

    /// <summary>When the user came, in ticks of UTC.</summary>
    public long Since { get; }

    /// <summary>When the user last sent a line, as a timestamp of the loop's clock; only the session writes it.</summary>
    public long LastActive { get; set; }

    /// <summary>Why the user is away, in UTF-8, safe for a terminal; empty for no reason, null where the user is not away.</summary>
    public byte[]? Away { get; set; }

    /// <summary>The last who wrote to this user alone.</summary>
    public User? LastWriter { get; set; }

    /// <summary>The room that plain text goes to; null where the user is in none.</summary>
    public Room? CurrentRoom { get; set; }

    /// <summary>Whether a search of this user's is under way: one at a time.</summary>
    public bool IsSearching { get; set; }

    /// <summary>The rooms that the user is in, in order of joining.</summary>
    public ReadOnlySpan<Membership> Memberships => CollectionsMarshal.AsSpan(_memberships);

    /// <summary>Whose lines the user does not want; null where it never said so. Only <see cref="IgnoreBook"/> writes it.</summary>
    public IgnoreList? Ignoring { get; internal set; }

    /// <summary>Those who do not want this user's lines; null where there are none. Only <see cref="IgnoreBook"/> writes it.</summary>
    internal HashSet<User>? IgnoredBy { get; set; }

    /// <summary>The neighbours in the directory, in order of arrival; only <see cref="UserDirectory"/> writes them.</summary>
    internal User? Next { get; set; }

    /// <inheritdoc cref="Next"/>
    internal User? Previous { get; set; }

    /// <summary>The name folded by <see cref="LookAlikes"/>, the directory's key.</summary>
    internal byte[] NameKey { get; private set; }

    /// <summary>The last notice to many that reached this user, so that none comes twice; only <see cref="RoomTalk"/> uses it.</summary>
    internal long LastNotice { get; set; }

    /// <summary>Whether this user does not want lines from that one; asked for each reader of each line.</summary>
    public bool Ignores(User other) => other.IgnoredBy is { } owners && owners.Contains(this);

    /// <summary>The user's place in a room; null where there is none.</summary>
    public Membership? MembershipOf(Room room)
    {
        foreach (Membership membership in Memberships)
        {
            if (membership.Room == room)
            {
                return membership;
            }
        }

        return null;
    }

    /// <summary>The name as text, for logs.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_name);

    internal void Rename(byte[] name, byte[] key)
    {
        _name = name;
        NameKey = key;
        HasChosenName = true;
    }

    internal void Add(Membership membership) => (_memberships ??= []).Add(membership);

    internal void Remove(Membership membership) => _memberships?.Remove(membership);

    // One who has left may be remembered by others; nobody is to be remembered through that one.
    internal void Forget()
    {
        LastWriter = null;
        Away = null;
    }
}
