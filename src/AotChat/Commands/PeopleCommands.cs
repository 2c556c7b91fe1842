using AotChat.Chat;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>Commands about names and the people behind them.</summary>
internal static class PeopleCommands
{
    /// <summary>Changes your name to NAME.</summary>
    [Command("nick", Aliases = ["name"], Category = CommandCategory.People, Example = "nick alice")]
    internal static ValueTask Nick(CommandContext context, ReadOnlySpan<byte> name)
    {
        NameResult result = TryTake(context, name);
        return result == NameResult.Taken ? NameTakeover.AskAsync(context, name) : default;
    }

    /// <summary>Gives the caller a name, or says why not; nothing is said yet where it is taken.</summary>
    internal static NameResult TryTake(CommandContext context, ReadOnlySpan<byte> name)
    {
        // The name may lie in the array that renaming replaces.
        byte[] before = context.User.Name.ToArray();
        NameResult result = ServerModeration.IsNameBanned(context, name) ? NameResult.Banned : context.Chat.Rename(context.User, name);
        switch (result)
        {
            case NameResult.Done:
                context.Reply($"You are now known as {context.User}");
                context.Chat.Talk.TellRenamed(context.Session, before);
                RoomBans.Enforce(context);
                break;

            case NameResult.Unchanged:
                context.Reply($"You are already known as {context.User}.");
                break;

            case NameResult.Banned:
                context.Reply($"Name is banned: {name}");
                break;

            case NameResult.Malformed:
                context.Reply($"Invalid name: {name} ({NameRules.Text})");
                break;

            case NameResult.Reserved:
                context.Reply($"Name is reserved: {name}");
                break;

            case NameResult.Registered:
                AccountCommands.TellRegistered(context, name);
                break;
        }

        return result;
    }

    /// <summary>Shows when USER joined the chat. Also shows how long USER has been idle, and which rooms USER is in.</summary>
    [Command("whois", Category = CommandCategory.People, Example = "whois alice")]
    internal static void WhoIs(CommandContext context, User user)
    {
        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("User "u8);
        line.AppendName(user.Name);
        line.AppendLiteral(": here since "u8);
        line.AppendTime(user.Since);
        line.AppendLiteral(", idle for "u8);
        line.AppendDuration(context.Chat.Time.GetElapsedTime(user.LastActive));
        ReadOnlySpan<byte> separator = ", in #"u8;
        foreach (Membership membership in user.Memberships)
        {
            if (Permissions.MayIn(context.User, membership.Room, RoomRight.Look))
            {
                line.AppendLiteral(separator);
                line.AppendLiteral(membership.Room.Name);
                separator = " #"u8;
            }
        }

        if (Permissions.MaySeeOrigin(context.User))
        {
            if (user.Account is { } account)
            {
                line.AppendLiteral(", account "u8);
                line.AppendName(account.Name);
            }

            separator = ", from "u8;
            foreach (IUserSession session in user.Sessions)
            {
                line.AppendLiteral(separator);
                ConnectionCommands.AppendOrigin(line, session);
                separator = " and "u8;
            }
        }

        context.Reply(line);
        if (user.Away is { } away)
        {
            context.TellAway(user, away);
        }
    }

    /// <summary>Shows when NAME was last here.</summary>
    [Command("seen", Category = CommandCategory.People, Example = "seen alice")]
    internal static void Seen(CommandContext context, ReadOnlySpan<byte> name)
    {
        NoticeComposer line;
        if (context.TryFindUser(name, out User? user))
        {
            line = context.BeginLine();
            line.AppendLiteral("User "u8);
            line.AppendName(user.Name);
            line.AppendLiteral(" is here, idle for "u8);
            line.AppendDuration(context.Chat.Time.GetElapsedTime(user.LastActive));
        }
        else if (context.Chat.Accounts.TryFind(name, out Account? account) && account.User is { } renamed)
        {
            line = context.BeginLine();
            line.AppendLiteral("User "u8);
            line.AppendName(account.Name);
            line.AppendLiteral(" is here as "u8);
            line.AppendName(renamed.Name);
            line.AppendLiteral(", idle for "u8);
            line.AppendDuration(context.Chat.Time.GetElapsedTime(renamed.LastActive));
        }
        else if (context.Chat.Seen.TryFind(name, out long ticks, out byte[] written))
        {
            line = BeginSeen(context, written, " was last here at "u8, ticks);
        }
        else if (account is not null)
        {
            line = BeginSeen(context, account.Name, " last logged in at "u8, account.Kept.LastLogin);
        }
        else
        {
            context.Reply($"Nobody called {name} has been seen here.");
            return;
        }

        context.Reply(line);
    }

