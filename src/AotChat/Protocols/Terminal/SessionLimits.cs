using AotChat.Loop;

namespace AotChat.Protocols.Terminal;

/// <summary>The limits of time of one session. A mutable structure that belongs to its session.</summary>
internal struct SessionLimits
{
    private LoopTimer? _leave;
    private LoopTimer? _stuck;
    private LoopTimer? _hangUp;
    private bool _awaitsJobs;

    /// <summary>
    /// Limits how long a session takes to leave. The limit for its jobs gives way to the one for its reader when the last
    /// job has ended; otherwise a reader that reads nothing would keep the place for as long as a job may take.
    /// </summary>
    /// <param name="server">The server, for its loop and its limits.</param>
    /// <param name="awaitsJobs">Whether commands of the session still wait for jobs.</param>
    /// <param name="close">Ends the session.</param>
    public void LimitLeaving(TerminalServer server, bool awaitsJobs, Action close)
    {
        if (_leave is not null && awaitsJobs == _awaitsJobs)
        {
            return;
        }

        _leave?.Cancel();
        _leave = server.Loop.Schedule(awaitsJobs ? server.AnswerLimit : server.LeaveLimit, close);
        _awaitsJobs = awaitsJobs;
    }

    /// <summary>Whether the time of a reader over the soft limit is limited already.</summary>
    public readonly bool IsStuckLimited => _stuck is not null;

    /// <summary>Limits how long a reader stays over the soft limit.</summary>
    public void LimitStuck(TerminalServer server, Action disconnect) =>
        _stuck ??= server.Loop.Schedule(TimeSpan.FromSeconds(server.Options.StuckSeconds), disconnect);

    /// <summary>The reader is not over the soft limit any more.</summary>
    public void EndStuck()
    {
        _stuck?.Cancel();
        _stuck = null;
    }

    /// <summary>Limits how long lines are run whose sender has hung up.</summary>
    public void LimitHangUp(TerminalServer server, Action close) =>
        _hangUp ??= server.Loop.Schedule(TimeSpan.FromSeconds(server.Options.HangUpSeconds), close);

    /// <summary>Ends all limits.</summary>
    public void Cancel()
    {
        EndStuck();
        _leave?.Cancel();
        _hangUp?.Cancel();
    }
}
