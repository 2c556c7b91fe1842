using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>What happens when somebody has logged in: the name, what the account brings along, and what was kept.</summary>
internal static class AccountEntry
{
    /// <summary>Logs the caller, a guest who is here, in to an account whose password was right.</summary>
    public static async ValueTask EnterAsync(CommandContext context, Account account)
    {
        ChatState chat = context.Chat;
        bool isFirst = account.User is null;
        context.LogIn(account);
        if (context.HasLeft)
        {
            // One who may not be here is put out at once.
            return;
        }

        if (isFirst && chat.TakeAccountName(context.Session, account) is { } holder)
        {
            TellRenamed(context, holder, account);
        }

        chat.Keeper.NoteLogin(account, chat.Events.Now);
        chat.AccountActed?.Invoke(AccountAct.LoggedIn, context.Session, account.Kept.Name);
        if (isFirst)
        {
            context.Reply($"You are logged in as {account.Name}.");
            await BringAlongAsync(context, account);
        }
        else
        {
            context.Reply($"You are logged in as {account.Name}, at {context.User.Sessions.Count} terminals.");
            TellRooms(context);
        }

        if (context.User.Account == account)
        {
            await Mailbox.DeliverAsync(context, account);
        }
    }

    private static void TellRenamed(CommandContext context, User holder, Account account)
    {
        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("You are now known as "u8);
        line.AppendName(holder.Name);
        line.AppendLiteral(": the owner of "u8);
        line.AppendName(account.Name);
        line.AppendLiteral(" has logged in."u8);
        holder.TryTake(line.End(), Delivery.Answer);
    }

    private static async ValueTask BringAlongAsync(CommandContext context, Account account)
    {
        StoredPreferences kept = account.Kept.Preferences;
        User user = context.User;
        context.Chat.Keeper.Restore(context.Session, account);
        IgnoreBook.Restore(user, kept.IgnoredAccounts, context.Chat.Accounts);
        if (user.Away is { Length: 0 })
        {
            context.Reply($"You are away.");
        }
        else if (user.Away is { } away)
        {
            context.Reply($"You are away: {away}");
        }

        // All are joined before one is waited for: who is gone by then has been in all of them, and is in all next time.
        List<Task> entering = [];
        foreach (string name in kept.Rooms)
        {
            // As if it was typed, so that the room's rights hold.
            byte[] room = Encoding.ASCII.GetBytes(name);
            if (!context.Chat.Rooms.TryFind(room, out Room? found))
            {
                // Closed meanwhile, or forgotten without a line: to join it would open it anew, for this user as its owner.
                context.Reply($"Room #{name} is no more.");
            }
            else if (user.MembershipOf(found) is null)
            {
                entering.Add(RoomCommands.Join(context, room).AsTask());
            }
        }

        context.Chat.Keeper.Note(user);
        await Task.WhenAll(entering);
    }

    private static void TellRooms(CommandContext context)
    {
        if (context.User.CurrentRoom is not { } current)
        {
            return;
        }

        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("You are in"u8);
        foreach (Membership membership in context.User.Memberships)
        {
            line.AppendLiteral(" #"u8);
            line.AppendLiteral(membership.Room.Name);
        }

        line.AppendLiteral(". What you type is said in #"u8);
        line.AppendLiteral(current.Name);
        line.AppendLiteral("; commands begin with /."u8);
        context.Reply(line);
    }
}
