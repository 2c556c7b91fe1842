using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Loop;

namespace AotChat.Protocols.Terminal;

/// <content>The ways in which it ends. Each step of an end happens though another fails.</content>
internal sealed partial class Session
{
    /// <summary>Says why it ends, and leaves.</summary>
    public void Dismiss(CloseReason reason, ReadOnlySpan<byte> words)
    {
        try
        {
            NoticeComposer line = _context.BeginLine();
            line.AppendLiteral(words);
            _context.Reply(line);
            Leave(reason);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Answers a client that speaks another protocol in its own terms, and leaves.</summary>
    public void Refuse(RefusedProtocol protocol)
    {
        protocol.OnRefused(Connection);
        Terminal.Write(protocol.Answer);
        Leave(CloseReason.WrongProtocol);
    }

    /// <summary>Cancels the commands that are under way.</summary>
    public void CancelCalls() => _server.Calls.Cancel(this, _context);

    /// <summary>Reads no more; what waits goes out and commands under way answer before the end. The first reason counts.</summary>
    public void Leave(CloseReason reason, ReadOnlySpan<byte> lastWords = default)
    {
        if (_state != SessionState.Open)
        {
            return;
        }

        _state = SessionState.Leaving;
        _reason = reason;
        try
        {
            Terminal.Leave();
            LeaveChat(lastWords);
        }
        finally
        {
            _reader.Clear();
            Touch();
        }
    }

    /// <summary>
    /// The peer reads no more: nothing is written to it from now on, and what it sent before is run for at most
    /// <see cref="ChatOptions.HangUpSeconds"/>. A session that reads nothing either is closed.
    /// </summary>
    public void HangUp()
    {
        if (_state != SessionState.Open)
        {
            Close(CloseReason.Broken);
        }
        else if (!_isHungUp)
        {
            _isHungUp = true;
            _limits.EndStuck();
            Terminal.Close();
            _limits.LimitHangUp(_server, () => Close(CloseReason.Broken));
            Touch();
        }
    }

    /// <summary>Ends the connection at once; what waits is lost. The first reason counts.</summary>
    public void Close(CloseReason reason)
    {
        if (_state == SessionState.Closed)
        {
            return;
        }

        if (_state == SessionState.Open)
        {
            _reason = reason;
        }

        _state = SessionState.Closed;
        Release(static session => session._server.Loop.Unregister(session._token));
        Release(static session => session.LeaveChat(default));
        Release(static session => session._limits.Cancel());
        Release(static session => session.Terminal.Close());
        Release(static session => session.Terminal.Editor = null);
        Release(static session => session._reader.Close());
        Release(static session => session.Connection.Close());
        Release(static session => session._server.OnClosed(session, session._reason));
        Release(static session => session.CancelCalls());
    }

    /// <summary>Ends it because of a bug, which is logged.</summary>
    public void Fail(Exception exception)
    {
        try
        {
            if (_server.HostileEvents.MayLog())
            {
                SessionLog.SessionFailed(_server.Logger, exception, Connection.Id, Peer, User);
            }
        }
        finally
        {
            Close(CloseReason.InternalError);
        }
    }

    private void Release(Action<Session> step)
    {
        try
        {
            step(this);
        }
        catch (Exception exception)
        {
            LoopLog.CallbackFailed(_server.Logger, exception);
        }
    }

    private IdleLimit StartIdleLimit()
    {
        // The option may be another by the time that this one is over.
        int seconds = _server.Options.IdleTimeoutSeconds;
        return IdleLimit.Start(_server.Loop, TimeSpan.FromSeconds(seconds), () => _reader?.Pause ?? ReadingPause.None, () => LeaveIdle(seconds));
    }

    private void LeaveIdle(int seconds)
    {
        if (IsOpen)
        {
            _server.Counters.IdleDisconnects++;
            _context.Reply($"You were idle for {seconds} {(seconds == 1 ? "second" : "seconds")}. The connection is closed.");
            Leave(CloseReason.Idle);
        }
    }

    private void LeaveChat(ReadOnlySpan<byte> lastWords)
    {
        Terminal.EndProbe();
        Terminal.EndQuestion(default);
        try
        {
            _context.Leave(lastWords, isTold: _reason != CloseReason.ServerStops);
        }
        finally
        {
            if (!User.IsOnline)
            {
                _server.Jobs.CancelJobsFor(User);
            }
        }
    }

    private void DisconnectReader()
    {
        if (_server.HostileEvents.MayLog())
        {
            SessionLog.NotReading(_server.Logger, Connection.Id, Peer, User, Terminal.PendingBytes);
        }

        _server.Counters.SlowDisconnects++;
        Close(CloseReason.NotReading);
    }

    private void FinishLeaving()
    {
        bool awaitsJobs = CallsUnderWay > 0 && _context.AwaitsJobs;
        if (!awaitsJobs)
        {
            // Nobody waits for commands without a job: those that watch for the end stop here.
            CancelCalls();
        }

        if (_isHungUp || (CallsUnderWay == 0 && Terminal.PendingBytes == 0))
        {
            Close(_reason);
            return;
        }

        _limits.LimitLeaving(_server, awaitsJobs, () => Close(CloseReason.Broken));
    }
}
