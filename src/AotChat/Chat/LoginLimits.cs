using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// How often passwords may be tried, for a name and from an address block, and how often names may be registered. Owned by
/// the event loop.
/// </summary>
/// <remarks>
/// An attempt counts as a failure from its beginning, so that many at once are no way around; one that succeeds is taken
/// back. Names count whether they are registered or not: the limit must not tell.
/// </remarks>
internal sealed class LoginLimits(ChatOptions options, TimeProvider time)
{
    private readonly AttemptTable<byte[]> _byName = new(time, ChatOptions.LoginWindow, Utf8NameComparer.Instance);
    private readonly AttemptTable<UInt128> _byBlock = new(time, ChatOptions.LoginWindow);
    private readonly AttemptTable<UInt128> _registrations = new(time, ChatOptions.RegisterWindow);

    /// <summary>Begins to check a password, or says how long that must wait.</summary>
    /// <param name="block">Where it comes from.</param>
    /// <param name="name">The name that it is for.</param>
    /// <param name="wait">How long; zero where the check may begin.</param>
    public bool TryBegin(UInt128 block, ReadOnlySpan<byte> name, out TimeSpan wait)
    {
        byte[] key = KeyOf(name);
        TimeSpan forName = _byName.WaitOf(key, options.LoginFailuresPerAccount);
        TimeSpan forBlock = _byBlock.WaitOf(block, options.LoginFailuresPerAddress);
        wait = forName > forBlock ? forName : forBlock;
        if (wait > TimeSpan.Zero)
        {
            return false;
        }

        Note(_byName, key, options.LoginFailuresPerAccount);
        Note(_byBlock, block, options.LoginFailuresPerAddress);
        return true;
    }

    /// <summary>The check that was begun has ended without a wrong password.</summary>
    public void TakeBack(UInt128 block, ReadOnlySpan<byte> name)
    {
        _byName.TakeBack(KeyOf(name));
        _byBlock.TakeBack(block);
    }

    /// <summary>Counts a registration, or says how long it must wait.</summary>
    public bool TryRegister(UInt128 block, out TimeSpan wait)
    {
        int max = block == IUserSession.ThisMachine ? 0 : options.RegistrationsPerAddress;
        wait = _registrations.WaitOf(block, max);
        if (wait > TimeSpan.Zero)
        {
            return false;
        }

        Note(_registrations, block, max);
        return true;
    }

    /// <summary>The registration that was counted has failed, and not by its user.</summary>
    public void TakeBackRegistration(UInt128 block) => _registrations.TakeBack(block);

    // What is longer is no name, and must not take memory.
    private static byte[] KeyOf(ReadOnlySpan<byte> name) => LookAlikes.Fold(name[..Math.Min(name.Length, NameRules.MaxLength)]);

    // What has no limit is not remembered.
    private static void Note<TKey>(AttemptTable<TKey> table, TKey key, int max)
        where TKey : notnull
    {
        if (max > 0)
        {
            table.Note(key);
        }
    }
}
