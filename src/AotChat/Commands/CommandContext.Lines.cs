using System.Runtime.CompilerServices;
using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <content>The lines that a command writes: the server's own, and the caller's words.</content>
internal sealed partial class CommandContext
{
    /// <summary>Writes a server line to the caller.</summary>
    [OverloadResolutionPriority(1)]
    public void Reply([InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        Session.TryTake(Chat.Notices.End(), Delivery.Answer);
    }

    /// <summary>
    /// Writes a server line to the caller, of text from outside. Begin it with a word of the server's: what a user has typed
    /// could look like what somebody else says.
    /// </summary>
    public void Reply(string line) => Reply($"{line}");

    /// <inheritdoc cref="Reply(string)"/>
    public void Reply(ReadOnlySpan<byte> line) => Reply($"{line}");

    /// <summary>Writes a server line to the caller that was composed piece by piece after <see cref="BeginLine"/>.</summary>
    public void Reply(NoticeComposer line) => Session.TryTake(line.End(), Delivery.Answer);

    /// <summary>Opens a server line for what no interpolated string can say: a list.</summary>
    public NoticeComposer BeginLine() => Chat.Notices.Begin();

    /// <summary>Writes a server line to somebody; false where it can't be delivered.</summary>
    [OverloadResolutionPriority(1)]
    public bool TryTell(User recipient, [InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        ChatEvent notice = Chat.Notices.End();
        return TryDeliver(recipient, notice);
    }

    /// <summary>Writes a server line to somebody, of text from outside; false where it can't be delivered.</summary>
    public bool TryTell(User recipient, string line) => TryTell(recipient, $"{line}");

    /// <inheritdoc cref="TryTell(User, string)"/>
    public bool TryTell(User recipient, ReadOnlySpan<byte> line) => TryTell(recipient, $"{line}");

    /// <summary>
    /// Writes a server line to everybody in a room, the caller included. It is the server's, so that it reaches also those
    /// who ignore the caller, and the history does not keep it.
    /// </summary>
    [OverloadResolutionPriority(1)]
    public void TellRoom(Room room, [InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        ChatEvent notice = Chat.Notices.End();
        foreach (User member in room.Members)
        {
            member.TryTake(notice, Delivery.Shared);
        }
    }

    /// <summary>The same, of text from outside.</summary>
    public void TellRoom(Room room, string line) => TellRoom(room, $"{line}");

    /// <inheritdoc cref="TellRoom(Room, string)"/>
    public void TellRoom(Room room, ReadOnlySpan<byte> line) => TellRoom(room, $"{line}");

    /// <summary>Writes a server line to everybody who is here, the caller included; ignoring does not matter.</summary>
    [OverloadResolutionPriority(1)]
    public void TellEveryone([InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        ChatEvent notice = Chat.Notices.End();
        foreach (User user in Users)
        {
            user.TryTake(notice, Delivery.Shared);
        }
    }

    /// <summary>The same, of text from outside.</summary>
    public void TellEveryone(string line) => TellEveryone($"{line}");

    /// <inheritdoc cref="TellEveryone(string)"/>
    public void TellEveryone(ReadOnlySpan<byte> line) => TellEveryone($"{line}");

    /// <summary>Says something in a room as the caller; where the caller may not, the caller is told.</summary>
    public void Say(Room room, ReadOnlySpan<byte> text)
    {
        if (MayIn(room, RoomRight.Talk))
        {
            Chat.Talk.Say(Session, room, text);
            if (!_isHook)
            {
                CommandHooks.Said(this, room, text);
            }
        }
    }

    /// <inheritdoc cref="Say(Room, ReadOnlySpan{byte})"/>
    public void Say(Room room, string text) => Say(room, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes the caller's words to somebody: <c>SENDER TEXT</c>; false where they can't be delivered.</summary>
    public bool TrySay(User recipient, ReadOnlySpan<byte> text)
    {
        if (!TryDeliver(recipient, Chat.Events.Raise(ChatEventKind.Direct, User, null, text)))
        {
            return false;
        }

        if (recipient != User)
        {
            recipient.LastWriter = User;
            if (User.HasSeveralSessions)
            {
                User.TakeElsewhere(Session, Chat.Events.RaiseSent(User, recipient.Name, text));
            }
        }

        return true;
    }

    /// <inheritdoc cref="TrySay(User, ReadOnlySpan{byte})"/>
    public bool TrySay(User recipient, string text) => TrySay(recipient, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes the caller's words to everybody else; the line is made once. Where there is nobody, the caller is told.</summary>
    /// <remarks>Users who lag and miss it count as reached: they are told how many lines they missed.</remarks>
    public void Broadcast(ReadOnlySpan<byte> text)
    {
        ChatEvent broadcast = Chat.Events.Raise(ChatEventKind.Broadcast, User, null, text);
        bool isAnybodyThere = false;
        foreach (User other in Users)
        {
            if (other == User)
            {
                other.TakeElsewhere(Session, broadcast);
            }
            else if (!other.Ignores(User))
            {
                isAnybodyThere = true;
                other.TryTake(broadcast, Delivery.Shared);
            }
        }

        if (!isAnybodyThere)
        {
            Reply($"Nobody was reached.");
        }
    }

    /// <inheritdoc cref="Broadcast(ReadOnlySpan{byte})"/>
    public void Broadcast(string text) => Broadcast(Encoding.UTF8.GetBytes(text));

    /// <summary>Tells the caller the message of the day; where there is none, how to go on.</summary>
    public void TellMessageOfTheDay()
    {
        if (Options.MessageOfTheDay.Count == 0)
        {
            Reply($"Type \"{Slash}join lobby\" to talk with others, \"{Slash}help\" for all commands.");
        }

        foreach (string line in Options.MessageOfTheDay)
        {
            Reply($"{line}");
        }
    }

    /// <summary>Tells the caller that a user is away, and the reason where there is one.</summary>
    public void TellAway(User user, ReadOnlySpan<byte> reason)
    {
        if (reason.IsEmpty)
        {
            Reply($"User {user} is away.");
        }
        else
        {
            Reply($"User {user} is away: {reason}");
        }
    }

    /// <summary>Tells the caller, who was slow to read, how many lines were left out, and how to read what was said.</summary>
    public void TellMissed(int count)
    {
        NoticeComposer line = BeginLine();
        line.AppendLiteral("You missed "u8);
        line.AppendNumber(count);
        line.AppendLiteral(count == 1 ? " line."u8 : " lines."u8);
        ReadOnlySpan<byte> separator = count == 1 ? " To read it: "u8 : " To read them: "u8;
        foreach (Membership membership in User.Memberships)
        {
            if (membership.FirstMissed > 0
                && membership.Room.History.Between(membership.FirstMissed, membership.LastMissed) is [var first, ..] kept)
            {
                line.AppendLiteral(separator);
                line.AppendLiteral("/history "u8);
                line.AppendLiteral(membership.Room.Name);
                line.AppendLiteral(" "u8);
                line.AppendNumber(first);
                line.AppendLiteral("-"u8);
                line.AppendNumber(kept[^1]);
                separator = ", "u8;
            }

            membership.ForgetMissed();
        }

        Reply(line);
    }

    // Users who have ended their input still read the answers to what they did.
    private bool TryDeliver(User recipient, ChatEvent happened) =>
        recipient == User && !User.IsOnline
            ? Session.TryTake(happened, Delivery.Direct)
            : recipient.IsOnline && !recipient.Ignores(User) && recipient.TryTake(happened, Delivery.Direct);
}
