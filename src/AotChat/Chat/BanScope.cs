using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// The bans, or the mutes, of one room or of the server, so that whether somebody is meant is found without going through
/// all of them. Owned by the event loop.
/// </summary>
internal sealed class BanScope
{
    // In the order of their numbers.
    private readonly SortedSet<StoredBan> _bans = new(Comparer<StoredBan>.Create((one, other) => one.Id.CompareTo(other.Id)));

    // The index, made anew when next asked for after one was taken away.
    private readonly Dictionary<long, StoredBan> _byAccount = [];
    private readonly Dictionary<byte[], StoredBan> _byName = new(Utf8NameComparer.Instance);
    private readonly Dictionary<UInt128, StoredBan> _byAddress = [];

    // For each length of prefix that any of them has, so that 10,000 ranges are some look-ups.
    private readonly List<RangesOfPrefix> _ranges = [];

    // Where guests sit who were banned by name; it does not hold for registered users, who only sit beside the guest.
    private readonly Dictionary<UInt128, StoredBan> _byGuestBlock = [];
    private bool _isIndexed = true;

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyCollection<StoredBan> All => _bans;

    /// <summary>Adds one; of several for the same target the one counts that ends last.</summary>
    public void Add(StoredBan ban)
    {
        _bans.Add(ban);
        if (_isIndexed)
        {
            Index(ban);
        }
    }

    /// <summary>Takes one away.</summary>
    public void Remove(StoredBan ban)
    {
        _bans.Remove(ban);
        _isIndexed = false;
    }

    /// <summary>Whether one holds for every user of a name, or of one that looks like it.</summary>
    public bool HoldsForName(ReadOnlySpan<byte> name, long now)
    {
        IndexAll();
        return Live(_byName.GetValueOrDefault(LookAlikes.Fold(name)), now) is not null;
    }

    /// <summary>The one that holds for a user, that ends last; null for none. Allocates nothing.</summary>
    public StoredBan? Find(User user, long now)
    {
        IndexAll();
        StoredBan? found = Live(_byName.Count > 0 ? _byName.GetValueOrDefault(user.NameKey) : null, now);

        // A name that the server gives is another user's after a restart.
        if (found is not null && !user.HasChosenName && user.Since > found.Since)
        {
            found = null;
        }

        if (user.Account is { } account)
        {
            found = Later(found, Live(_byAccount.GetValueOrDefault(account.Id), now));
        }

        if (_byAddress.Count + _ranges.Count + _byGuestBlock.Count > 0)
        {
            for (int i = 0; user.SessionAt(i) is { } session; i++)
            {
                found = Later(found, Find(session.Address, now));
                if (user.Account is null)
                {
                    found = Later(found, Live(_byGuestBlock.GetValueOrDefault(session.OriginBlock), now));
                }
            }
        }

        return found;
    }

    /// <summary>The one that holds for everybody at an address, that ends last; null for none.</summary>
    public StoredBan? Find(UInt128 address, long now)
    {
        IndexAll();
        StoredBan? found = Live(_byAddress.GetValueOrDefault(address), now);
        foreach (RangesOfPrefix ranges in _ranges)
        {
            found = Later(found, Live(ranges.ByFirst.GetValueOrDefault(AddressRange.Around(address, ranges.Prefix).First), now));
        }

        return found;
    }

    private void IndexAll()
    {
        if (_isIndexed)
        {
            return;
        }

        _byAccount.Clear();
        _byName.Clear();
        _byAddress.Clear();
        _ranges.Clear();
        _byGuestBlock.Clear();
        foreach (StoredBan ban in _bans)
        {
            Index(ban);
        }

        _isIndexed = true;
    }

    private void Index(StoredBan ban)
    {
        if (ban.Account != 0)
        {
            Note(_byAccount, ban.Account, ban);
            return;
        }

        if (ban.Name.Length > 0)
        {
            Note(_byName, LookAlikes.Fold(Encoding.UTF8.GetBytes(ban.Name)), ban);
        }

        if (ban.Address.Length > 0 && AddressRange.TryParse(ban.Address, out AddressRange range))
        {
            if (ban.Name.Length > 0)
            {
                Note(_byGuestBlock, range.First, ban);
            }
            else if (range.IsSingle)
            {
                Note(_byAddress, range.First, ban);
            }
            else
            {
                RangesOfPrefix? ranges = _ranges.Find(each => each.Prefix == range.Prefix);
                if (ranges is null)
                {
                    ranges = new RangesOfPrefix(range.Prefix, []);
                    _ranges.Add(ranges);
                }

                Note(ranges.ByFirst, range.First, ban);
            }
        }
    }

    private static StoredBan? Live(StoredBan? ban, long now) => ban is not null && ban.Until > now ? ban : null;

    private static StoredBan? Later(StoredBan? one, StoredBan? other) => one is null || (other is not null && other.Until > one.Until) ? other : one;

    private static void Note<TKey>(Dictionary<TKey, StoredBan> bans, TKey key, StoredBan ban)
        where TKey : notnull
    {
        if (!bans.TryGetValue(key, out StoredBan? other) || other.Until <= ban.Until)
        {
            bans[key] = ban;
        }
    }

    private sealed record RangesOfPrefix(int Prefix, Dictionary<UInt128, StoredBan> ByFirst);
}
