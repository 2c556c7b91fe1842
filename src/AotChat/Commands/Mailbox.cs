using System.Text;
using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>Messages for registered users who are not here: kept for the account, and shown at its next login.</summary>
internal static class Mailbox
{
    /// <summary>Keeps a message for several, one after the other, and tells the caller what has become of each.</summary>
    public static async ValueTask KeepAsync(CommandContext context, IReadOnlyList<Account> accounts, byte[] text)
    {
        foreach (Account account in accounts)
        {
            await KeepAsync(context, account, text);
        }
    }

    /// <summary>Keeps a message, and tells the caller what has become of it.</summary>
    /// <remarks>
    /// A sender whom the account ignores gets the same answer, and nothing is kept; such a sender could find out only by
    /// sending more than others may.
    /// </remarks>
    public static async ValueTask KeepAsync(CommandContext context, Account account, byte[] text)
    {
        ChatState chat = context.Chat;
        User sender = context.User;
        long from = sender.Account?.Id ?? 0;
        if (context.Options.MailboxMessages == 0)
        {
            context.Reply($"User {account.Name} is not here, and this server keeps no messages.");
            return;
        }

        StoredMail mail = new(
            chat.Store.Ids.NextMail(), account.Id, from, context.Session.OriginBlock, sender.ToString(), chat.Events.Now, Encoding.UTF8.GetString(text));
        bool isIgnored = from != 0 && account.Kept.Preferences.IgnoredAccounts.Contains(from);
        MailResult result = !isIgnored ? await chat.Store.KeepMailAsync(mail, LimitsOf(context))
            : chat.Store.Problem is null ? MailResult.Kept
            : MailResult.NotWritten;
        switch (result)
        {
            case MailResult.Kept:
                context.Reply($"User {account.Name} is not here; kept until the next login");
                break;

            case MailResult.Full:
                context.Reply($"Not kept: the mailbox of {account.Name} is full (limit {context.Options.MailboxMessages}).");
                return;

            case MailResult.TooManyFromOne:
                context.Reply($"Not kept: {account.Name} has too many messages from {(from == 0 ? "your address" : "you")} to read already (limit {context.Options.MailboxPerSender}).");
                return;

            case MailResult.TooManyInAll:
                context.Reply($"Not kept: too many messages from {(from == 0 ? "your address" : "you")} wait to be read already (limit {context.Options.MailboxTotalPerSender}).");
                return;

            default:
                context.TellNotKept();
                return;
        }

        if (sender.HasSeveralSessions)
        {
            sender.TakeElsewhere(context.Session, chat.Events.RaiseSent(sender, account.Name, text));
        }

        if (isIgnored)
        {
            return;
        }

        if (!chat.Accounts.TryFind(account.Id, out _))
        {
            chat.Store.Write(new StoreChange.RemoveMail([mail.Id]));
        }
        else if (account.User is { } owner)
        {
            // The login may have read the mailbox before this was in it.
            await DeliverAsync(chat, owner.Sessions[0], account);
        }
    }

    /// <summary>Shows the caller, who has logged in, the messages that were kept.</summary>
    public static ValueTask DeliverAsync(CommandContext context, Account account) => DeliverAsync(context.Chat, context.Session, account);

    private static async ValueTask DeliverAsync(ChatState chat, IUserSession reader, Account account)
    {
        account.HasMoreMail = true;
        if (account.IsShowingMail)
        {
            return;
        }

        account.IsShowingMail = true;
        try
        {
            // What has left the server may still be read from the disk for a moment.
            long shown = 0;
            for (IUserSession? next = reader; account.HasMoreMail && next is not null; next = account.User?.SessionAt(0))
            {
                account.HasMoreMail = false;
                shown = await ShowAsync(chat, next, account, shown);
            }
        }
        finally
        {
            account.IsShowingMail = false;
        }
    }

    // Each message is forgotten once it has left the server, so that nothing is lost with a connection that breaks. Returns
    // the number of the last one that has.
    private static async ValueTask<long> ShowAsync(ChatState chat, IUserSession reader, Account account, long shown)
    {
        IReadOnlyList<StoredMail>? kept = await chat.Store.ReadMailAsync(account.Id);
        if (reader.User.Account != account || !reader.User.Sessions.Contains(reader))
        {
            // The owner may be at another terminal.
            account.HasMoreMail |= account.User is not null;
            return shown;
        }

        if (kept is null)
        {
            Tell(chat, reader, "Messages that were kept for you cannot be read at present. They come with a later login.", null);
            return shown;
        }

        long oldest = OldestOf(chat);
        StoredMail[] mails = [.. kept.Where(mail => mail.Ticks >= oldest && mail.Id > shown)];
        if (mails.Length == 0)
        {
            return shown;
        }

        Tell(chat, reader, "Messages that were kept for you: ", mails.Length);
        int next = 0;
        while (next < mails.Length)
        {
            int first = next;
            int bytes = 0;
            do
            {
                bytes += Show(chat, reader, mails[next++]);
            }
            while (next < mails.Length && bytes < ChatOptions.HistoryBytesShown);

            if (!await reader.SentAsync())
            {
                return shown;
            }

            chat.Store.Write(new StoreChange.RemoveMail([.. mails[first..next].Select(mail => mail.Id)]));
            shown = mails[next - 1].Id;
            if (reader.User.Account != account)
            {
                // Logged out meanwhile: the rest is for the next login.
                return shown;
            }
        }

        return shown;
    }

    private static int Show(ChatState chat, IUserSession reader, StoredMail mail)
    {
        byte[] text = Encoding.UTF8.GetBytes(mail.Text);
        reader.TryTake(chat.Events.ReplayDirect(Encoding.UTF8.GetBytes(mail.SenderName), text, mail.Ticks), Delivery.Answer);
        if (mail.Sender != 0 && chat.Accounts.TryFind(mail.Sender, out Account? sender) && sender.User is { } writer)
        {
            reader.User.LastWriter = writer;
        }

        return text.Length;
    }

    private static void Tell(ChatState chat, IUserSession reader, string words, int? count)
    {
        NoticeComposer line = chat.Notices.Begin();
        line.AppendLiteral(words);
        if (count is { } number)
        {
            line.AppendNumber(number);
        }

        reader.TryTake(line.End(), Delivery.Answer);
    }

    private static MailLimits LimitsOf(CommandContext context)
    {
        // As for all limits by address.
        bool isOfThisMachine = context.User.Account is null && context.Session.OriginBlock == IUserSession.ThisMachine;
        return new(
            context.Options.MailboxMessages,
            context.Options.MailboxPerSender,
            isOfThisMachine ? int.MaxValue : context.Options.MailboxTotalPerSender,
            OldestOf(context.Chat));
    }

    private static long OldestOf(ChatState chat) => chat.Events.Now - (chat.Options.MailboxDays * TimeSpan.TicksPerDay);
}
