using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>The users who are here: names new ones, finds them by name, lists them in order of arrival. Owned by the event loop.</summary>
/// <remarks>
/// A doubly linked list through the users themselves keeps the order at a constant cost for arriving and leaving.
/// Nobody may enter or leave while the list is walked; writing a line to a user never makes one leave.
/// </remarks>
internal sealed class UserDirectory
{
    /// <summary>The number of the first user; the seed begins with u1000.</summary>
    public const int FirstNumber = 1000;

    // By the folded name, so that no two names that look alike are in use.
    private readonly Dictionary<byte[], User> _byName = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], User>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private ReservedNames _reserved;
    private User? _first;
    private User? _last;
    private long _nextNumber = FirstNumber;

    /// <param name="reserved">The names that nobody may take.</param>
    public UserDirectory(ReservedNames reserved)
    {
        _reserved = reserved;
        _lookup = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Replaces the names that nobody may take; a user who has one of them keeps it.</summary>
    public void Reserve(ReservedNames reserved) => _reserved = reserved;

    /// <summary>Whether nobody may take a name, and whoever has it from before keeps it only as a guest.</summary>
    public bool IsReserved(ReadOnlySpan<byte> name) => _reserved.IsReserved(name);

    /// <summary>How many users are here.</summary>
    public int Count => _byName.Count;

    /// <summary>Adds a user under the next free name: u1000, u1001, … without end.</summary>
    /// <param name="session">What the user is present through.</param>
    /// <param name="now">The time, in ticks of UTC.</param>
    public User Enter(IUserSession session, long now)
    {
        byte[] name = NextName();
        User user = new(name, LookAlikes.Fold(name), now) { IsOnline = true, Previous = _last };
        user.Add(session);
        _byName.Add(user.NameKey, user);
        if (_last is null)
        {
            _first = user;
        }
        else
        {
            _last.Next = user;
        }

        _last = user;
        return user;
    }

    /// <summary>Removes a user; does nothing where the user has left before.</summary>
    public void Leave(User user)
    {
        if (!user.IsOnline)
        {
            return;
        }

        user.IsOnline = false;
        _byName.Remove(user.NameKey);
        if (user.Previous is null)
        {
            _first = user.Next;
        }
        else
        {
            user.Previous.Next = user.Next;
        }

        if (user.Next is null)
        {
            _last = user.Previous;
        }
        else
        {
            user.Next.Previous = user.Previous;
        }

        user.Previous = null;
        user.Next = null;
        user.Forget();
    }

    /// <summary>
    /// Finds a user by name, with or without <c>@</c>: exactly where the server gave the name, in
    /// upper or lower case where the user chose it.
    /// </summary>
    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out User? user)
    {
        name = NameRules.WithoutMark(name);
        if (!TryFindLike(name, out user))
        {
            return false;
        }

        if (user.HasChosenName ? Ascii.EqualsIgnoreCase(name, user.Name) : name.SequenceEqual(user.Name))
        {
            return true;
        }

        user = null;
        return false;
    }

    /// <summary>Gives a user a name of the user's choice.</summary>
    public NameResult Rename(User user, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(user.Name))
        {
            return NameResult.Unchanged;
        }

        if (!NameRules.IsWellFormed(name))
        {
            return NameResult.Malformed;
        }

        bool isOwn = user.Account is { } account && Ascii.EqualsIgnoreCase(account.Name, name);
        if (_reserved.IsReserved(name) && !isOwn)
        {
            return NameResult.Reserved;
        }

        byte[] key = LookAlikes.Fold(name);

        if (_byName.TryGetValue(key, out User? owner) && owner != user)
        {
            return NameResult.Taken;
        }

        Rename(user, name.ToArray(), key, isChosen: true);
        return NameResult.Done;
    }

    /// <summary>Gives a user the name of its account, which nobody else has at present.</summary>
    public void GiveName(User user, Account account) => Rename(user, account.Name.ToArray(), LookAlikes.Fold(account.Name), isChosen: true);

    /// <summary>Gives a user the next free name, as one who enters has it.</summary>
    public void GiveNextName(User user)
    {
        byte[] name = NextName();
        Rename(user, name, LookAlikes.Fold(name), isChosen: false);
    }

    /// <summary>Whether the server gave this name to somebody, who may have left.</summary>
    public bool HasGiven(ReadOnlySpan<byte> name) =>
        name is [(byte)'u' or (byte)'U', not (byte)'0', ..]
        && Utf8Parser.TryParse(name[1..], out ulong number, out int read)
        && read == name.Length - 1
        && number >= FirstNumber
        && number < (ulong)_nextNumber;

    /// <summary>Finds the user whose name is the same, or looks like it.</summary>
    public bool TryFindLike(ReadOnlySpan<byte> name, [NotNullWhen(true)] out User? user)
    {
        if (name.Length > NameRules.MaxLength)
        {
            user = null;
            return false;
        }

        Span<byte> key = stackalloc byte[NameRules.MaxLength];
        return _lookup.TryGetValue(key[..LookAlikes.Fold(name, key)], out user);
    }

    private byte[] NextName() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"u{_nextNumber++}"));

    private void Rename(User user, byte[] name, byte[] key, bool isChosen)
    {
        _byName.Remove(user.NameKey);
        user.Rename(name, key, isChosen);
        _byName.Add(key, user);
    }

    /// <summary>All users, in order of arrival.</summary>
    public Enumerator GetEnumerator() => new(_first);

    /// <summary>Walks the list without allocating.</summary>
    internal struct Enumerator(User? first)
    {
        private User? _next = first;

        public User Current { get; private set; } = null!;

        public bool MoveNext()
        {
            if (_next is null)
            {
                return false;
            }

            Current = _next;
            _next = _next.Next;
            return true;
        }
    }
}
