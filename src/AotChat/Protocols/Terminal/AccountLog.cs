using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Loop;
using Microsoft.Extensions.Logging;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// Logs what users do about their accounts, a limited number of lines a second; never a password, and no name that is
/// not registered, since people type passwords in the wrong place. Owned by the event loop.
/// </summary>
internal sealed partial class AccountLog(EventLoop loop, ILogger logger)
{
    private readonly LogThrottle _throttle =
        new(loop, logger, "users who registered, logged in or out", ChatOptions.VisitLogBurst, ChatOptions.VisitLogRate);

    private readonly LogThrottle _failures =
        new(loop, logger, "failed logins", ChatOptions.HostileLogBurst, ChatOptions.HostileLogRate);

    /// <summary>Logs an act.</summary>
    /// <param name="act">What was done.</param>
    /// <param name="session">Through which session.</param>
    /// <param name="account">The account's name; empty where there is none of the name given.</param>
    public void Note(AccountAct act, IUserSession session, string account)
    {
        LogThrottle throttle = act is AccountAct.Failed or AccountAct.Refused ? _failures : _throttle;
        if (session is not SessionTerminal { Connection: { } connection } || !logger.IsEnabled(LogLevel.Information) || !throttle.MayLog())
        {
            return;
        }

        account = account.Length > 0 ? account : "no account";
        switch (act)
        {
            case AccountAct.Registered:
                Registered(logger, connection.Id, connection.Peer, account);
                break;

            case AccountAct.LoggedIn:
                LoggedIn(logger, connection.Id, connection.Peer, account);
                break;

            case AccountAct.LoggedOut:
                LoggedOut(logger, connection.Id, connection.Peer, account, session.User);
                break;

            case AccountAct.PasswordChanged:
                PasswordChanged(logger, connection.Id, connection.Peer, account);
                break;

            case AccountAct.Unregistered:
                Unregistered(logger, connection.Id, connection.Peer, account);
                break;

            case AccountAct.Failed:
                Failed(logger, connection.Id, connection.Peer, session.User, account);
                break;

            default:
                Refused(logger, connection.Id, connection.Peer, session.User, account);
                break;
        }
    }

    [LoggerMessage(141, LogLevel.Information, "Connection {Connection} from {Address}: {Account} is registered")]
    private static partial void Registered(ILogger logger, object connection, object address, string account);

    [LoggerMessage(142, LogLevel.Information, "Connection {Connection} from {Address}: {Account} logged in")]
    private static partial void LoggedIn(ILogger logger, object connection, object address, string account);

    [LoggerMessage(143, LogLevel.Information, "Connection {Connection} from {Address}: {Account} logged out and is now {User}")]
    private static partial void LoggedOut(ILogger logger, object connection, object address, string account, User user);

    [LoggerMessage(144, LogLevel.Information, "Connection {Connection} from {Address}: {Account} has a new password")]
    private static partial void PasswordChanged(ILogger logger, object connection, object address, string account);

    [LoggerMessage(145, LogLevel.Information, "Connection {Connection} from {Address}: {Account} is no longer registered")]
    private static partial void Unregistered(ILogger logger, object connection, object address, string account);

    [LoggerMessage(146, LogLevel.Information, "Connection {Connection} from {Address}: {User} gave a wrong password for {Account}")]
    private static partial void Failed(ILogger logger, object connection, object address, User user, string account);

    [LoggerMessage(147, LogLevel.Information, "Connection {Connection} from {Address}: {User} gave too many wrong passwords, the last one for {Account} (options login-failures-per-account, login-failures-per-address)")]
    private static partial void Refused(ILogger logger, object connection, object address, User user, string account);
}
