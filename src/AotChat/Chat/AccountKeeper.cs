using System.Collections.Immutable;
using System.Text;

namespace AotChat.Chat;

/// <summary>
/// Keeps what accounts bring along at each login: preferences, whom they ignore, the rooms that they are in. Owned by the
/// event loop.
/// </summary>
/// <remarks>
/// A change that is promised (a new password) is on its way to the disk for a while. What changes meanwhile is written
/// behind it, or it would bring the old password back.
/// </remarks>
internal sealed class AccountKeeper(IChatStore store, TimeZones zones)
{
    /// <summary>What a user's account is to bring along, as it is now.</summary>
    public static StoredPreferences Of(User user)
    {
        ReaderPreferences shown = user.Sessions is [var first, ..] ? first.Preferences : default;
        ImmutableArray<string>.Builder rooms = ImmutableArray.CreateBuilder<string>(user.Memberships.Length);
        foreach (Membership membership in user.Memberships)
        {
            rooms.Add(Encoding.ASCII.GetString(membership.Room.Name));
        }

        long[] ignored = user.Ignoring is { } list ? [.. list.Accounts] : [];
        Array.Sort(ignored);
        return new StoredPreferences(
            shown.Clock,
            shown.Zone?.Id ?? "",
            shown.HasColours,
            shown.RingsBell,
            [.. ignored],
            rooms.DrainToImmutable(),
            user.Away is { } away ? Encoding.UTF8.GetString(away) : null);
    }

    /// <summary>Notes that something has changed that the user's account brings along; nothing for a guest.</summary>
    public void Note(User user)
    {
        if (user.Account is not { } account || !user.IsOnline)
        {
            return;
        }

        StoredPreferences now = Of(user);
        if (!AreEqual(now, account.Kept.Preferences))
        {
            account.Kept = account.Kept with { Preferences = now };
            Save(account);
        }
    }

    /// <summary>Notes that the user of a session wants things shown otherwise: all of the user's sessions show them so.</summary>
    public void NoteShown(IUserSession session)
    {
        User user = session.User;
        if (user.HasSeveralSessions)
        {
            foreach (IUserSession other in user.Sessions)
            {
                other.Preferences = session.Preferences;
            }
        }

        Note(user);
    }

    /// <summary>Notes that somebody has logged in just now.</summary>
    public void NoteLogin(Account account, long now)
    {
        account.Kept = account.Kept with { LastLogin = now };
        Save(account);
    }

    /// <summary>Gives a user who has logged in what the account brings along, but the rooms.</summary>
    public void Restore(IUserSession session, Account account)
    {
        StoredPreferences kept = account.Kept.Preferences;
        zones.TryFind(Encoding.UTF8.GetBytes(kept.Zone), out TimeZoneInfo? zone);
        session.Preferences = session.Preferences with { Clock = kept.Clock, Zone = zone, HasColours = kept.HasColours, RingsBell = kept.RingsBell };
        session.User.Away = kept.Away is { } away ? Encoding.UTF8.GetBytes(away) : null;
    }

    /// <summary>Changes an account; the change is promised where this returns true, and otherwise nothing has changed.</summary>
    /// <param name="account">The account; not being changed already.</param>
    /// <param name="change">Makes the change.</param>
    public async ValueTask<bool> TryChangeAsync(Account account, Func<StoredAccount, StoredAccount> change)
    {
        account.IsBeingChanged = true;
        try
        {
            if (!await store.TryWriteAsync(new StoreChange.SaveAccount(change(account.Kept))))
            {
                return false;
            }

            account.Kept = change(account.Kept);
            return true;
        }
        finally
        {
            account.IsBeingChanged = false;
            if (account.IsToBeSaved)
            {
                account.IsToBeSaved = false;
                Save(account);
            }
        }
    }

    /// <summary>Removes what is kept of an account, with its mailbox; false where nothing can be written, and then it stays.</summary>
    public async ValueTask<bool> TryRemoveAsync(Account account)
    {
        account.IsBeingChanged = true;
        bool isRemoved = false;
        try
        {
            isRemoved = await store.TryWriteAsync(new StoreChange.RemoveAccount(account.Id));
        }
        finally
        {
            // What waits would bring the account back.
            account.IsBeingChanged = isRemoved;
            if (!isRemoved && account.IsToBeSaved)
            {
                account.IsToBeSaved = false;
                Save(account);
            }
        }

        return isRemoved;
    }

    private void Save(Account account)
    {
        if (account.IsBeingChanged)
        {
            account.IsToBeSaved = true;
        }
        else
        {
            store.Write(new StoreChange.SaveAccount(account.Kept));
        }
    }

    private static bool AreEqual(StoredPreferences one, StoredPreferences other) =>
        one with { IgnoredAccounts = other.IgnoredAccounts, Rooms = other.Rooms } == other
        && one.IgnoredAccounts.SequenceEqual(other.IgnoredAccounts)
        && one.Rooms.SequenceEqual(other.Rooms);
}
