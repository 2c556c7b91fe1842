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
