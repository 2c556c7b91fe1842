using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <content>Logging in and out, which may make another user of the caller.</content>
internal sealed partial class CommandContext
{
    /// <summary>Whether the caller's session has ended; answers may still be read.</summary>
    public bool HasLeft => _session._hasLeft;

    /// <summary>Whether a password may come over the caller's connection; the caller is told where others can read it.</summary>
    public bool MayTakePassword()
    {
        if (Session.IsEncrypted || Session.OriginBlock == IUserSession.ThisMachine)
        {
            return true;
        }

        if (Options.PlainLogin == PlainLogin.Refuse)
        {
            Reply($"This connection is not encrypted, and the server takes no passwords over it. Use an encrypted one.");
            return false;
        }

        if (Options.PlainLogin == PlainLogin.Warn && TryHint(Hint.PlainLogin))
        {
            Reply($"This connection is not encrypted: others on the network can read your password.");
        }

        return true;
    }

    /// <summary>Logs the caller in; where the account's owner is here already, the caller's guest leaves.</summary>
    internal void LogIn(Account account)
    {
        User guest = User;
        if (account.User is not null && account.User != guest)
        {
            _session.TellLeavingChat();
        }

        Chat.LogIn(Session, account);
        RoomBans.Enforce(this);
        _session.EndIfGone(guest);
    }

    /// <summary>Logs the caller out: from now on the caller is a new guest.</summary>
    internal void LogOut()
    {
        User owner = User;
        _session.TellLeavingChat();
        Chat.LogOut(Session);
        _session.EndIfGone(owner);
        CommandHooks.Joined(_session);
    }

    /// <summary>
    /// Logs the other terminals of an account out that is no more. A guest is one terminal: who logs in at it to another
    /// account has proved nothing for the others.
    /// </summary>
    internal void LogOutOthers(Account account)
    {
        IReadOnlyList<IUserSession> sessions = account.User?.Sessions ?? [];

        // The caller may have logged out meanwhile; then another one is as good.
        IUserSession? remaining = sessions.Contains(Session) ? Session : account.User?.SessionAt(0);
        foreach (IUserSession meant in sessions.Where(session => session != remaining))
        {
            Chat.LogOut(meant);
            NoticeComposer line = BeginLine();
            line.AppendLiteral("You are logged out, in no room, and now known as "u8);
            line.AppendName(meant.User.Name);
            line.AppendLiteral(": "u8);
            line.AppendName(account.Name);
            line.AppendLiteral(" is no longer registered."u8);
            meant.TryTake(line.End(), Delivery.Answer);
            CommandHooks.Joined(new CommandContext(meant, Chat, _pool, Counters));
        }
    }

    // What the user before had begun ends with that user.
    private void EndIfGone(User user)
    {
        if (!user.IsOnline)
        {
            EndScheduled();
            _pool.CancelJobsFor(user);
            _pool.CancelJobsOf(user);
        }
    }
}
