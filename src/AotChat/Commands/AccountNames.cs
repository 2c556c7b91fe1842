using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Chat;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>Finds accounts by name and number: those whose owners are here.</summary>
internal static class AccountNames
{
    /// <summary>The name of an account; null where it is not known.</summary>
    public static string? Of(CommandContext context, long account)
    {
        foreach (User user in context.Users)
        {
            if (user.Account?.Id == account)
            {
                return Encoding.UTF8.GetString(user.Account.Name);
            }
        }

        return null;
    }

    /// <summary>Finds the account of a user who is here, or the one that has this name.</summary>
    public static bool TryFind(CommandContext context, ReadOnlySpan<byte> name, [NotNullWhen(true)] out Account? account)
    {
        account = null;
        if (context.TryFindUser(name, out User? user))
        {
            account = user.Account;
            return account is not null;
        }

        name = NameRules.WithoutMark(name);
        foreach (User other in context.Users)
        {
            if (other.Account is { } found && Ascii.EqualsIgnoreCase(found.Name, name))
            {
                account = found;
                return true;
            }
        }

        return false;
    }
}
