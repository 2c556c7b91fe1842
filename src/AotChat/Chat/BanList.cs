using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>Who may not be somewhere, or not talk there: bans and mutes of the server and of rooms. Owned by the event loop.</summary>
/// <remarks>
/// A ban of an account holds for the account alone. One of a name holds for that name and those that look like it and, where
/// it has an address, for guests from there, who would otherwise only take another name. One of an address or range alone
/// holds for everybody there. Whether operators are exempt is for the caller to say.
/// </remarks>
internal sealed class BanList
{
    /// <summary>The <see cref="StoredBan.Room"/> of the whole server.</summary>
    public const long Server = 0;

    // In the order of their numbers.
    private readonly SortedSet<StoredBan> _bans = new(Comparer<StoredBan>.Create((one, other) => one.Id.CompareTo(other.Id)));
    private readonly Dictionary<long, StoredBan> _byNumber = [];

    // Of each kind, those of each room. Made anew from all, when next asked for, after one was taken away.
    private readonly Dictionary<long, BanScope>[] _scopes = [[], []];

    // Of each kind, how many each room has.
    private readonly Dictionary<long, int>[] _counts = [[], []];
    private bool _isComplete = true;

    /// <summary>How many there are, those that have ended included.</summary>
    public int Count => _bans.Count;

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyCollection<StoredBan> All => _bans;

    /// <summary>Whether anybody may be muted anywhere; looked at for each line.</summary>
    public bool HasMutes { get; private set; }

    /// <summary>Whether anybody may be muted on the whole server.</summary>
    public bool HasServerMutes { get; private set; }

    /// <summary>Adds one, or replaces the one of its number.</summary>
    public void Add(StoredBan ban)
    {
        Remove(ban.Id, out _);
        _bans.Add(ban);
        _byNumber.Add(ban.Id, ban);
        Note(ban, 1);
        if (_isComplete)
        {
            Index(ban);
        }
    }

    /// <summary>Takes one away.</summary>
    public bool Remove(long id, [NotNullWhen(true)] out StoredBan? ban)
    {
        if (!_byNumber.Remove(id, out ban))
        {
            return false;
        }

        _bans.Remove(ban);
        Note(ban, -1);
        _isComplete = false;
        return true;
    }

    /// <summary>Finds one by its number.</summary>
    public bool TryFind(long id, [NotNullWhen(true)] out StoredBan? ban) => _byNumber.TryGetValue(id, out ban);

    /// <summary>How many a room, or the server, has; those that have ended included.</summary>
    public int CountOf(BanKind kind, long room) => _counts[(int)kind].GetValueOrDefault(room);

    /// <summary>The one that holds for a user in a room, or on the server, that ends last; null for none. Allocates nothing.</summary>
    public StoredBan? Find(BanKind kind, long room, User user, long now) => ScopeOf(kind, room)?.Find(user, now);

    /// <summary>The one that holds for everybody at an address, before anybody has entered; null for none.</summary>
    public StoredBan? Find(BanKind kind, long room, UInt128 address, long now) => ScopeOf(kind, room)?.Find(address, now);

    /// <summary>Those of a room, or of the server, that have not ended, the oldest first.</summary>
    public IEnumerable<StoredBan> In(long room, long now) => _bans.Where(ban => ban.Room == room && ban.Until > now);

    /// <summary>
    /// Those of a room, or of the server, that have not ended and that are meant by a text: the number of one, or the name
    /// or the address that they hold for.
    /// </summary>
    public StoredBan[] Meant(BanKind kind, long room, ReadOnlySpan<byte> text, long now)
    {
        string target = Encoding.UTF8.GetString(text);
        if (long.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
        {
            return [.. In(room, now).Where(ban => ban.Kind == kind && ban.Id == id)];
        }

        if (AddressRange.TryParse(target, out AddressRange range))
        {
            target = range.ToString();
            return [.. In(room, now).Where(ban => ban.Kind == kind && ban.Name.Length == 0 && ban.Address == target)];
        }

        byte[] key = LookAlikes.Fold(NameRules.WithoutMark(text));
        return [.. In(room, now).Where(ban => ban.Kind == kind && ban.Name.Length > 0 && LookAlikes.Fold(Encoding.UTF8.GetBytes(ban.Name)).AsSpan().SequenceEqual(key))];
    }

    /// <summary>Takes away those that have ended; the caller removes them from the store.</summary>
    public StoredBan[] TakeEnded(long now) => Take(ban => ban.Until <= now);

    /// <summary>Takes away those of a room, since it has ended.</summary>
    public void RemoveRoom(long room) => Take(ban => ban.Room == room);

    private StoredBan[] Take(Func<StoredBan, bool> isTaken)
    {
        StoredBan[] taken = [.. _bans.Where(isTaken)];
        foreach (StoredBan ban in taken)
        {
            Remove(ban.Id, out _);
        }

        return taken;
    }

    private void Note(StoredBan ban, int change)
    {
        Dictionary<long, int> counts = _counts[(int)ban.Kind];
        int count = counts.GetValueOrDefault(ban.Room) + change;
        if (count == 0)
        {
            counts.Remove(ban.Room);
        }
        else
        {
            counts[ban.Room] = count;
        }

        HasServerMutes = CountOf(BanKind.Mute, Server) > 0;
        HasMutes = _counts[(int)BanKind.Mute].Count > 0;
    }

    private BanScope? ScopeOf(BanKind kind, long room)
    {
        if (!_isComplete)
        {
            foreach (Dictionary<long, BanScope> scopes in _scopes)
            {
                scopes.Clear();
            }

            foreach (StoredBan ban in _bans)
            {
                Index(ban);
            }

            _isComplete = true;
        }

        return _scopes[(int)kind].GetValueOrDefault(room);
    }

    private void Index(StoredBan ban)
    {
        Dictionary<long, BanScope> scopes = _scopes[(int)ban.Kind];
        if (!scopes.TryGetValue(ban.Room, out BanScope? scope))
        {
            scope = new BanScope();
            scopes.Add(ban.Room, scope);
        }

        scope.Add(ban);
    }
}
