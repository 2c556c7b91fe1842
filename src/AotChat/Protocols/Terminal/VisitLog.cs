using System.Text;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Loop;
using Microsoft.Extensions.Logging;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// Logs arrivals, departures and renames, a limited number of lines a second. Asked only where the log shows them: a
/// crowd that comes and goes costs nothing otherwise. Owned by the event loop.
/// </summary>
internal sealed class VisitLog(EventLoop loop, ILogger logger)
{
    private readonly LogThrottle _throttle =
        new(loop, logger, "users who joined, left or changed their names", ChatOptions.VisitLogBurst, ChatOptions.VisitLogRate);

    private bool MayLog => logger.IsEnabled(LogLevel.Information) && _throttle.MayLog();

    /// <summary>Logs an arrival.</summary>
    public void NoteJoined(Session session)
    {
        if (MayLog)
        {
            SessionLog.Joined(logger, session.Connection.Id, session.Peer, session.User);
        }
    }

    /// <summary>Logs a departure.</summary>
    /// <param name="session">The session that has ended.</param>
    /// <param name="seconds">How long it lasted.</param>
    /// <param name="reason">Why it ended.</param>
    public void NoteLeft(Session session, double seconds, CloseReason reason)
    {
        if (MayLog)
        {
            SessionLog.Left(logger, session.Connection.Id, session.Peer, session.User, seconds, reason.Words(), session.User.Account?.Kept.Name);
        }
    }

    /// <summary>Logs a rename.</summary>
    /// <param name="user">The renamed user.</param>
    /// <param name="before">The old name, in UTF-8.</param>
    public void NoteRenamed(User user, ReadOnlySpan<byte> before)
    {
        if (user.Sessions.OfType<SessionTerminal>().FirstOrDefault() is { } terminal && MayLog)
        {
            SessionLog.Renamed(logger, terminal.Connection.Id, terminal.Connection.Peer, Encoding.UTF8.GetString(before), user, user.Account?.Kept.Name);
        }
    }
}
