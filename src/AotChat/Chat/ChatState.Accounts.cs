namespace AotChat.Chat;

/// <content>Accounts: who is logged in, and under which name.</content>
internal sealed partial class ChatState
{
    /// <summary>All accounts.</summary>
    public AccountDirectory Accounts { get; } = new();

    /// <summary>How often passwords may be tried.</summary>
    public LoginLimits Logins { get; }

    /// <summary>Keeps what accounts bring along.</summary>
    public AccountKeeper Keeper { get; }

    /// <summary>Called with what is done about an account: the session, and the account's name, empty where there is none of the name given.</summary>
    public Action<AccountAct, IUserSession, string>? AccountActed { get; set; }

    /// <summary>
    /// Logs a session in. Where the account's owner is present already, the session becomes one more of the owner's, and
    /// its guest leaves. The caller ends the guest's jobs. Does nothing where the session is logged in to it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The user is logged in to another account.</exception>
    public void LogIn(IUserSession session, Account account)
    {
        User guest = session.User;
        if (guest.Account == account)
        {
            return;
        }

        if (guest.Account is not null)
        {
            throw new InvalidOperationException("The user is logged in to another account.");
        }

        if (account.User is { } owner)
        {
            ReaderPreferences preferences = owner.Sessions[0].Preferences;
            Leave(session, default, isTold: true);
            owner.Add(session);
            UpdateLevel(owner);
            session.Preferences = preferences with { MarksBroadcasts = true };
        }
        else
        {
            guest.Account = account;
            account.User = guest;
            UpdateLevel(guest);
            IgnoreBook.NoteAccount(guest, Users, Keeper);
        }

        ServerBans.Enforce(this, session.User);
    }

    /// <summary>
    /// Ends a session's part in an account: it goes on as that of a new guest. With the last session the account's user
    /// leaves, since what is said in rooms and to that user is the account's. The caller ends that user's jobs.
    /// </summary>
    public void LogOut(IUserSession session)
    {
        Leave(session, default, isTold: true);
        Enter(session);
    }

    /// <summary>The account of a user is no more: the user stays, as a guest of the same name, unless a ban holds for such a guest.</summary>
    public void Forget(Account account)
    {
        Accounts.Remove(account);
        foreach (User other in Users)
        {
            other.Ignoring?.Accounts.Remove(account.Id);
        }

        if (account.User is { } user)
        {
            account.User = null;
            user.Account = null;
            UpdateLevel(user);
            ServerBans.Enforce(this, user);
        }
    }

    /// <summary>
    /// Gives a user who has logged in the account's name, and users who share a room hear of it; a guest who has the name, or
    /// one that looks like it, is given a new one before.
    /// </summary>
    /// <returns>That guest; null for none.</returns>
    public User? TakeAccountName(IUserSession session, Account account)
    {
        User user = session.User;
        if (user.Name.SequenceEqual(account.Name))
        {
            return null;
        }

        User? holder = Users.TryFindLike(account.Name, out User? found) && found != user ? found : null;
        if (holder is not null)
        {
            Rename(holder.Sessions[0], null);
        }

        Rename(session, account);
        return holder;
    }

    private void Rename(IUserSession session, Account? account)
    {
        User user = session.User;
        byte[] before = user.Name.ToArray();
        bool wasChosen = user.HasChosenName && account is not null;
        if (account is null)
        {
            Users.GiveNextName(user);
        }
        else
        {
            Users.GiveName(user, account);
        }

        NoteRenamed(user, before, wasChosen);
        Talk.TellRenamed(session, before);
    }
}
