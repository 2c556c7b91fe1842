using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>The terminals that one person is present at.</summary>
internal static class TerminalCommands
{
    /// <summary>Lists the terminals that you are at. With end N, closes the one of that number.</summary>
    [Command("sessions", Usage = "sessions [end] [N]", Category = CommandCategory.Accounts, Example = "sessions end 42")]
    internal static void Sessions(CommandContext context, SessionsAct? act = null, long n = 0)
    {
        if (act is null)
        {
            foreach (IUserSession session in context.User.Sessions)
            {
                Show(context, session);
            }

            return;
        }

        IUserSession? meant = context.User.Sessions.FirstOrDefault(session => session.ConnectionId == n);
        if (meant is null)
        {
            context.Reply($"You have no terminal of that number. For a list: {context.Slash}sessions");
        }
        else if (meant == context.Session)
        {
            context.Reply($"This is the terminal that you are at. To leave: {context.Slash}quit");
        }
        else
        {
            NoticeComposer line = context.BeginLine();
            line.AppendLiteral("This terminal was closed from another one of yours."u8);
            meant.TryTake(line.End(), Delivery.Answer);
            meant.HangUp(default);
            context.Reply($"Terminal closed: {n}");
        }
    }

    private static void Show(CommandContext context, IUserSession session)
    {
        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("Terminal "u8);
        line.AppendNumber(session.ConnectionId);
        line.AppendLiteral(": from "u8);
        line.AppendText(session.Origin);
        line.AppendLiteral(", here since "u8);
        line.AppendTime(session.Since);
        line.AppendLiteral(", idle for "u8);
        line.AppendDuration(context.Chat.Time.GetElapsedTime(session.LastActive));
        if (session == context.Session)
        {
            line.AppendLiteral(" (this one)"u8);
        }

        context.Reply(line);
    }
}

/// <summary>What <c>sessions</c> does beside listing.</summary>
internal enum SessionsAct
{
    /// <summary>Closes one.</summary>
    End,
}
