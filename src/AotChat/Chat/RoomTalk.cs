namespace AotChat.Chat;

/// <summary>
/// What is said and happens in rooms: makes each line once, keeps what was said, and hands it to the members, in this
/// one order. Owned by the event loop.
/// </summary>
/// <remarks>
/// Behind <c>#ROOM</c> stands a name where somebody says something, and otherwise a mark that no name begins with:
/// <c>*</c> what somebody does, <c>+</c> and <c>-</c> who comes and goes, <c>=</c> a topic, <c>[N]</c> a line of the
/// history. So nothing that one says can be taken for something that happened.
/// </remarks>
internal sealed class RoomTalk(LineComposer lines, HistoryStore history, RoomDirectory rooms)
{
    private long _notices;

    /// <summary>Says something in a room: <c>#ROOM NAME TEXT</c>, to everybody there but the speaker.</summary>
    public void Say(User speaker, Room room, ReadOnlySpan<byte> text) => Speak(speaker, room, HistoryKind.Said, text);

    /// <summary>Does something in a room: <c>#ROOM * NAME TEXT</c>.</summary>
    public void Act(User actor, Room room, ReadOnlySpan<byte> text) => Speak(actor, room, HistoryKind.Done, text);

    /// <summary>Tells a room that somebody has come.</summary>
    public void TellJoined(User user, Room room)
    {
        BeginEvent(room, " + "u8, user);
        lines.AppendLiteral(" joined"u8);
        Deliver(lines.End(), room, user);
    }

    /// <summary>Takes somebody out of a room and tells it.</summary>
    public void Leave(Membership membership)
    {
        rooms.Leave(membership);
        TellGone(membership, " left"u8, default);
    }

    /// <summary>Takes somebody who ends the connection out of all rooms, and tells them.</summary>
    /// <param name="user">Who leaves.</param>
    /// <param name="text">The last words; may be empty.</param>
    public void Quit(User user, ReadOnlySpan<byte> text)
    {
        while (user.Memberships is [.., var membership])
        {
            rooms.Leave(membership);
            TellGone(membership, " quit"u8, text);
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
        BeginEvent(room, " = "u8, user);
        lines.AppendLiteral(" set the topic: "u8);
        lines.MarkText(LineKind.Room);
        lines.AppendLiteral(room.Topic);
        Deliver(lines.End(), room, user);
    }

    /// <summary>Tells everybody who shares a room with somebody, once, what the former is called now.</summary>
    public void TellRenamed(User user, ReadOnlySpan<byte> before)
    {
        lines.Begin();

        // A line that began with the name could be said by the one who has it.
        lines.AppendLiteral("User "u8);
        lines.AppendName(before);
        lines.AppendLiteral(" is now known as "u8);
        lines.AppendName(user.Name);
        Line line = lines.End();
        user.LastNotice = ++_notices;
        foreach (Membership membership in user.Memberships)
        {
            foreach (User member in membership.Room.Members)
            {
                if (member.LastNotice != _notices && !member.Ignores(user))
                {
                    member.LastNotice = _notices;
                    member.Terminal.TryWrite(line, Delivery.Shared);
                }
            }
        }
    }

    /// <summary>Writes a line of the history to somebody: <c>#ROOM [N] NAME TEXT</c>, with its own time.</summary>
    public void Replay(User reader, Room room, long number)
    {
        HistoryLine line = history.Read(room, number);
        BeginRoomLine(room, line.Ticks);
        lines.AppendLiteral(" ["u8);
        lines.AppendNumber(number);
        lines.AppendLiteral(line.Kind == HistoryKind.Done ? "] * "u8 : "] "u8);
        lines.AppendName(line.Name);
        lines.MarkText(LineKind.History);
        lines.AppendLiteral(line.Rest);
        reader.Terminal.TryWrite(lines.End(), Delivery.Answer);
    }

    private void Speak(User speaker, Room room, HistoryKind kind, ReadOnlySpan<byte> text)
    {
        long now = lines.Now;
        BeginRoomLine(room, now);
        lines.AppendLiteral(kind == HistoryKind.Done ? " * "u8 : " "u8);
        int body = lines.LineLength;
        lines.AppendName(speaker.Name);
        lines.AppendLiteral(" "u8);
        lines.MarkText(LineKind.Room);
        lines.AppendText(text);
        Line line = lines.End();
        long number = history.Add(room, speaker.Terminal.OriginBlock, kind, now, lines.Bytes(line)[body..^1], speaker.Name.Length);
        foreach (User member in room.Members)
        {
            if (member != speaker && !member.Ignores(speaker) && !member.Terminal.TryWrite(line, Delivery.Shared) && number > 0)
            {
                member.MembershipOf(room)?.Miss(number);
            }
        }
    }

    private void TellGone(Membership membership, ReadOnlySpan<byte> how, ReadOnlySpan<byte> text)
    {
        BeginEvent(membership.Room, " - "u8, membership.User);
        lines.AppendLiteral(how);
        if (!text.IsEmpty)
        {
            lines.AppendLiteral(": "u8);
            lines.MarkText(LineKind.Room);
            lines.AppendText(text);
        }

        Deliver(lines.End(), membership.Room, membership.User);
    }

    private void BeginEvent(Room room, ReadOnlySpan<byte> mark, User user)
    {
        BeginRoomLine(room, lines.Now);
        lines.AppendLiteral(mark);
        lines.AppendName(user.Name);
    }

    private void BeginRoomLine(Room room, long ticks)
    {
        lines.Begin(ticks);
        lines.AppendLiteral("#"u8);
        lines.AppendLiteral(room.Name);
    }

    private static void Deliver(Line line, Room room, User author)
    {
        foreach (User member in room.Members)
        {
            if (member != author && !member.Ignores(author))
            {
                member.Terminal.TryWrite(line, Delivery.Shared);
            }
        }
    }
}
