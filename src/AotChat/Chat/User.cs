using System.Runtime.InteropServices;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// Somebody in the chat, present through one session or several, from the first welcome line to the end of the last
/// connection, whatever the name meanwhile. Owned by the event loop.
/// </summary>
internal sealed class User : StateOwner
{
    private byte[] _name;

    // Only logged-in users have several.
    private IUserSession? _session;
    private List<IUserSession>? _otherSessions;

    // Null for users who join no room: most only pass by.
    private List<Membership>? _memberships;

    internal User(byte[] name, byte[] key, long since)
    {
        _name = name;
        NameKey = key;
        Since = since;
    }

    /// <summary>The user's name, in UTF-8; safe for a terminal, without spaces.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>Whether the name was chosen by the user, not given by the server.</summary>
    public bool HasChosenName { get; private set; }

    /// <summary>The user's sessions, in order of arrival; none after leaving.</summary>
    public IReadOnlyList<IUserSession> Sessions => _session is null ? [] : [_session, .. _otherSessions ?? []];

    /// <summary>One of the sessions, in order of arrival from 0 on, without allocating; null behind the last.</summary>
    public IUserSession? SessionAt(int index) =>
        index == 0 ? _session : _otherSessions is not null && index <= _otherSessions.Count ? _otherSessions[index - 1] : null;

    /// <summary>Whether the user is present through more than one session.</summary>
    public bool HasSeveralSessions => _otherSessions is not null;

    /// <summary>The account that the user is present for; null for a guest.</summary>
    public Account? Account { get; internal set; }

    /// <summary>Where the user's first session connected from; see <see cref="IUserSession.OriginBlock"/>.</summary>
    public UInt128 OriginBlock => _session?.OriginBlock ?? IUserSession.ThisMachine;

    /// <summary>Whether the user is still in the directory; once false, it stays so.</summary>
    public bool IsOnline { get; internal set; }

    /// <summary>What this user may do.</summary>
    public UserLevel Level { get; internal set; }

    /// <summary>When the user came, in ticks of UTC.</summary>
    public long Since { get; }

    /// <summary>When the user last sent a line, as a timestamp of the loop's clock; only the session writes it.</summary>
    public long LastActive { get; set; }

    /// <summary>Why the user is away, in UTF-8, safe for a terminal; empty for no reason, null where the user is not away.</summary>
    public byte[]? Away { get; set; }

    /// <summary>The last user who wrote to this one alone.</summary>
    public User? LastWriter { get; set; }

    /// <summary>The room that plain text goes to; null where the user is in none.</summary>
    public Room? CurrentRoom { get; set; }

    /// <summary>Whether a search of this user's is under way: one at a time.</summary>
    public bool IsSearching { get; set; }

    /// <summary>The rooms that the user is in, in order of joining.</summary>
    public ReadOnlySpan<Membership> Memberships => CollectionsMarshal.AsSpan(_memberships);

    /// <summary>The users whose lines this user does not want; null where it never said so. Only <see cref="IgnoreBook"/> writes it.</summary>
    public IgnoreList? Ignoring { get; internal set; }

    /// <summary>The users who do not want this user's lines; null where there are none. Only <see cref="IgnoreBook"/> writes it.</summary>
    internal HashSet<User>? IgnoredBy { get; set; }

    /// <summary>The neighbours in the directory, in order of arrival; only <see cref="UserDirectory"/> writes them.</summary>
    internal User? Next { get; set; }

    /// <inheritdoc cref="Next"/>
    internal User? Previous { get; set; }

    /// <summary>The name folded by <see cref="LookAlikes"/>, the directory's key.</summary>
    internal byte[] NameKey { get; private set; }

    /// <summary>The last notice to many that reached this user, so that none comes twice; only <see cref="RoomTalk"/> uses it.</summary>
    internal long LastNotice { get; set; }

    /// <summary>Whether this user does not want another's lines; asked for each reader of each line.</summary>
    public bool Ignores(User other) => other.IgnoredBy is { } owners && owners.Contains(this);

    /// <summary>Takes one event, in all sessions; never waits.</summary>
    /// <returns>
    /// Whether it will be delivered: to one session at least or, where it goes to many users, to every session, since those
    /// that miss something are told how to read it.
    /// </returns>
    public bool TryTake(ChatEvent happened, Delivery delivery)
    {
        bool isTaken = _session is not null && _session.TryTake(happened, delivery);
        return _otherSessions is null ? isTaken : TakeByOthers(happened, delivery, isTaken);
    }

    /// <summary>Shows what the user did through one session in the others.</summary>
    /// <param name="origin">Where it was done.</param>
    /// <param name="happened">What the user did.</param>
    public void TakeElsewhere(IUserSession origin, ChatEvent happened)
    {
        if (_otherSessions is null)
        {
            return;
        }

        foreach (IUserSession session in Sessions)
        {
            if (session != origin)
            {
                session.TryTake(happened, Delivery.Shared);
            }
        }
    }

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

    internal void Rename(byte[] name, byte[] key, bool isChosen)
    {
        _name = name;
        NameKey = key;
        HasChosenName = isChosen;
    }

    internal void Add(Membership membership) => (_memberships ??= []).Add(membership);

    internal bool Remove(Membership membership) => _memberships is not null && _memberships.Remove(membership);

    internal void Add(IUserSession session)
    {
        session.User = this;
        if (_session is null)
        {
            _session = session;
        }
        else
        {
            (_otherSessions ??= []).Add(session);
        }
    }

    // The session still knows its user, but the user no longer knows the session.
    internal void Remove(IUserSession session)
    {
        if (_session != session)
        {
            _otherSessions?.Remove(session);
        }
        else
        {
            _session = null;
            if (_otherSessions is not null)
            {
                _session = _otherSessions[0];
                _otherSessions.RemoveAt(0);
            }
        }

        if (_otherSessions is { Count: 0 })
        {
            _otherSessions = null;
        }
    }

    // Others may still hold a user who has left; it must not keep further users in memory.
    internal void Forget()
    {
        LastWriter = null;
        Away = null;
        if (Account is not null)
        {
            Account.User = null;
        }
    }

    private bool TakeByOthers(ChatEvent happened, Delivery delivery, bool isTaken)
    {
        foreach (IUserSession session in _otherSessions!)
        {
            bool isTakenHere = session.TryTake(happened, delivery);
            isTaken = delivery == Delivery.Shared ? isTaken && isTakenHere : isTaken || isTakenHere;
        }

        return isTaken;
    }
}
