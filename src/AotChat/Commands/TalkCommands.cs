using System.Diagnostics.CodeAnalysis;
using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>Commands to talk to one user, to all or to a room, and to see who is here.</summary>
internal static class TalkCommands
{
    /// <summary>Lists who else is online. With ROOM, lists who is in ROOM.</summary>
    [Command("w", Aliases = ["who", "names", "users"], Category = CommandCategory.Talking, Example = "w lobby")]
    internal static void Who(CommandContext context, Room? room = null)
    {
        if (room is not null)
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

    /// <summary>
    /// Sends TEXT to USER only. USER can be several names separated by commas, or #ROOM for everyone in that room.
    /// </summary>
    [Command(
        "msg", Aliases = ["m", "tell", "whisper", "query", "pm", "dm", "privmsg"], Usage = "msg USER TEXT", Category = CommandCategory.Talking,
        Example = "msg u1001,u1002 hello there", IsPrivate = true)]
    internal static ValueTask Message(CommandContext context, ReadOnlySpan<byte> recipients, [Rest] ReadOnlySpan<byte> text)
    {
        if (RecipientList.IsIn(recipients, text))
        {
            return SendToSeveral(context, recipients, text);
        }

        if (recipients is [(byte)'#', ..])
        {
            SayIn(context, recipients, text);
        }
        else if (TryFindRecipient(context, recipients, out User? recipient, out Account? absent))
        {
            Send(context, recipient, text);
        }
        else if (absent is not null)
        {
            return Mailbox.KeepAsync(context, absent, text.ToArray());
        }
        else
        {
            context.UserNotFound(recipients);
        }

        return default;
    }

    /// <summary>Answers the last private message you got.</summary>
    [Command("r", Aliases = ["reply"], Category = CommandCategory.Talking, Example = "r fine, and you?", IsPrivate = true)]
    internal static ValueTask Reply(CommandContext context, [Rest] ReadOnlySpan<byte> text)
    {
        if (context.User.LastWriter is not { } writer)
        {
            context.Reply($"Nobody has sent you a message yet.");
            return default;
        }

        // A writer who has an account may be back, or gets it at the next login.
        if (!writer.IsOnline && writer.Account is { } account && context.Chat.Accounts.TryFind(account.Id, out _))
        {
            if (account.User is null)
            {
                return Mailbox.KeepAsync(context, account, text.ToArray());
            }

            writer = account.User;
        }

        Send(context, writer, text);
        return default;
    }

    /// <summary>Sends TEXT to everyone else.</summary>
    [Command("broadcast", Category = CommandCategory.Talking, Example = "broadcast the build is green")]
    internal static void Broadcast(CommandContext context, [Rest] ReadOnlySpan<byte> text) => context.Broadcast(text);

    /// <summary>Says TEXT in ROOM. You must be in ROOM.</summary>
    [Command("say", Category = CommandCategory.Talking, Example = "say lobby hello")]
    internal static void Say(CommandContext context, Room room, [Rest] ReadOnlySpan<byte> text) => context.Say(room, text);

    /// <summary>Tells your current room what you do.</summary>
    [Command("me", Aliases = ["emote"], Category = CommandCategory.Talking, Example = "me waves")]
    internal static void Act(CommandContext context, [Rest] ReadOnlySpan<byte> text)
    {
        if (context.TryChooseRoom(null, out Room? room) && context.MayIn(room, RoomRight.Talk))
        {
            context.Chat.Talk.Act(context.Session, room, text);
        }
    }

    private static void SayIn(CommandContext context, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (context.TryFindRoom(name, out Room? room))
        {
            context.Say(room, text);
        }
    }

    private static void ListRoom(CommandContext context, Room room)
    {
        if (!context.MayIn(room, RoomRight.Look))
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
            context.Reply($"Nobody is in {room}.");
        }
    }

    // Everything that can be wrong with the list is found before anything is sent.
    private static ValueTask SendToSeveral(CommandContext context, ReadOnlySpan<byte> recipients, ReadOnlySpan<byte> text)
    {
        RecipientList list = RecipientList.Read(recipients, ref text);
        if (list.IsTooLong)
        {
            context.Reply($"Too many recipients (limit {ChatOptions.MaxRecipients}).");
            return default;
        }

        if (list.HasBlanks)
        {
            foreach (byte[] name in list.Names)
            {
                if (!IsKnown(context, name))
                {
                    context.Reply($"Not sent: \"{name}\" was not found. To send to several: {context.Slash}msg USER,USER TEXT");
                    return default;
                }
            }
        }

        if (text.IsEmpty)
        {
            context.InvalidCall("Invalid msg parameters: TEXT is missing"u8, "msg USER TEXT"u8);
            return default;
        }

        List<User> reached = [];
        List<Account> kept = [];
        foreach (byte[] name in list.Names)
        {
            if (name is [(byte)'#', ..])
            {
                SayIn(context, name, text);
            }
            else if (TryFindRecipient(context, name, out User? recipient, out Account? absent))
            {
                if (!reached.Contains(recipient))
                {
                    reached.Add(recipient);
                    Send(context, recipient, text);
                }
            }
            else if (absent is null)
            {
                context.UserNotFound(name);
            }
            else if (!kept.Contains(absent))
            {
                kept.Add(absent);
            }
        }

        return kept.Count == 0 ? default : Mailbox.KeepAsync(context, kept, text.ToArray());
    }

    private static bool IsKnown(CommandContext context, ReadOnlySpan<byte> name) => name is [(byte)'#', ..]
        ? context.TryReadRoom(name, out _)
        : TryFindRecipient(context, name, out _, out Account? absent) || absent is not null;

    // Users of other chats write @bob; no name begins with it. The owner of an account may be here under another name.
    private static bool TryFindRecipient(
        CommandContext context, ReadOnlySpan<byte> name, [NotNullWhen(true)] out User? user, out Account? absent)
    {
        absent = null;
        if (context.TryFindUser(name is [(byte)'@', ..] ? name[1..] : name, out user))
        {
            return true;
        }

        if (context.Chat.Accounts.TryFind(name, out Account? account))
        {
            user = account.User;
            absent = user is null ? account : null;
        }

        return user is not null;
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
