using AotChat.Commands;
using AotChat.Protocols.Terminal;

namespace AotChat.Net;

/// <summary>Runs the lines of one session as commands, and knows which of them are under way. Owned by the event loop.</summary>
internal sealed class SessionCalls(ChatServer server, Session session, CommandContext context)
{
    /// <summary>How many commands wait for a job.</summary>
    public int UnderWay { get; private set; }

    /// <summary>Runs a line; a bug in a command ends the command alone.</summary>
    public void Run(TypedLine line)
    {
        session.User.LastActive = server.Loop.Now;
        server.Call.Begin(line.Text);
        try
        {
            ValueTask command = LineRouter.RouteAsync(context, line.Text, line.Heads);
            if (command.IsCompletedSuccessfully)
            {
                command.GetAwaiter().GetResult();
            }
            else
            {
                _ = AwaitAsync(command);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            server.Call.End();
        }

        FlushIfEnough();
    }

    /// <summary>Tells commands under way that nobody waits for their answers.</summary>
    public void Cancel()
    {
        try
        {
            context.End();
        }
        catch (AggregateException exception)
        {
            // Whoever hears of it runs here and now; what they throw is theirs.
            Fail(exception);
        }
    }

    private async Task AwaitAsync(ValueTask command)
    {
        UnderWay++;
        try
        {
            await command;
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            UnderWay--;
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

    private void Fail(Exception exception)
    {
        NetLog.CommandFailed(server.Logger, exception, session.User);
        context.Reply($"Internal error.");
    }
}
