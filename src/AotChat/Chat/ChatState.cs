using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>Everything that the chat knows: who is here, the rooms, what was said. Owned by the event loop.</summary>
internal sealed partial class ChatState : StateOwner
{
    /// <param name="options">The settings and limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="reserved">The names that nobody may take.</param>
    /// <param name="store">What is kept beyond the life of the process.</param>
    public ChatState(ChatOptions options, TimeProvider time, ReservedNames reserved, IChatStore store)
    {
        Options = options;
        Time = time;
        Store = store;
        Events = new EventLog(time);
        Notices = new NoticeComposer(Events);
        Zones = new TimeZones(options.TimeZoneDirectory);
        Users = new UserDirectory(reserved);
        History = new HistoryStore(options.HistoryLines, options.HistoryBytes);
        Rooms = new RoomDirectory(options.MaxRooms, options.RoomsPerAddressLimit, options.MaxRoomsPerUser, History, store)
        {
            MaxRoomsPerAccount = options.MaxRoomsPerAccount,
        };
        Talk = new RoomTalk(Events, History, Rooms, store);
        Seen = new SeenNames(options.SeenNames);
        Logins = new LoginLimits(options, time);
        Keeper = new AccountKeeper(store, Zones);
        Accounts.Removed = account => Rooms.ForgetAccount(account.Id);
        Rooms.Forgotten = room =>
        {
            Bans.RemoveRoom(room.Id);
            room.EndState(Failed);
        };
    }

    public ChatOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>What is kept beyond the life of the process.</summary>
    public IChatStore Store { get; }

    /// <summary>The bans and mutes.</summary>
    public BanList Bans { get; } = new();

    /// <summary>What happens in this turn.</summary>
    public EventLog Events { get; }

    /// <summary>Composes what the server itself says.</summary>
    public NoticeComposer Notices { get; }

    /// <summary>The time zones that readers may ask for.</summary>
    public TimeZones Zones { get; }

    public UserDirectory Users { get; }

    public RoomDirectory Rooms { get; }

    public HistoryStore History { get; }

    public RoomTalk Talk { get; }

    public SeenNames Seen { get; }

    public IgnoreBook Ignores { get; } = new();

    public NameClaims Claims { get; } = new();

    /// <summary>Takes over what was kept; before the first user comes.</summary>
    public void Restore(StoredState state)
    {
        foreach (StoredAccount account in state.Accounts)
        {
            Accounts.Add(account);
        }

        Rooms.Restore(state.Rooms);
        HashSet<long> rooms = [BanList.Server, .. Rooms.All.Select(room => room.Id)];
        foreach (StoredBan ban in state.Bans)
        {
            if (rooms.Contains(ban.Room))
            {
                Bans.Add(ban);
            }
            else
            {
                Store.Write(new StoreChange.RemoveBan(ban.Id));
            }
        }

        Forget(Bans.TakeEnded(Events.Now));
    }

    /// <summary>Forgets the bans and mutes of a room, or of the server, that have ended, in the store too.</summary>
    public void ForgetEndedBans(long room) => Forget(Bans.TakeEnded(room, Events.Now));

    /// <summary>Adds a user who has connected.</summary>
    public User Enter(IUserSession session)
    {
        User user = Users.Enter(session, Events.Now);
        user.LastActive = Time.GetTimestamp();
        UpdateLevel(user);
        return user;
    }

    /// <summary>Runs callbacks later on the event loop; null where there is none.</summary>
    public IScheduler? Scheduler { get; set; }

    /// <summary>Called with an exception from a command's code that nobody awaits: a hook, a timer, state that ends.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>Called with a renamed user and the old name.</summary>
    public Action<User, byte[]>? Renamed { get; set; }

    /// <summary>Renames a user.</summary>
    public NameResult Rename(User user, ReadOnlySpan<byte> name)
    {
        if (Accounts.TryFindLike(name, out Account? account) && account != user.Account && NameRules.IsWellFormed(name))
        {
            return NameResult.Registered;
        }

        byte[] before = user.Name.ToArray();
        bool wasChosen = user.HasChosenName;
        NameResult result = Users.Rename(user, name);
        if (result == NameResult.Done)
        {
            NoteRenamed(user, before, wasChosen);
        }

        return result;
    }

