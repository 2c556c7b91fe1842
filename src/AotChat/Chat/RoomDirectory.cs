using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// The rooms and who is in them: makes a room when its first user joins, forgets it when it has neither an owner nor people
/// nor history, and has the store keep what it is. Membership is kept at both ends, and changed here alone. Owned by the event loop.
/// </summary>
internal sealed partial class RoomDirectory
{
    private int _maxRooms;
    private int _maxRoomsPerAddress;
    private int _maxRoomsPerUser;
    private readonly HistoryStore _history;
    private readonly IChatStore _store;
    private readonly Dictionary<byte[], Room> _byName = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], Room>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    // How many rooms count for each account or address block.
    private readonly Dictionary<RoomHolder, int> _opened = [];

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

    /// <summary>Takes on other limits; rooms and memberships beyond them stay.</summary>
    public void Limit(ChatOptions options)
    {
        _maxRooms = options.MaxRooms;
        _maxRoomsPerAddress = options.RoomsPerAddressLimit;
        _maxRoomsPerUser = options.MaxRoomsPerUser;
        MaxRoomsPerAccount = options.MaxRoomsPerAccount;
    }

    /// <summary>Called with a room that has ended.</summary>
    public Action<Room>? Forgotten { get; set; }

    /// <summary>How many rooms an account may own.</summary>
    public int MaxRoomsPerAccount { get; set; } = int.MaxValue;

    /// <summary>How many rooms there are.</summary>
    public int Count => _byName.Count;

    /// <summary>How many accounts and address blocks are remembered: those that one of them counts for.</summary>
    public int RememberedBlocks => _opened.Count;

    /// <summary>All rooms, in no order.</summary>
    public IReadOnlyCollection<Room> All => _byName.Values;

    /// <summary>The rooms with the most people, up to a number: the fullest first, by name where as many are in each.</summary>
    /// <param name="max">How many.</param>
    /// <param name="all">Those to choose from.</param>
    public static Room[] Fullest(int max, IEnumerable<Room> all)
    {
        // The least full of those found so far is at the front: all rooms are looked at, but few are put in order.
        PriorityQueue<Room, Room> found = new(Comparer<Room>.Create(CompareFullness));
        foreach (Room room in all)
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
            if (CheckRoomFor(user) is var result and not JoinResult.Done)
            {
                return result;
            }

            RoomSettings settings = RoomSettings.None with { Owner = user.Account?.Id ?? 0 };
            room = new Room(name.ToArray(), LookAlikes.Fold(name))
            {
                Id = _store.Ids.NextRoom(),
                OpenerBlock = user.OriginBlock,
                Settings = settings,
                Submitted = settings,
            };
            Add(room);
            Save(room);
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

    /// <summary>Ends a room with all that was said in it; the people in it are told before.</summary>
    public void Close(Room room)
    {
        while (room.Members is [.., var last])
        {
            Leave(last.MembershipOf(room)!);
        }

        _history.Clear(room);
        Forget(room);
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

    // Makes room for one more where there is none, and says whether there is.
    private JoinResult CheckRoomFor(User user)
    {
        UInt128 block = user.OriginBlock;
        RoomHolder holder = RoomHolder.Of(user.Account?.Id ?? 0, block);
        if (holder.Account != 0)
        {
            if (OpenedBy(holder) >= MaxRoomsPerAccount)
            {
                return JoinResult.TooManyOfAccount;
            }
        }
        else if (block != IUserSession.ThisMachine && OpenedBy(holder) >= _maxRoomsPerAddress && !TryForgetUnusedRoom(holder, areOthersSpared: true))
        {
            return JoinResult.TooManyOfAddress;
        }

        return _byName.Count >= _maxRooms && !TryForgetUnusedRoom(holder, areOthersSpared: false) ? JoinResult.TooMany : JoinResult.Done;
    }

    private int OpenedBy(RoomHolder holder) => _opened.GetValueOrDefault(holder);

    private void Add(Room room)
    {
        _byName.Add(room.NameKey, room);
        NoteOpened(room.Holder);
    }

    private void NoteOpened(RoomHolder holder) => CollectionsMarshal.GetValueRefOrAddDefault(_opened, holder, out _)++;

    private void NoteClosed(RoomHolder holder)
    {
        ref int opened = ref CollectionsMarshal.GetValueRefOrNullRef(_opened, holder);
        if (--opened == 0)
        {
            _opened.Remove(holder);
        }
    }

    // An owner's room stays, and so does one with lines on disk that memory has no more.
    private void ForgetIfUnused(Room room)
    {
        if (room.Members.IsEmpty && room.History.Count == 0 && room.Owner == 0 && !(_store.KeepsLines && room.History.LastGiven > 0))
        {
            Forget(room);
        }
    }

    private void Forget(Room room)
    {
        if (!Holds(room))
        {
            return;
        }

        _byName.Remove(room.NameKey);
        NoteClosed(room.Holder);
        _store.Write(new StoreChange.RemoveRoom(room.Id));
        Forgotten?.Invoke(room);
    }
}
