using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>All accounts, found by name and by number; no two have names that look alike. Owned by the event loop.</summary>
internal sealed class AccountDirectory
{
    private readonly Dictionary<long, Account> _byId = [];

    // By the folded name.
    private readonly Dictionary<byte[], Account> _byName = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], Account>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    // The folded names that are about to be registered: their accounts are on the way to the disk.
    private readonly HashSet<byte[]> _begun = new(Utf8NameComparer.Instance);

    public AccountDirectory() => _lookup = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>How many there are, those that are about to be registered included.</summary>
    public int Count => _byId.Count + _begun.Count;

    /// <summary>Called with an account that is no more.</summary>
    public Action<Account>? Removed { get; set; }

    /// <summary>Finds an account by its name, with or without <c>@</c>, in upper or lower case.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Account? account)
    {
        name = NameRules.WithoutMark(name);
        return TryFindLike(name, out account) && Ascii.EqualsIgnoreCase(name, account.Name);
    }

    /// <summary>Finds the account whose name is the same, or looks like it.</summary>
    public bool TryFindLike(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Account? account)
    {
        if (name.Length > NameRules.MaxLength || _byName.Count == 0)
        {
            account = null;
            return false;
        }

        Span<byte> key = stackalloc byte[NameRules.MaxLength];
        return _lookup.TryGetValue(key[..LookAlikes.Fold(name, key)], out account);
    }

    /// <summary>Finds an account by its number.</summary>
    public bool TryFind(long id, [NotNullWhen(true)] out Account? account) => _byId.TryGetValue(id, out account);

    /// <summary>Holds a name for one who registers it; false where it, or one that looks like it, is taken.</summary>
    public bool TryBegin(ReadOnlySpan<byte> name) => !TryFindLike(name, out _) && _begun.Add(LookAlikes.Fold(name));

    /// <summary>Lets go of a name that was held.</summary>
    public void End(ReadOnlySpan<byte> name) => _begun.Remove(LookAlikes.Fold(name));

    /// <summary>Adds an account that is kept.</summary>
    public Account Add(StoredAccount kept)
    {
        Account account = new(kept);
        _byId.Add(account.Id, account);
        _byName[LookAlikes.Fold(account.Name)] = account;
        return account;
    }

    /// <summary>Forgets an account that is kept no more.</summary>
    public void Remove(Account account)
    {
        if (_byId.Remove(account.Id))
        {
            _byName.Remove(LookAlikes.Fold(account.Name));
            Removed?.Invoke(account);
        }
    }
}
