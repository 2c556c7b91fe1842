namespace AotChat.Chat;

/// <summary>
/// What is said and happens in rooms: raises each event once, keeps what was said, and hands it to the members, in this one
/// order. Owned by the event loop.
/// </summary>
internal sealed class RoomTalk(EventLog events, HistoryStore history, RoomDirectory rooms)
{
    private long _notices;

    /// <summary>Says something in a room, to everybody there but the speaker.</summary>
    public void Say(User speaker, Room room, ReadOnlySpan<byte> text) => Speak(speaker, room, ChatEventKind.Said, text);

    /// <summary>Does something in a room.</summary>
    public void Act(User actor, Room room, ReadOnlySpan<byte> text) => Speak(actor, room, ChatEventKind.Acted, text);

    /// <summary>Tells a room that somebody has come.</summary>
    public void TellJoined(User user, Room room)
    {
        Deliver(events.Raise(ChatEventKind.Joined, user, room, default));
    }

    /// <summary>Takes somebody out of a room and tells it.</summary>
    public void Leave(Membership membership)
    {
        rooms.Leave(membership);
        Deliver(events.Raise(ChatEventKind.Left, membership.User, membership.Room, default));
    }

    /// <summary>Takes somebody who ends the connection out of all rooms, and tells them.</summary>
    /// <param name="user">Who leaves.</param>
    /// <param name="text">The last words; may be empty.</param>
    public void Quit(User user, ReadOnlySpan<byte> text)
    {
        while (user.Memberships is [.., var membership])
        {
            rooms.Leave(membership);
            Deliver(events.Raise(ChatEventKind.Quit, user, membership.Room, text));
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
    public void TellTopic(User user, Room room)
    {
        Deliver(events.Raise(ChatEventKind.TopicSet, user, room, room.Topic));
    }

    /// <summary>Tells everybody who shares a room with somebody, once, what the former is called now.</summary>
    public void TellRenamed(User user, ReadOnlySpan<byte> before)
    {
        ChatEvent renamed = events.RaiseRenamed(user, before);
        user.LastNotice = ++_notices;
        foreach (Membership membership in user.Memberships)
        {
            foreach (User member in membership.Room.Members)
            {
                if (member.LastNotice != _notices && !member.Ignores(user))
                {
                    member.LastNotice = _notices;
                    member.Session.TryTake(renamed, Delivery.Shared);
                }
            }
        }
    }

    /// <summary>Shows somebody a line of the history, with its own time.</summary>
    public void Replay(User reader, Room room, long number) =>
        reader.Session.TryTake(events.Replay(room, history.Read(room, number)), Delivery.Answer);

    private void Speak(User speaker, Room room, ChatEventKind kind, ReadOnlySpan<byte> text)
    {
        ChatEvent said = events.Raise(kind, speaker, room, text);
        long number = history.Add(room, speaker.Session.OriginBlock, kind, said.Ticks, said.NameAndText, said.Name.Length);
        events.SetNumber(said, number);
        foreach (User member in room.Members)
        {
            if (member != speaker && !member.Ignores(speaker) && !member.Session.TryTake(said, Delivery.Shared) && number > 0)
            {
                member.MembershipOf(room)?.Miss(number);
            }
        }
    }

    // To everybody in the room but the author.
    private static void Deliver(ChatEvent happened)
    {
        User author = happened.Author!;
        foreach (User member in happened.Room!.Members)
        {
            if (member != author && !member.Ignores(author))
            {
                member.Session.TryTake(happened, Delivery.Shared);
            }
        }
    }
}
