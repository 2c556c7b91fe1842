using System.Diagnostics.CodeAnalysis;
using AotChat.Chat;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>Logging in and out of a registered name, and its password.</summary>
internal static class LoginCommands
{
    /// <summary>Logs in to your registered name. Without PASSWORD, asks for it.</summary>
    [Command("login", Usage = "login NAME [PASSWORD]", Category = CommandCategory.Accounts, Example = "login alice", IsPrivate = true)]
    internal static ValueTask LogIn(CommandContext context, ReadOnlySpan<byte> name, [Rest] ReadOnlySpan<byte> password = default) =>
        LogInAsync(context, NameRules.WithoutMark(name).ToArray(), PasswordCheck.Given(password));

    /// <summary>Logs out. You stay in the chat under a new name, and your other terminals stay logged in.</summary>
    [Command("logout", Category = CommandCategory.Accounts, Example = "logout")]
    internal static void LogOut(CommandContext context)
    {
        if (context.User.Account is not { } account)
        {
            context.Reply($"You are not logged in. To leave the chat: {context.Slash}quit");
            return;
        }

        context.LogOut();
        context.Reply($"You are logged out, in no room, and now known as {context.User}. To leave the chat: {context.Slash}quit");
        context.Chat.AccountActed?.Invoke(AccountAct.LoggedOut, context.Session, account.Kept.Name);
    }

    /// <summary>Gives you a new password. Without OLD or NEW, asks for them.</summary>
    [Command("password", Usage = "password [OLD] [NEW]", Category = CommandCategory.Accounts, Example = "password", IsPrivate = true)]
    internal static ValueTask ChangePassword(CommandContext context, ReadOnlySpan<byte> old = default, [Rest] ReadOnlySpan<byte> next = default) =>
        ChangePasswordAsync(context, PasswordCheck.Given(old), PasswordCheck.Given(next));

    private static async ValueTask LogInAsync(CommandContext context, byte[] name, byte[]? password)
    {
        if (!IsGuest(context) || !context.MayTakePassword())
        {
            return;
        }

        if (password is null)
        {
            context.Reply($"Password:");
            password = await PasswordCheck.ReadAsync(context);
        }

        if (password is null || context.HasLeft
            || await PasswordCheck.TryProveAsync(context, name, password) is not { } account
            || context.HasLeft || !IsGuest(context))
        {
            return;
        }

        await AccountEntry.EnterAsync(context, account);
        await PasswordCheck.RenewAsync(context, account, password);
    }

    private static bool IsGuest(CommandContext context)
    {
        if (context.User.Account is not { } account)
        {
            return true;
        }

        context.Reply($"You are logged in as {account.Name} already. To log out: {context.Slash}logout");
        return false;
    }

    private static async ValueTask ChangePasswordAsync(CommandContext context, byte[]? old, byte[]? next)
    {
        if (!TryFindOwn(context, out Account? own) || !context.MayTakePassword())
        {
            return;
        }

        if (old is null)
        {
            context.Reply($"Old password:");
            old = await PasswordCheck.ReadAsync(context);
        }

        if (old is not null && next is null)
        {
            context.Reply($"New password:");
            next = await PasswordCheck.ReadAsync(context);
        }

        if (old is null || next is null || !PasswordCheck.IsTaken(context, next)
            || await PasswordCheck.TryProveAsync(context, own.Name.ToArray(), old) is not { } account
            || await PasswordCheck.MakeKeysAsync(context, next) is not { } keys
            || !IsStill(context, account))
        {
            return;
        }

        if (await context.Chat.Keeper.TryChangeAsync(account, kept => kept with { Keys = keys }))
        {
            context.Reply($"Password changed.");
            context.Chat.AccountActed?.Invoke(AccountAct.PasswordChanged, context.Session, account.Kept.Name);
        }
        else
        {
            context.TellNotKept();
        }
    }

    /// <summary>The account that the caller is logged in to; where there is none, the caller is told.</summary>
    internal static bool TryFindOwn(CommandContext context, [NotNullWhen(true)] out Account? account)
    {
        account = context.User.Account;
        if (account is null)
        {
            context.Reply($"You are not logged in. Log in first: {context.Slash}login NAME");
        }

        return account is not null;
    }

    /// <summary>Whether an account is still there and the caller's, and no other change of it is under way; where not, the caller is told.</summary>
    internal static bool IsStill(CommandContext context, Account account)
    {
        if (context.User.Account == account && !account.IsBeingChanged)
        {
            return true;
        }

        context.Reply($"Not done: your account has changed meanwhile. Try again.");
        return false;
    }
}