    /// <summary>Adds a user to a room; see <see cref="RoomDirectory.Join"/>.</summary>
    public JoinResult Join(User user, ReadOnlySpan<byte> name, out Room? room)
    {
        if (!user.IsOnline)
        {
            throw new InvalidOperationException("A user who has left can't join a room.");
        }

        JoinResult result = Rooms.Join(user, name, out room);
        if (result == JoinResult.Done)
        {
            MarkBroadcasts(user);
        }

        return result;
    }

    /// <summary>Whether somebody has, had, or has registered this name or one that looks like it; <c>@</c> in front does not count.</summary>
    public bool IsOrWasHere(ReadOnlySpan<byte> name)
    {
        name = NameRules.WithoutMark(name);
        return Users.TryFindLike(name, out _) || Seen.HoldsLike(name) || Users.HasGiven(name) || Accounts.TryFindLike(name, out _);
    }

    /// <summary>
    /// Whether a word is one slip away from the name of a user who is here, or from a registered one: two characters swapped or, in words of four
    /// or more, one added, missing or replaced. <c>@</c> in front does not count, and the name itself is no slip.
    /// </summary>
    public bool IsNearSomebody(ReadOnlySpan<byte> name) => NameSlips.IsNearSomebody(NameRules.WithoutMark(name), Users, Accounts);

    /// <summary>Ends a session and, with the last one, its user's presence; does nothing where it has ended before.</summary>
    /// <param name="session">The session that ends.</param>
    /// <param name="lastWords">The last words, for users who share a room; may be empty.</param>
    /// <param name="isTold">Whether those users are told; false when everybody leaves, since each would hear of all.</param>
    public void Leave(IUserSession session, ReadOnlySpan<byte> lastWords, bool isTold)
    {
        User user = session.User;
        IReadOnlyList<IUserSession> sessions = user.Sessions;
        if (sessions.Count == 1 && sessions[0] == session)
        {
            LeaveForGood(session, lastWords, isTold);
        }

        user.Remove(session);
        if (user.IsOnline)
        {
            UpdateLevel(user);
        }
    }

    /// <summary>Ends all state when the server stops: that of users and rooms, then the server's own.</summary>
    public void End()
    {
        foreach (User user in Users)
        {
            user.EndState(Failed);
        }

        foreach (Room room in Rooms.All)
        {
            room.EndState(Failed);
        }

        EndState(Failed);
    }

    private void Forget(StoredBan[] bans)
    {
        foreach (StoredBan ended in bans)
        {
            Store.Write(new StoreChange.RemoveBan(ended.Id));
        }
    }

    private void NoteRenamed(User user, byte[] before, bool wasChosen)
    {
        if (wasChosen)
        {
            Seen.Note(before, Events.Now);
        }

        MarkBroadcasts(user);
        Ignores.NoteName(user);
        Claims.Note(user);
        Renamed?.Invoke(user, before);
    }

    private void LeaveForGood(IUserSession last, ReadOnlySpan<byte> lastWords, bool isTold)
    {
        User user = last.User;
        if (isTold)
        {
            Talk.Quit(last, lastWords);
        }
        else
        {
            Talk.LeaveSilently(user);
        }

        if (user.HasChosenName)
        {
            Seen.Note(user.Name, Events.Now);
        }

        Ignores.Leave(user);
        Claims.Note(user);
        Users.Leave(user);
        user.EndState(Failed);
    }

    // A user who has chosen a name or a room does more than the seed knows, and gets lines from more than one side; for
    // everybody else the seed's line stays as it is.
    private static void MarkBroadcasts(User user)
    {
        foreach (IUserSession session in user.Sessions)
        {
            session.Preferences = session.Preferences with { MarksBroadcasts = true };
        }
    }
}
