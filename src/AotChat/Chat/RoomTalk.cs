
namespace AotChat.Chat;

/// <summary>
/// What is said and happens in rooms: raises each event once, keeps what was said, and hands it to the members, in this one
/// order; what a user does in one session is shown in the user's others. Owned by the event loop.
/// </summary>
internal sealed class RoomTalk(EventLog events, HistoryStore history, RoomDirectory rooms, IChatStore store)
{
    private long _notices;

    /// <summary>Says something in a room, to everybody there but the speaker.</summary>
    public void Say(IUserSession origin, Room room, ReadOnlySpan<byte> text) => Speak(origin, room, ChatEventKind.Said, text);

    /// <summary>Does something in a room.</summary>
    public void Act(IUserSession origin, Room room, ReadOnlySpan<byte> text) => Speak(origin, room, ChatEventKind.Acted, text);

    /// <summary>Tells a room that somebody has come.</summary>
    public void TellJoined(IUserSession origin, Room room) =>
        Deliver(origin, events.Raise(ChatEventKind.Joined, origin.User, room, default));

    /// <summary>Takes somebody out of a room and tells it.</summary>
    public void Leave(IUserSession origin, Membership membership)
    {
        rooms.Leave(membership);
        Deliver(origin, events.Raise(ChatEventKind.Left, membership.User, membership.Room, default));
    }

    /// <summary>Puts somebody out of a room and tells all who stay, also those who ignore the one who does it.</summary>
    /// <param name="origin">The session of the user who does it, who need not be there.</param>
    /// <param name="membership">The place in the room that ends.</param>
    /// <param name="reason">Why; may be empty.</param>
    public void Kick(IUserSession origin, Membership membership, ReadOnlySpan<byte> reason)
    {
        rooms.Leave(membership);
        DeliverToAll(origin, events.RaiseKicked(origin.User, membership.User.Name, membership.Room, reason));
    }

    /// <summary>Removes a line from the history in memory, and tells the room.</summary>
    public void RemoveLine(IUserSession origin, Room room, long number)
    {
        ChatEvent removed = events.Raise(ChatEventKind.Removed, origin.User, room, default);
        events.SetNumber(removed, number);
        if (room.History.Holds(number))
        {
            history.Replace(room, number, ChatEventKind.Removed, removed.NameAndText, removed.Name.Length);
        }

        DeliverToAll(origin, removed);
    }

    /// <summary>Takes somebody who ends the connection out of all rooms, and tells them.</summary>
    /// <param name="origin">The last session of the user who leaves.</param>
    /// <param name="text">The last words; may be empty.</param>
    public void Quit(IUserSession origin, ReadOnlySpan<byte> text)
    {
        User user = origin.User;
        while (user.Memberships is [.., var membership])
        {
            rooms.Leave(membership);
            Deliver(origin, events.Raise(ChatEventKind.Quit, user, membership.Room, text));
        }
    }

    /// <summary>Takes somebody out of all rooms without a word: everybody leaves, since the server stops.</summary>
    public void LeaveSilently(User user)
    {
        while (user.Memberships is [.., var membership])
        {
            rooms.Leave(membership);
        }
    }

    /// <summary>Tells a room what it is about from now on.</summary>
    public void TellTopic(IUserSession origin, Room room)
    {
        ChatEvent set = events.Raise(ChatEventKind.TopicSet, origin.User, room, room.Topic);
        if (room.IsRestricted)
        {
            room.Pace.Note(origin.User, room.SlowPause, set.Ticks);
        }

        Deliver(origin, set);
    }

    /// <summary>Tells each user who shares a room with a renamed user, once, the new name.</summary>
    public void TellRenamed(IUserSession origin, ReadOnlySpan<byte> before)
    {
        User user = origin.User;
        ChatEvent renamed = events.RaiseRenamed(user, before);
        user.TakeElsewhere(origin, renamed);
        user.LastNotice = ++_notices;
        foreach (Membership membership in user.Memberships)
        {
            foreach (User member in membership.Room.Members)
            {
                if (member.LastNotice != _notices && !member.Ignores(user))
                {
                    member.LastNotice = _notices;
                    member.TryTake(renamed, Delivery.Shared);
                }
            }
        }
    }

    /// <summary>Shows somebody a line of the history, with its own time.</summary>
    public void Replay(IUserSession reader, Room room, long number) =>
        reader.TryTake(events.Replay(room, history.Read(room, number)), Delivery.Answer);

    /// <summary>Shows somebody a line that the store has kept, with its own time.</summary>
    public void Replay(IUserSession reader, Room room, StoredLine line) => reader.TryTake(events.Replay(room, line), Delivery.Answer);

    private void Speak(IUserSession origin, Room room, ChatEventKind kind, ReadOnlySpan<byte> text)
    {
        User speaker = origin.User;
        ChatEvent said = events.Raise(kind, speaker, room, text);
        long number = history.Add(room, origin.LimitedBlock, kind, said.Ticks, said.NameAndText, said.Name.Length);
        events.SetNumber(said, number);
        if (number > 0)
        {
            store.KeepLine(new SaidLine(room.Id, number, kind, said.Ticks, speaker.Account?.Id ?? 0, said.Name.Length, said.NameAndText));
        }

        if (room.IsRestricted)
        {
            room.Pace.Note(speaker, room.SlowPause, said.Ticks);
        }

        speaker.TakeElsewhere(origin, said);
        foreach (User member in room.Members)
        {
            if (member != speaker && !member.Ignores(speaker) && !member.TryTake(said, Delivery.Shared) && number > 0)
            {
                member.MembershipOf(room)?.Miss(number);
            }
        }
    }

    private static void DeliverToAll(IUserSession origin, ChatEvent happened)
    {
        happened.Author!.TakeElsewhere(origin, happened);
        foreach (User member in happened.Room!.Members)
        {
            if (member != happened.Author)
            {
                member.TryTake(happened, Delivery.Shared);
            }
        }
    }

    // To everybody in the room, and to the author's other sessions.
    private static void Deliver(IUserSession origin, ChatEvent happened)
    {
        User author = happened.Author!;
        author.TakeElsewhere(origin, happened);
        foreach (User member in happened.Room!.Members)
        {
            if (member != author && !member.Ignores(author))
            {
                member.TryTake(happened, Delivery.Shared);
            }
        }
    }
}