    private static NoticeComposer BeginSeen(CommandContext context, ReadOnlySpan<byte> name, ReadOnlySpan<byte> when, long ticks)
    {
        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("User "u8);
        line.AppendName(name);
        line.AppendLiteral(when);
        line.AppendTime(ticks);
        line.AppendLiteral(", "u8);
        line.AppendDuration(TimeSpan.FromTicks(Math.Max(0, context.Chat.Events.Now - ticks)));
        line.AppendLiteral(" ago"u8);
        return line;
    }

    /// <summary>Marks you as away, or as back. People who send you a private message are told, with TEXT as the reason. To come back, type away without TEXT.</summary>
    [Command("away", Category = CommandCategory.People, Example = "away lunch until one")]
    internal static void Away(CommandContext context, [Rest] ReadOnlySpan<byte> text = default)
    {
        User user = context.User;
        if (text.IsEmpty && user.Away is not null)
        {
            user.Away = null;
            context.Chat.Keeper.Note(user);
            context.Reply($"You are back.");
            return;
        }

        if (text.Length > context.Options.MaxAwayBytes)
        {
            context.Reply($"Away text too long (limit {context.Options.MaxAwayBytes} bytes).");
            return;
        }

        user.Away = TerminalText.Copy(text);
        context.Chat.Keeper.Note(user);
        if (text.IsEmpty)
        {
            context.Reply($"You are away.");
        }
        else
        {
            context.Reply($"You are away: {user.Away}");
        }
    }

    /// <summary>Hides what USER says and does. The history of a room still shows it.</summary>
    [Command("ignore", Category = CommandCategory.People, Example = "ignore u1001")]
    internal static void Ignore(CommandContext context, User user)
    {
        if (user == context.User)
        {
            context.Reply($"You cannot ignore yourself.");
        }
        else if (IgnoreBook.TryIgnore(context.User, user, context.Options.MaxIgnored))
        {
            context.Chat.Keeper.Note(context.User);
            context.Reply($"You now ignore {user}.");
        }
        else
        {
            context.Reply($"You ignore too many people (limit {context.Options.MaxIgnored}). To make room: {context.Slash}unignore USER");
        }
    }

    /// <summary>Stops ignoring USER. This works after USER has left, too.</summary>
    [Command("unignore", Category = CommandCategory.People, Example = "unignore u1001")]
    internal static void Unignore(CommandContext context, ReadOnlySpan<byte> user)
    {
        ReadOnlySpan<byte> name = NameRules.WithoutMark(user);
        context.TryFindUser(user, out User? found);
        context.Chat.Accounts.TryFind(name, out Account? account);
        bool wasIgnored = context.Chat.Ignores.StopIgnoring(context.User, found, account, name);
        context.Chat.Keeper.Note(context.User);
        if (found is not null)
        {
            context.Reply($"{(wasIgnored ? "You no longer ignore" : "You do not ignore")} {found}.");
        }
        else if (wasIgnored)
        {
            context.Reply($"You no longer ignore {name}.");
        }
        else
        {
            context.UserNotFound(user);
        }
    }

    /// <summary>Lists the people you ignore.</summary>
    [Command("ignores", Category = CommandCategory.People, Example = "ignores")]
    internal static void Ignores(CommandContext context)
    {
        NameList list = new(context, "Ignored users"u8);
        if (context.User.Ignoring is { } ignored)
        {
            foreach (User user in ignored.People.Keys)
            {
                list.Add(user.Name);
            }

            foreach (IgnoredTrace trace in ignored.Traces)
            {
                list.Add(trace.Name);
            }

            foreach (long id in ignored.Accounts)
            {
                if (context.Chat.Accounts.TryFind(id, out Account? account) && (account.User is null || !ignored.People.ContainsKey(account.User)))
                {
                    list.Add(account.Name);
                }
            }
        }

        if (!list.End())
        {
            context.Reply($"You ignore nobody.");
        }
    }
}
