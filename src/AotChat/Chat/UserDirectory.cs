using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AotChat.Chat;

/// <summary>Who is here: names new users, finds them by name, lists them in order of arrival. Owned by the event loop.</summary>
/// <remarks>
/// A doubly linked list through the users themselves keeps the order at a constant cost for arriving and leaving.
/// Nobody may enter or leave while the list is walked; writing a line to a user never makes one leave.
/// </remarks>
internal sealed class UserDirectory
{
    /// <summary>The number of the first user; the seed begins with u1000.</summary>
    public const int FirstNumber = 1000;

    private readonly Dictionary<byte[], User> _byName = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], User>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private User? _first;
    private User? _last;
    private long _nextNumber = FirstNumber;

    public UserDirectory() => _lookup = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>How many users are here.</summary>
    public int Count => _byName.Count;

    /// <summary>Adds a user under the next free name: u1000, u1001, … without end.</summary>
    public User Enter(ITerminal terminal)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"u{_nextNumber++}");
        User user = new(Encoding.ASCII.GetBytes(name), terminal) { IsOnline = true, Previous = _last };
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
    }

    /// <summary>Finds a user by the exact name.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out User? user) => _lookup.TryGetValue(name, out user);

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
