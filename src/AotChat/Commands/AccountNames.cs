using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Chat;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>Finds accounts by what a user calls them, and says how they are called.</summary>
internal static class AccountNames
{
    /// <summary>The name of an account; null where there is none of this number any more.</summary>
    public static string? Of(CommandContext context, long account) =>
        context.Chat.Accounts.TryFind(account, out Account? found) ? Encoding.UTF8.GetString(found.Name) : null;

    /// <summary>Finds the account of a user who is here, or the one that has this name.</summary>
    public static bool TryFind(CommandContext context, ReadOnlySpan<byte> name, [NotNullWhen(true)] out Account? account)
    {
        if (context.TryFindUser(name, out User? user))
        {
            account = user.Account;
            return account is not null;
        }

        return context.Chat.Accounts.TryFind(NameRules.WithoutMark(name), out account);
    }
}
