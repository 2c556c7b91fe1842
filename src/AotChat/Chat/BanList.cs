using System.Diagnostics.CodeAnalysis;

namespace AotChat.Chat;

/// <summary>Who may not be somewhere, or not talk there: bans and mutes of the server and of rooms. Owned by the event loop.</summary>
internal sealed class BanList
{
    // By number, in order.
    private readonly SortedDictionary<long, StoredBan> _bans = [];

    /// <summary>How many there are, those that have ended included.</summary>
    public int Count => _bans.Count;

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyCollection<StoredBan> All => _bans.Values;

    /// <summary>Adds one, or replaces the one of its number.</summary>
    public void Add(StoredBan ban) => _bans[ban.Id] = ban;

    /// <summary>Takes one away.</summary>
    public bool Remove(long id, [NotNullWhen(true)] out StoredBan? ban) => _bans.Remove(id, out ban);
}
