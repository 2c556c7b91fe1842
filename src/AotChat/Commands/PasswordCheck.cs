using System.Security.Cryptography;
using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Jobs;

namespace AotChat.Commands;

/// <summary>Takes passwords, and checks them: in a worker, so often and no more, and without telling which names are registered.</summary>
internal static class PasswordCheck
{
    // Checked against where there is no account of the name, so that it takes as long.
    private static readonly byte[] MadeUpSalt = "nobody has this!"u8.ToArray();

    /// <summary>A password as a command was given it, without blanks around it; null for none.</summary>
    public static byte[]? Given(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t"u8);
        return text.IsEmpty ? null : text.ToArray();
    }

    /// <summary>Takes the answer to a question for a password; null where there is none, and the caller is told.</summary>
    public static async ValueTask<byte[]?> ReadAsync(CommandContext context)
    {
        byte[]? password = Given(await context.Session.ReadSecretAsync());
        if (password is null)
        {
            context.Reply($"No password was given. Nothing has changed.");
        }

        return password;
    }

    /// <summary>Whether a password may be one; where not, the caller is told.</summary>
    public static bool IsTaken(CommandContext context, byte[] password)
    {
        if (!IsShortEnough(context, password))
        {
            return false;
        }

        int characters = 0;
        foreach (Rune character in Encoding.UTF8.GetString(password).EnumerateRunes())
        {
            characters++;
            if (character == Rune.ReplacementChar)
            {
                context.Reply($"Password not understood: it must be UTF-8.");
                return false;
            }
        }

        if (characters < ChatOptions.MinPasswordCharacters)
        {
            context.Reply($"Password too short: it needs at least {ChatOptions.MinPasswordCharacters} characters.");
            return false;
        }

        return true;
    }

    /// <summary>Makes the keys of a new password; null where no worker does, and the caller is told.</summary>
    public static async ValueTask<ScramKeys?> MakeKeysAsync(CommandContext context, byte[] password)
    {
        int iterations = context.Options.PasswordIterations;
        return await DeriveAsync(context, password, [], iterations) is { } derived
            ? KeysOf(derived, iterations)
            : null;
    }

    /// <summary>Checks a password; where it is wrong, or can't be checked now, the caller is told.</summary>
    /// <returns>The account that it belongs to; null for none.</returns>
    public static async ValueTask<Account?> TryProveAsync(CommandContext context, byte[] name, byte[] password)
    {
        ChatState chat = context.Chat;
        chat.Accounts.TryFind(name, out Account? account);
        string known = account?.Kept.Name ?? "";
        if (!IsShortEnough(context, password))
        {
            return null;
        }

        UInt128 block = context.Session.OriginBlock;
        if (!chat.Logins.TryBegin(block, name, out TimeSpan wait))
        {
            context.Reply($"Too many failed logins. Try again in {Seconds(wait)} seconds.");
            chat.AccountActed?.Invoke(AccountAct.Refused, context.Session, known);
            return null;
        }

        ScramKeys? keys = account?.Kept.Keys;
        PasswordKeys? derived = await DeriveAsync(
            context, password, keys is null ? MadeUpSalt : [.. keys.Salt], keys?.Iterations ?? context.Options.PasswordIterations);
        if (derived is null)
        {
            chat.Logins.TakeBack(block, name);
            return null;
        }

        // The account may be gone by now, or have another password.
        ReadOnlySpan<byte> stored = keys is null ? default : keys.StoredKey.AsSpan();
        if (CryptographicOperations.FixedTimeEquals(derived.StoredKey, stored)
            && chat.Accounts.TryFind(account!.Id, out _)
            && ReferenceEquals(account.Kept.Keys, keys))
        {
            chat.Logins.TakeBack(block, name);
            return account;
        }

        // The same for a name that nobody has registered.
        context.Reply($"Wrong name or password.");
        chat.AccountActed?.Invoke(AccountAct.Failed, context.Session, known);
        return null;
    }

    /// <summary>
    /// Hashes the right password anew where the option says another cost by now, so that all accounts cost the same, and a
    /// name that nobody has registered takes as long. Where it can't be done, the next login does it.
    /// </summary>
    public static async ValueTask RenewAsync(CommandContext context, Account account, byte[] password)
    {
        int iterations = context.Options.PasswordIterations;
        ScramKeys before = account.Kept.Keys;
        if (before.Iterations == iterations || context.HasLeft)
        {
            return;
        }

        try
        {
            PasswordKeys derived = await context.Jobs.DerivePasswordAsync(password, [], iterations);
            if (ReferenceEquals(account.Kept.Keys, before) && !account.IsBeingChanged)
            {
                await context.Chat.Keeper.TryChangeAsync(account, kept => kept with { Keys = KeysOf(derived, iterations) });
            }
        }
        catch (JobFailedException)
        {
            // Nobody has asked for it.
        }
    }

    /// <summary>A time to wait in whole seconds, at least one.</summary>
    public static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    private static ScramKeys KeysOf(PasswordKeys derived, int iterations) =>
        new([.. derived.Salt], iterations, [.. derived.StoredKey], [.. derived.ServerKey]);

    private static bool IsShortEnough(CommandContext context, byte[] password)
    {
        if (password.Length > ChatOptions.MaxPasswordBytes)
        {
            context.Reply($"Password too long (limit {ChatOptions.MaxPasswordBytes} bytes).");
            return false;
        }

        return true;
    }

    private static async ValueTask<PasswordKeys?> DeriveAsync(CommandContext context, byte[] password, byte[] salt, int iterations)
    {
        try
        {
            return await context.Jobs.DerivePasswordAsync(password, salt, iterations);
        }
        catch (JobFailedException failure)
        {
            context.Reply($"Cannot check passwords: {failure.Message}. Try again later.");
            return null;
        }
    }
}
