using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Having a name for oneself, and giving it up.</summary>
internal static class AccountCommands
{
    /// <summary>Makes your name your own. Nobody else can take it, and your settings and messages are kept for you. Without PASSWORD, asks for it.</summary>
    [Command("register", Usage = "register [PASSWORD]", Category = CommandCategory.Accounts, Example = "register correct-horse", IsPrivate = true)]
    internal static ValueTask Register(CommandContext context, [Rest] ReadOnlySpan<byte> password = default) =>
        RegisterAsync(context, PasswordCheck.Given(password));

    /// <summary>Gives up your registered name. Messages that wait for you are lost. Without PASSWORD, asks for it.</summary>
    [Command("unregister", Usage = "unregister [PASSWORD]", Category = CommandCategory.Accounts, Example = "unregister", IsPrivate = true)]
    internal static ValueTask Unregister(CommandContext context, [Rest] ReadOnlySpan<byte> password = default) =>
        UnregisterAsync(context, PasswordCheck.Given(password));

    /// <summary>Tells the caller that a name is registered, and how its owner gets it.</summary>
    internal static void TellRegistered(CommandContext context, ReadOnlySpan<byte> name)
    {
        // By the name as its owner writes it, which is the one to log in with.
        ReadOnlySpan<byte> owned = context.Chat.Accounts.TryFindLike(name, out Account? account) ? account.Name : name;
        context.Reply($"Name is registered: {owned}. To use it: {context.Slash}login {owned} PASSWORD");
    }

    private static async ValueTask RegisterAsync(CommandContext context, byte[]? password)
    {
        ChatState chat = context.Chat;
        User user = context.User;
        if (!MayRegister(context) || !context.MayTakePassword())
        {
            return;
        }

        if (password is null)
        {
            context.Reply($"Password:");
            password = await PasswordCheck.ReadAsync(context);
        }

        // All may be otherwise once the password was typed.
        if (password is null || context.HasLeft || !PasswordCheck.IsTaken(context, password) || !MayRegister(context))
        {
            return;
        }

        UInt128 block = context.Session.OriginBlock;
        if (!chat.Logins.TryRegister(block, out TimeSpan wait))
        {
            context.Reply($"Too many names were registered from your address. Try again in {PasswordCheck.Seconds(wait)} seconds.");
            return;
        }

        byte[] name = user.Name.ToArray();
        StoredAccount? account = null;
        if (!chat.Accounts.TryBegin(name))
        {
            TellRegistered(context, name);
        }
        else
        {
            try
            {
                account = await RegisterAsync(context, user, name, password);
            }
            finally
            {
                chat.Accounts.End(name);
            }
        }

        if (account is not null)
        {
            EnterNew(context, user, chat.Accounts.Add(account));
        }
    }

    private static async ValueTask<StoredAccount?> RegisterAsync(CommandContext context, User user, byte[] name, byte[] password)
    {
        ChatState chat = context.Chat;
        UInt128 block = context.Session.OriginBlock;
        if (await PasswordCheck.MakeKeysAsync(context, password) is not { } keys)
        {
            chat.Logins.TakeBackRegistration(block);
            return null;
        }

        if (!user.IsOnline || context.User != user || user.Account is not null || !user.Name.SequenceEqual(name)
            || context.Users.IsReserved(name))
        {
            context.Reply($"Not registered: your name has changed meanwhile. Try again.");
            return null;
        }

        long now = chat.Events.Now;
        StoredAccount kept = new(chat.Store.Ids.NextAccount(), user.ToString(), keys, now, now, AccountKeeper.Of(user));
        if (!await chat.Store.TryWriteAsync(new StoreChange.SaveAccount(kept)))
        {
            chat.Logins.TakeBackRegistration(block);
            context.TellNotKept();
            return null;
        }

        return kept;
    }

    private static void EnterNew(CommandContext context, User user, Account account)
    {
        context.Chat.AccountActed?.Invoke(AccountAct.Registered, context.Session, account.Kept.Name);
        if (context.HasLeft || context.User != user || user.Account is not null || !user.Name.SequenceEqual(account.Name))
        {
            context.Reply($"Name registered: {account.Name}. To use it: {context.Slash}login {account.Name} PASSWORD");
            return;
        }

        context.LogIn(account);
        context.Chat.Keeper.Note(user);
        context.Reply($"You are registered and logged in as {account.Name}. Next time: {context.Slash}login {account.Name} PASSWORD");
    }

    private static bool MayRegister(CommandContext context)
    {
        User user = context.User;
        if (user.Account is { } account)
        {
            context.Reply($"You are registered and logged in as {account.Name}.");
        }
        else if (!user.HasChosenName)
        {
            context.Reply($"Choose a name first: {context.Slash}nick NAME");
        }
        else if (context.Chat.Accounts.TryFindLike(user.Name, out _))
        {
            TellRegistered(context, user.Name);
        }
        else if (context.Users.IsReserved(user.Name))
        {
            // Whoever had it before it was reserved would otherwise become the operator of that name.
            context.Reply($"Name is reserved: {user}");
        }
        else if (context.Chat.Accounts.Count >= context.Options.MaxAccounts)
        {
            context.Reply($"Cannot register: there are too many accounts (limit {context.Options.MaxAccounts}). Ask an operator.");
        }
        else if (context.Chat.Store.Problem is not null)
        {
            // Before a worker has its work for nothing.
            context.TellNotKept();
        }
        else
        {
            return true;
        }

        return false;
    }

    private static async ValueTask UnregisterAsync(CommandContext context, byte[]? password)
    {
        if (!LoginCommands.TryFindOwn(context, out Account? own) || !context.MayTakePassword())
        {
            return;
        }

        if (password is null)
        {
            context.Reply($"Password:");
            password = await PasswordCheck.ReadAsync(context);
        }

        if (password is null
            || await PasswordCheck.TryProveAsync(context, own.Name.ToArray(), password) is not { } account
            || !LoginCommands.IsStill(context, account))
        {
            return;
        }

        if (!await context.Chat.Keeper.TryRemoveAsync(account))
        {
            context.TellNotKept();
            return;
        }

        context.LogOutOthers(account);
        context.Chat.Forget(account);
        context.Reply($"Name no longer registered: {account.Name}. Others can take it once you leave it.");
        context.Chat.AccountActed?.Invoke(AccountAct.Unregistered, context.Session, account.Kept.Name);
    }


}
