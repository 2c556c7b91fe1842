using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>Talking: to one, to all, to a room, and who is there to talk to.</summary>
internal static class TalkCommands
{
    /// <summary>Lists who else is online, or who is in ROOM.</summary>
    [Command("w", Category = CommandCategory.Talking, Example = "w lobby")]
    internal static void Who(CommandContext context, ReadOnlySpan<byte> room = default)
    {
        if (!room.IsEmpty)
        {
            ListRoom(context, room);
            return;
        }

        NameList list = new(context, "Online users"u8);
        foreach (User other in context.Users)
        {
            if (other != context.User)
            {
                list.Add(other.Name);
            }
        }

        if (!list.End())
        {
            context.Reply($"No other user is connected.");
        }
    }

    /// <summary>Sends TEXT to USER alone, or to several: USER,USER.</summary>
    [Command("msg", Usage = "msg USER TEXT", Category = CommandCategory.Talking, Example = "msg u1001,u1002 hello there", IsPrivate = true)]
    internal static void Message(CommandContext context, ReadOnlySpan<byte> recipients, [Rest] ReadOnlySpan<byte> text)
    {
        if (recipients.Contains((byte)','))
        {
            SendToSeveral(context, recipients, text);
        }
        else if (context.TryFindUser(recipients, out User? recipient))
        {
            Send(context, recipient, text);
        }
        else
        {
            context.UserNotFound(recipients);
        }
    }

    /// <summary>Sends TEXT to the last who sent you something alone.</summary>
    [Command("r", Category = CommandCategory.Talking, Example = "r fine, and you?", IsPrivate = true)]
    internal static void Reply(CommandContext context, [Rest] ReadOnlySpan<byte> text)
    {
        if (context.User.LastWriter is { } writer)
        {
            Send(context, writer, text);
        }
        else
        {
            context.Reply($"Nobody has sent you a message yet.");
        }
    }

    /// <summary>Sends TEXT to everyone else.</summary>
    [Command("broadcast", Category = CommandCategory.Talking, Example = "broadcast the build is green")]
    internal static void Broadcast(CommandContext context, [Rest] ReadOnlySpan<byte> text) => context.Broadcast(text);

    /// <summary>Says TEXT in ROOM.</summary>
    [Command("say", Category = CommandCategory.Talking, Example = "say lobby hello")]
    internal static void Say(CommandContext context, ReadOnlySpan<byte> room, [Rest] ReadOnlySpan<byte> text)
    {
        if (context.TryFindRoom(room, out Room? found) && context.MayIn(found, RoomRight.Talk))
        {
            context.Chat.Talk.Say(context.User, found, text);
        }
    }

    /// <summary>Says in your room what you do.</summary>
    [Command("me", Category = CommandCategory.Talking, Example = "me waves")]
    internal static void Act(CommandContext context, [Rest] ReadOnlySpan<byte> text)
    {
        if (context.TryFindRoom(default, out Room? room) && context.MayIn(room, RoomRight.Talk))
        {
            context.Chat.Talk.Act(context.User, room, text);
        }
    }

    private static void ListRoom(CommandContext context, ReadOnlySpan<byte> name)
    {
        if (!context.TryFindRoom(name, out Room? room) || !context.MayIn(room, RoomRight.Look))
        {
            return;
        }

        NameList list = new(context, "Users in #"u8, room.Name);
        foreach (User member in room.Members)
        {
            list.Add(member.Name);
        }

        if (!list.End())
        {
            context.Reply($"No user is in {room}.");
        }
    }

    private static void SendToSeveral(CommandContext context, ReadOnlySpan<byte> recipients, ReadOnlySpan<byte> text)
    {
        List<User> reached = [];
        foreach (Range range in recipients.Split((byte)','))
        {
            ReadOnlySpan<byte> name = recipients[range];
            if (name.IsEmpty)
            {
                continue;
            }

            if (!context.TryFindUser(name, out User? recipient))
            {
                context.UserNotFound(name);
            }
            else if (!reached.Contains(recipient))
            {
                if (reached.Count == ChatOptions.MostRecipients)
                {
                    context.Reply($"Too many recipients (limit {ChatOptions.MostRecipients}).");
                    return;
                }

                reached.Add(recipient);
                Send(context, recipient, text);
            }
        }
    }

    private static void Send(CommandContext context, User recipient, ReadOnlySpan<byte> text)
    {
        if (!context.TrySay(recipient, text))
        {
            context.Reply($"Cannot deliver the message to {recipient}");
            return;
        }

        context.Reply($"Message is delivered to {recipient}");
        if (recipient.Away is { } away)
        {
            context.TellAway(recipient, away);
        }
    }
}
