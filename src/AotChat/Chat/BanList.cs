using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>The bans and mutes of the server and of rooms. Owned by the event loop.</summary>
/// <remarks>
/// A ban of an account holds for the account alone. One of a name holds for that name and those that look like it and, where
/// it has an address, for guests from there, who would otherwise only take another name. One of an address or range alone
/// holds for everybody there. Whether operators are exempt is for the caller to say.
/// </remarks>
internal sealed class BanList
{
    /// <summary>The <see cref="StoredBan.Room"/> of the whole server.</summary>
    public const long Server = 0;

    // By number.
    private readonly Dictionary<long, StoredBan> _bans = [];

    // Of each kind, those of each room. Each has its own index: what one room's owner takes away costs nobody else anything.
    private readonly Dictionary<long, BanScope>[] _scopes = [[], []];
    private int _mutes;

    /// <summary>How many there are, those that have ended included.</summary>
    public int Count => _bans.Count;

    /// <summary>All of them, in no order.</summary>
    public IReadOnlyCollection<StoredBan> All => _bans.Values;

    /// <summary>Whether anybody may be muted anywhere; looked at for each line.</summary>
    public bool HasMutes => _mutes > 0;

    /// <summary>Whether anybody may be muted on the whole server.</summary>
    public bool HasServerMutes => CountOf(BanKind.Mute, Server) > 0;

    /// <summary>Adds one, or replaces the one of its number.</summary>
    public void Add(StoredBan ban)
    {
        Remove(ban.Id, out _);
        _bans.Add(ban.Id, ban);
        _mutes += ban.Kind == BanKind.Mute ? 1 : 0;
        Dictionary<long, BanScope> scopes = _scopes[(int)ban.Kind];
        if (!scopes.TryGetValue(ban.Room, out BanScope? scope))
        {
            scope = new BanScope();
            scopes.Add(ban.Room, scope);
        }

        scope.Add(ban);
    }

    /// <summary>Takes one away.</summary>
    public bool Remove(long id, [NotNullWhen(true)] out StoredBan? ban)
    {
        if (!_bans.Remove(id, out ban))
        {
            return false;
        }

        _mutes -= ban.Kind == BanKind.Mute ? 1 : 0;
        BanScope scope = _scopes[(int)ban.Kind][ban.Room];
        scope.Remove(ban);
        if (scope.All.Count == 0)
        {
            _scopes[(int)ban.Kind].Remove(ban.Room);
        }

        return true;
    }

    /// <summary>Finds one by its number.</summary>
    public bool TryFind(long id, [NotNullWhen(true)] out StoredBan? ban) => _bans.TryGetValue(id, out ban);

    /// <summary>How many a room, or the server, has; those that have ended included.</summary>
    public int CountOf(BanKind kind, long room) => ScopeOf(kind, room)?.All.Count ?? 0;

    /// <summary>The one that holds for a user in a room, or on the server, that ends last; null for none. Allocates nothing.</summary>
    public StoredBan? Find(BanKind kind, long room, User user, long now) => ScopeOf(kind, room)?.Find(user, now);

    /// <summary>The one that holds for everybody at an address, before anybody has entered; null for none.</summary>
    public StoredBan? Find(BanKind kind, long room, UInt128 address, long now) => ScopeOf(kind, room)?.Find(address, now);

    /// <summary>Whether one holds for every user of a name, or of one that looks like it, in a room or on the server.</summary>
    public bool HoldsForName(BanKind kind, long room, ReadOnlySpan<byte> name, long now) => ScopeOf(kind, room)?.HoldsForName(name, now) ?? false;

    /// <summary>Those of a room, or of the server, that have not ended, the oldest first.</summary>
    public IReadOnlyList<StoredBan> In(long room, long now)
    {
        List<StoredBan> found = [.. Live(BanKind.Ban, room, now), .. Live(BanKind.Mute, room, now)];
        found.Sort((one, other) => one.Id.CompareTo(other.Id));
        return found;
    }

    /// <summary>
    /// Those of a room, or of the server, that have not ended and that are meant by a text: the number of one, or the name
    /// or the address that they hold for.
    /// </summary>
    public StoredBan[] Meant(BanKind kind, long room, ReadOnlySpan<byte> text, long now)
    {
        string target = Encoding.UTF8.GetString(text);
        if (long.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
        {
            return [.. Live(kind, room, now).Where(ban => ban.Id == id)];
        }

        if (AddressRange.TryParse(target, out AddressRange range))
        {
            target = range.ToString();
            return [.. Live(kind, room, now).Where(ban => ban.Name.Length == 0 && ban.Address == target)];
        }

        byte[] key = LookAlikes.Fold(NameRules.WithoutMark(text));
        return [.. Live(kind, room, now).Where(ban => ban.Name.Length > 0 && LookAlikes.Fold(Encoding.UTF8.GetBytes(ban.Name)).AsSpan().SequenceEqual(key))];
    }

    /// <summary>Takes away those that have ended; the caller removes them from the store.</summary>
    public StoredBan[] TakeEnded(long now) => Take(_bans.Values.Where(ban => ban.Until <= now));

    /// <summary>The same in a room, or on the server, alone.</summary>
    public StoredBan[] TakeEnded(long room, long now) =>
        Take(Of(BanKind.Ban, room).Concat(Of(BanKind.Mute, room)).Where(ban => ban.Until <= now));

    /// <summary>Takes away those of a room, since it has ended.</summary>
    public void RemoveRoom(long room) => Take(Of(BanKind.Ban, room).Concat(Of(BanKind.Mute, room)));

    private StoredBan[] Take(IEnumerable<StoredBan> bans)
    {
        StoredBan[] taken = [.. bans];
        foreach (StoredBan ban in taken)
        {
            Remove(ban.Id, out _);
        }

        return taken;
    }

    private IEnumerable<StoredBan> Live(BanKind kind, long room, long now) => Of(kind, room).Where(ban => ban.Until > now);

    private IReadOnlyCollection<StoredBan> Of(BanKind kind, long room) => ScopeOf(kind, room)?.All ?? [];

    private BanScope? ScopeOf(BanKind kind, long room) => _scopes[(int)kind].GetValueOrDefault(room);
}
