using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// Knows who ignores whom. An ignore follows the person through other names, and through a new connection once it takes
/// the same name at the same address. Owned by the event loop.
/// </summary>
/// <remarks>
/// Only a trace is kept of a user who has left, and nothing of one who never chose a name: a name that the server gave
/// does not come back.
/// </remarks>
internal sealed class IgnoreBook
{
    private const int BlockBytes = 16;

    // By address and folded name.
    private readonly Dictionary<byte[], List<IgnoredTrace>> _traces = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], List<IgnoredTrace>>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public IgnoreBook() => _lookup = _traces.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>How many names at an address would be known again.</summary>
    public int TraceCount => _traces.Count;

    /// <summary>Stops taking somebody's lines; false where the limit is reached.</summary>
    /// <param name="owner">The user who ignores.</param>
    /// <param name="other">The user to be ignored; online.</param>
    /// <param name="max">How many users one may ignore, including users who have left.</param>
    public static bool TryIgnore(User owner, User other, int max)
    {
        IgnoreList list = owner.Ignoring ??= new IgnoreList();
        if (list.People.ContainsKey(other))
        {
            return true;
        }

        if (list.Count >= max)
        {
            return false;
        }

        Add(list, owner, other, other.HasChosenName ? other.Name.ToArray() : null);
        if (other.Account is { } account)
        {
            list.Accounts.Add(account.Id);
        }

        return true;
    }

    /// <summary>Ignores accounts that a user who has logged in ignored before, and those who are logged in to them.</summary>
    public static void Restore(User owner, IEnumerable<long> accounts, AccountDirectory directory)
    {
        foreach (long id in accounts)
        {
            // One that is no more is forgotten.
            if (directory.TryFind(id, out Account? account))
            {
                IgnoreList list = owner.Ignoring ??= new IgnoreList();
                list.Accounts.Add(id);
                if (account.User is { } user && user != owner)
                {
                    Add(list, owner, user, user.HasChosenName ? user.Name.ToArray() : null);
                }
            }
        }
    }

    /// <summary>Notes that a user has logged in: users who ignore either the guest or the account ignore both.</summary>
    public static void NoteAccount(User user, UserDirectory users, AccountKeeper keeper)
    {
        long id = user.Account!.Id;
        foreach (User owner in users)
        {
            if (owner == user || owner.Ignoring is not { } list)
            {
                continue;
            }

            if (list.People.ContainsKey(user))
            {
                list.Accounts.Add(id);
                keeper.Note(owner);
            }
            else if (list.Accounts.Contains(id))
            {
                Add(list, owner, user, user.HasChosenName ? user.Name.ToArray() : null);
            }
        }
    }

    /// <summary>Takes lines again from the ignored user who has this name, or had it when leaving; false where there is none.</summary>
    /// <param name="owner">The user who ignores.</param>
    /// <param name="other">The user who has the name at present; null for none.</param>
    /// <param name="account">The account of this name; null for none.</param>
    /// <param name="name">The name, in upper or lower case.</param>
    public bool StopIgnoring(User owner, User? other, Account? account, ReadOnlySpan<byte> name)
    {
        if (owner.Ignoring is not { } list)
        {
            return false;
        }

        int before = list.Count;
        other ??= account?.User;
        if (other?.Account is { } theirs)
        {
            list.Accounts.Remove(theirs.Id);
        }

        if (account is not null)
        {
            list.Accounts.Remove(account.Id);
        }

        if (other is not null && list.People.Remove(other))
        {
            RemoveFrom(other, owner);
        }

        for (int i = list.Traces.Count - 1; i >= 0; i--)
        {
            if (list.Traces[i].IsCalled(name))
            {
                Forget(list.Traces[i]);
                list.Traces.RemoveAt(i);
            }
        }

        return list.Count < before;
    }

    /// <summary>Notes that a user has taken a name: users who ignored its last owner at that address ignore this one too.</summary>
    public void NoteName(User user)
    {
        if (_traces.Count == 0)
        {
            return;
        }

        Span<byte> key = stackalloc byte[BlockBytes + NameRules.MaxLength];
        if (!_lookup.TryGetValue(key[..WriteKey(user.OriginBlock, user.Name, key)], out List<IgnoredTrace>? known))
        {
            return;
        }

        foreach (IgnoredTrace trace in known.ToArray())
        {
            // The ignoring user may be at that address, and take that name.
            if (trace.Owner != user)
            {
                IgnoreList list = trace.Owner.Ignoring!;
                Forget(trace);
                list.Traces.Remove(trace);
                Add(list, trace.Owner, user, trace.WhenIgnored);
            }
        }
    }

    /// <summary>Notes that a user leaves: users who ignore it keep a trace, and its own ignores are forgotten.</summary>
    public void Leave(User user)
    {
        if (user.IgnoredBy is { } owners)
        {
            byte[]? whenLeft = user.HasChosenName ? user.Name.ToArray() : null;
            foreach (User owner in owners)
            {
                IgnoreList list = owner.Ignoring!;
                list.People.Remove(user, out byte[]? whenIgnored);
                if (user.Account is { } account && list.Accounts.Contains(account.Id))
                {
                    // Known again by the account, from wherever.
                    continue;
                }

                if (whenLeft is not null || whenIgnored is not null)
                {
                    IgnoredTrace trace = new(owner, whenIgnored, whenLeft, user.OriginBlock);
                    list.Traces.Add(trace);
                    Remember(trace);
                }
            }

            user.IgnoredBy = null;
        }

        if (user.Ignoring is { } ignored)
        {
            foreach (User other in ignored.People.Keys)
            {
                RemoveFrom(other, user);
            }

            ignored.Traces.ForEach(Forget);
            user.Ignoring = null;
        }
    }

    private static void Add(IgnoreList list, User owner, User other, byte[]? whenIgnored)
    {
        if (list.People.TryAdd(other, whenIgnored))
        {
            (other.IgnoredBy ??= []).Add(owner);
        }
    }

    private static void RemoveFrom(User other, User owner)
    {
        other.IgnoredBy!.Remove(owner);
        if (other.IgnoredBy.Count == 0)
        {
            other.IgnoredBy = null;
        }
    }

    private void Remember(IgnoredTrace trace)
    {
        Span<byte> key = stackalloc byte[BlockBytes + NameRules.MaxLength];
        foreach (byte[]? name in (ReadOnlySpan<byte[]?>)[trace.WhenIgnored, trace.WhenLeft])
        {
            if (name is not null)
            {
                int length = WriteKey(trace.Block, name, key);
                ref List<IgnoredTrace>? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_lookup, key[..length], out _);
                known ??= [];

                // Both names may be the same, or look alike.
                if (known is not [.., var last] || last != trace)
                {
                    known.Add(trace);
                }
            }
        }
    }

    private void Forget(IgnoredTrace trace)
    {
        Span<byte> key = stackalloc byte[BlockBytes + NameRules.MaxLength];
        foreach (byte[]? name in (ReadOnlySpan<byte[]?>)[trace.WhenIgnored, trace.WhenLeft])
        {
            if (name is not null)
            {
                ReadOnlySpan<byte> written = key[..WriteKey(trace.Block, name, key)];
                if (_lookup.TryGetValue(written, out List<IgnoredTrace>? known) && known.Remove(trace) && known.Count == 0)
                {
                    _lookup.Remove(written);
                }
            }
        }
    }

    private static int WriteKey(UInt128 block, ReadOnlySpan<byte> name, Span<byte> key)
    {
        BinaryPrimitives.WriteUInt128BigEndian(key, block);
        return BlockBytes + LookAlikes.Fold(name, key[BlockBytes..]);
    }
}
