using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Connections;

namespace AotChat.Protocols.Terminal;

/// <summary>Runs what sessions have read: their lines as commands, and counts for each how many are under way. Owned by the event loop.</summary>
internal sealed class SessionCalls(TerminalServer server)
{
    /// <summary>Runs what a session has read, as far as that goes in this turn.</summary>
    public void RunAll(Session session, SessionReader reader, CommandContext context)
    {
        for (int lines = 0; session.IsOpen; lines++)
        {
            if (session.Terminal.PendingBytes > server.Budget.Low)
            {
                // The answers are to be read before there are more of them.
                reader.PauseFor(ReadingPause.Answers);
                return;
            }

            if (lines == ChatOptions.LinesPerTurn || server.HasWrittenEnough)
            {
                reader.PauseFor(ReadingPause.Turn);
                return;
            }

            InputEvent next = reader.Next(out ReadOnlySpan<byte> line);
            switch (next)
            {
                case InputEvent.Line:
                    server.Counters.LinesIn++;
                    Run(session, context, line);
                    break;

                case InputEvent.TooLong:
                    server.Counters.LinesIn++;
                    TellTooLong(context);
                    session.Terminal.EndQuestion(default);
                    break;

                case InputEvent.Quit:
                    session.Leave(CloseReason.Quit);
                    break;

                case InputEvent.OtherProtocol:
                    session.Refuse(server.FindRefused(line)!);
                    break;

                case InputEvent.EndlessSubnegotiation:
                    context.Reply($"Telnet subnegotiation too long (limit {TelnetProtocol.MaxSubnegotiation} bytes). The connection is closed.");
                    session.Leave(CloseReason.WrongProtocol);
                    break;

                default:
                    return;
            }
        }
    }

    /// <summary>Runs a line as it was meant, and tells its sender where that is not what was typed.</summary>
    public void Run(Session session, CommandContext context, ReadOnlySpan<byte> line)
    {
        TypedLine typed = server.Cleaner.Clean(line);
        if (session.Terminal.AsksSecret)
        {
            // No letter of it goes anywhere else.
            NoteActive(session);
            session.Terminal.EndQuestion(typed.Text);
            return;
        }

        if (session.Terminal.Editor is { } editor)
        {
            LineFaults faults = (editor.HasLostText ? LineFaults.CutShort : LineFaults.None) | (editor.HasReadInvalidText ? LineFaults.NotUtf8 : LineFaults.None);
            typed = new TypedLine(typed.Text, editor.Heads, typed.Faults | faults);
        }

        if (typed.Text.Length > server.Options.MaxLineBytes)
        {
            // Each byte that is not UTF-8 has become three: the limit holds for what others would get, and history would keep.
            TellTooLong(context);
        }
        else if (!typed.Text.IsEmpty)
        {
            Run(session, context, typed);
        }

        if ((typed.Faults & LineFaults.CutShort) != 0)
        {
            context.Reply($"Part of your line was left out: it looked like a terminal control sequence.");
        }

        if ((typed.Faults & LineFaults.NotUtf8) != 0 && context.TryHint(Hint.NotUtf8))
        {
            context.Reply($"Your terminal does not send UTF-8: letters such as é reach others as \uFFFD. Set its character set to UTF-8.");
        }
    }

    /// <summary>Tells commands under way that nobody waits for their answers.</summary>
    public void Cancel(Session session, CommandContext context)
    {
        try
        {
            context.End();
        }
        catch (AggregateException exception)
        {
            // Callbacks registered for it run within this call; the exception comes from them.
            Fail(session, context, exception);
        }
    }

    /// <summary>Logs an exception from a command's code that nobody awaits.</summary>
    public void Report(Exception exception)
    {
        if (server.HostileEvents.MayLog())
        {
            SessionLog.HookFailed(server.Logger, exception);
        }
    }

    // A bug in a command ends the command alone.
    private void Run(Session session, CommandContext context, TypedLine line)
    {
        NoteActive(session);
        long started = server.Loop.Time.GetTimestamp();
        bool wasInRoom = session.User.CurrentRoom is not null;
        try
        {
            ValueTask command = LineRouter.RouteAsync(context, line.Text, line.Heads);
            if (command.IsCompletedSuccessfully)
            {
                command.GetAwaiter().GetResult();
            }
            else
            {
                _ = AwaitAsync(session, context, command);
            }
        }
        catch (Exception exception)
        {
            Fail(session, context, exception);
        }

        server.SlowTurns.Note(started, line.Text, wasInRoom);
        FlushIfEnough();
    }

    private void NoteActive(Session session)
    {
        session.User.LastActive = server.Loop.Now;
        session.LastActive = server.Loop.Now;
    }

    private void TellTooLong(CommandContext context) => context.Reply($"Line too long (limit {server.Options.MaxLineBytes} bytes).");

    private async Task AwaitAsync(Session session, CommandContext context, ValueTask command)
    {
        session.CallsUnderWay++;
        try
        {
            await command;
        }
        catch (Exception exception)
        {
            Fail(session, context, exception);
        }
        finally
        {
            session.CallsUnderWay--;
            session.Touch();
            FlushIfEnough();
        }
    }

    private void FlushIfEnough()
    {
        if (server.HasWrittenEnough)
        {
            server.Loop.RequestFlush();
        }
    }

    private void Fail(Session session, CommandContext context, Exception exception)
    {
        if (context.IsCancellation(exception))
        {
            return;
        }

        if (exception is JobFailedException failure)
        {
            context.Reply($"The job failed: {failure.Message}");
            return;
        }

        if (server.HostileEvents.MayLog())
        {
            SessionLog.CommandFailed(server.Logger, exception, session.Connection.Id, context.User);
        }

        context.Reply($"Internal error.");
    }
}
