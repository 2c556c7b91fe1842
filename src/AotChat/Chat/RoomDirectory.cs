using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// The rooms and who is in them: makes a room when its first user joins, forgets it when it has neither people nor
/// history. Membership is kept at both ends, and changed here alone. Owned by the event loop.
/// </summary>
internal sealed class RoomDirectory
{
    private readonly int _maxRooms;
    private readonly int _maxRoomsPerAddress;
    private readonly int _maxRoomsPerUser;
    private readonly HistoryStore _history;
    private readonly IChatStore _store;
    private readonly Dictionary<byte[], Room> _byName = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], Room>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    // How many rooms each address block has opened.
    private readonly Dictionary<UInt128, int> _opened = [];

    /// <param name="maxRooms">How many rooms there may be.</param>
    /// <param name="maxRoomsPerAddress">How many of them one address block may have opened; not for this machine.</param>
    /// <param name="maxRoomsPerUser">How many rooms a user may be in.</param>
    /// <param name="history">What was said in them.</param>
    /// <param name="store">Where they are kept.</param>
    public RoomDirectory(int maxRooms, int maxRoomsPerAddress, int maxRoomsPerUser, HistoryStore history, IChatStore store)
    {
        _maxRooms = maxRooms;
        _maxRoomsPerAddress = maxRoomsPerAddress;
        _maxRoomsPerUser = maxRoomsPerUser;
        _history = history;
        _store = store;
        _lookup = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();
        history.Emptied = ForgetIfUnused;
    }

    /// <summary>Called with a room that has ended.</summary>
    public Action<Room>? Forgotten { get; set; }

    /// <summary>How many rooms there are.</summary>
    public int Count => _byName.Count;

    /// <summary>How many address blocks are remembered: those that have opened one of them.</summary>
    public int RememberedBlocks => _opened.Count;

    /// <summary>All rooms, in no order.</summary>
    public IReadOnlyCollection<Room> All => _byName.Values;

    /// <summary>The rooms with the most people, up to a number: the fullest first, by name where as many are in each.</summary>
    public Room[] Fullest(int max)
    {
        // The least full of those found so far is at the front: all rooms are looked at, but few are put in order.
        PriorityQueue<Room, Room> found = new(Comparer<Room>.Create(CompareFullness));
        foreach (Room room in _byName.Values)
        {
            if (found.Count < max)
            {
                found.Enqueue(room, room);
            }
            else
            {
                found.EnqueueDequeue(room, room);
            }
        }

        Room[] fullest = new Room[found.Count];
        for (int i = fullest.Length - 1; i >= 0; i--)
        {
            fullest[i] = found.Dequeue();
        }

        return fullest;
    }

    /// <summary>Finds a room by its name, with or without <c>#</c>, in upper or lower case.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Room? room)
    {
        name = WithoutMark(name);
        return TryFindLike(name, out room) && Ascii.EqualsIgnoreCase(name, room.Name);
    }

    /// <summary>Makes a user a member of a room, which is made where there is none of that name, and turns the user to it.</summary>
    /// <param name="user">The user; online.</param>
    /// <param name="name">The room's name, with or without <c>#</c>.</param>
    /// <param name="room">The room that the user is in now, or the room whose name looks like it.</param>
    public JoinResult Join(User user, ReadOnlySpan<byte> name, out Room? room)
    {
        name = WithoutMark(name);
        room = null;
        if (!NameRules.IsWellFormed(name))
        {
            return JoinResult.Malformed;
        }

        if (TryFindLike(name, out room))
        {
            if (!Ascii.EqualsIgnoreCase(name, room.Name))
            {
                return JoinResult.LooksLikeAnother;
            }

            if (user.MembershipOf(room) is not null)
            {
                user.CurrentRoom = room;
                return JoinResult.Unchanged;
            }
        }

        if (user.Memberships.Length >= _maxRoomsPerUser)
        {
            return JoinResult.TooManyOfUser;
        }

        if (room is null)
        {
            UInt128 block = user.OriginBlock;
            if (block != IUserSession.ThisMachine && OpenedBy(block) >= _maxRoomsPerAddress && !TryForgetUnusedRoom(block, areOthersSpared: true))
            {
                return JoinResult.TooManyOfAddress;
            }

            if (_byName.Count >= _maxRooms && !TryForgetUnusedRoom(block, areOthersSpared: false))
            {
                return JoinResult.TooMany;
            }

            room = new Room(name.ToArray(), LookAlikes.Fold(name)) { Id = _store.Ids.NextRoom(), OpenerBlock = block };
            _byName.Add(room.NameKey, room);
            CollectionsMarshal.GetValueRefOrAddDefault(_opened, block, out _)++;
        }

        room.Add(user);
        user.Add(new Membership(user, room));
        user.CurrentRoom = room;
        return JoinResult.Done;
    }

    /// <summary>Ends a membership; the user turns to the room joined last of those that are left. Does nothing where it has ended.</summary>
    public void Leave(Membership membership)
    {
        (User user, Room room) = (membership.User, membership.Room);
        if (!user.Remove(membership))
        {
            return;
        }

        room.Remove(user);
        if (user.CurrentRoom == room)
        {
            user.CurrentRoom = user.Memberships is [.., var last] ? last.Room : null;
        }

        ForgetIfUnused(room);
    }

    private static int CompareFullness(Room a, Room b)
    {
        int byPeople = a.Members.Length.CompareTo(b.Members.Length);
        return byPeople != 0 ? byPeople : b.Name.SequenceCompareTo(a.Name);
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> name) => name is [(byte)'#', ..] ? name[1..] : name;

    private bool TryFindLike(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Room? room)
    {
        if (name.Length > NameRules.MaxLength)
        {
            room = null;
            return false;
        }

        Span<byte> key = stackalloc byte[NameRules.MaxLength];
        return _lookup.TryGetValue(key[..LookAlikes.Fold(name, key)], out room);
    }

    private int OpenedBy(UInt128 block) => _opened.GetValueOrDefault(block);

    private void ForgetIfUnused(Room room)
    {
        if (room.Members.IsEmpty && room.History.Count == 0)
        {
            Forget(room);
        }
    }

    private void Forget(Room room)
    {
        _byName.Remove(room.NameKey);
        ref int opened = ref CollectionsMarshal.GetValueRefOrNullRef(_opened, room.OpenerBlock);
        if (--opened == 0)
        {
            _opened.Remove(room.OpenerBlock);
        }

        Forgotten?.Invoke(room);
    }

    // Makes room for one more, so that nobody can fill the house permanently. Only a room that its history alone keeps is
    // dropped: of the block that has opened most, the new one included; of equal blocks, the opener's; and of the block's
    // rooms the one that was silent for longest.
    private bool TryForgetUnusedRoom(UInt128 opener, bool areOthersSpared)
    {
        Room? unused = null;
        (int Opened, bool IsOwn, long Silence) max = default;
        foreach (Room room in _byName.Values)
        {
            bool isOwn = room.OpenerBlock == opener;
            if (room.Members.IsEmpty && (isOwn || !areOthersSpared))
            {
                int opened = OpenedBy(room.OpenerBlock) + (isOwn ? 1 : 0);
                (int, bool, long) candidate = (opened, isOwn, -_history.SequenceOf(room, room.History.Last));
                if (unused is null || candidate.CompareTo(max) > 0)
                {
                    (unused, max) = (room, candidate);
                }
            }
        }

        if (unused is null)
        {
            return false;
        }

        _history.Clear(unused);
        Forget(unused);
        return true;
    }
}
