using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Protocols;
using AotChat.Workers.Pool;
using Microsoft.Extensions.Logging;

namespace AotChat;

/// <summary>
/// Takes the server apart: nobody new comes in, jobs that run are finished, users read what waits for them, workers end.
/// Each step happens whatever became of the others, and a deadline ends the server where one of them does not come to its
/// end. Owned by the event loop.
/// </summary>
internal sealed class Shutdown(EventLoop loop, IDisposable listeners, ChatPort port, JobManager jobs, ILogger logger)
{
    private TimeSpan _drain;
    private long _begun;
    private bool _areSessionsLeaving;
    private bool _haveSessionsEnded;
    private bool _haveWorkersEnded;

    /// <summary>How the process ends: <see cref="ExitCode.CannotStop"/> where the deadline ended it.</summary>
    public int Code { get; private set; } = ExitCode.Done;

    /// <summary>The longest that all of it may take; then the loop ends with an error.</summary>
    public static TimeSpan LimitFor(ChatOptions options) =>
        TimeSpan.FromSeconds(options.DrainSeconds) + ChatOptions.FarewellLimit + ChatOptions.StopMargin;

    /// <summary>Begins. To be called once.</summary>
    /// <param name="reason">Why, for the log.</param>
    /// <param name="options">The settings that hold now.</param>
    public void Begin(string reason, ChatOptions options)
    {
        _drain = TimeSpan.FromSeconds(options.DrainSeconds);
        _begun = loop.Time.GetTimestamp();
        StartLog.Stopping(logger, reason);
        Try("setting the time limit", () => loop.Schedule(LimitFor(options), GiveUp));
        Try("turning newcomers away", port.Gate.Stop);
        Try("closing the listening sockets", listeners.Dispose);

        // Jobs first: commands that wait for one still answer, and deliver, in front of the farewell.
        if (!Try("ending the jobs", () => jobs.Stop(_drain, () => loop.Post(_ => LeaveSessions(), null), OnWorkersEnded)))
        {
            Try("killing the workers", jobs.Pool.Kill);
            OnWorkersEnded();
            LeaveSessions();
        }
    }

    private void LeaveSessions()
    {
        if (_areSessionsLeaving)
        {
            return;
        }

        // Jobs that took long leave less time to readers: all together end within the sum of both limits.
        _areSessionsLeaving = true;
        TimeSpan left = _drain + ChatOptions.FarewellLimit - loop.Time.GetElapsedTime(_begun);
        if (!Try("ending the sessions", () => port.Terminals.Stop(left < port.Terminals.LeaveLimit ? left : port.Terminals.LeaveLimit, OnSessionsEnded)))
        {
            OnSessionsEnded();
        }
    }

    private void OnSessionsEnded()
    {
        _haveSessionsEnded = true;
        StopLoopIfDone();
    }

    private void OnWorkersEnded()
    {
        _haveWorkersEnded = true;
        if (jobs.Pool.StillRunning.Count > 0)
        {
            // They were killed, and the system does not let go of them; nobody waits for them any longer.
            Abandon(jobs.Pool.StillRunning);
        }

        StopLoopIfDone();
    }

    private void StopLoopIfDone()
    {
        if (_haveSessionsEnded && _haveWorkersEnded)
        {
            loop.Stop();
        }
    }

    private void GiveUp()
    {
        try
        {
            Abandon([.. _haveSessionsEnded ? Array.Empty<string>() : [$"{port.Gate.Admission.Count} connections"], .. jobs.Pool.StillRunning]);
        }
        finally
        {
            Code = ExitCode.CannotStop;
            loop.Stop();
        }
    }

    private void Abandon(IEnumerable<string> left)
    {
        Code = ExitCode.CannotStop;
        StartLog.NotStopped(logger, loop.Time.GetElapsedTime(_begun).TotalSeconds, string.Join(", ", left));
    }

    private bool Try(string step, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception)
        {
            StartLog.StopStepFailed(logger, exception, step);
            return false;
        }
    }
}
