using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>Who is connected, from where.</summary>
internal static class ConnectionCommands
{
    private static ReadOnlySpan<byte> Slow => "slow"u8;

    /// <summary>
    /// Lists the connections, 50 a page. With slow, those with most bytes waiting for their readers. PAGE is a number from
    /// 1 on.
    /// </summary>
    [Command("connections", Usage = "connections [PAGE]", Category = CommandCategory.Operators, Example = "connections slow")]
    [Requires(UserLevel.Operator)]
    internal static void Connections(CommandContext context, ReadOnlySpan<byte> page = default)
    {
        if (System.Text.Ascii.EqualsIgnoreCase(page, Slow))
        {
            ShowSlowest(context);
        }
        else if (page.IsEmpty)
        {
            ShowPage(context, 1);
        }
        else if (ArgumentParser.TryInt32(page, out int number) && number > 0)
        {
            ShowPage(context, number);
        }
        else
        {
            context.InvalidCall("Invalid connections parameters: PAGE must be a number from 1 on, or slow"u8, "connections [PAGE]"u8);
        }
    }

    private static void ShowPage(CommandContext context, int page)
    {
        long first = (page - 1L) * ChatOptions.ConnectionsShown;
        long count = 0;
        foreach (User user in context.Users)
        {
            for (int i = 0; user.SessionAt(i) is { } session; i++)
            {
                if (count >= first && count < first + ChatOptions.ConnectionsShown)
                {
                    Show(context, session);
                }

                count++;
            }
        }

        if (count <= first)
        {
            context.Reply($"No connection is on page {page}; there are {count} in all.");
        }
        else if (count > first + ChatOptions.ConnectionsShown)
        {
            context.Reply($"Connections in all: {count}. Next page: {context.Slash}connections {page + 1}");
        }
    }

    private static void ShowSlowest(CommandContext context)
    {
        // The least slow of those found so far is in front: all are looked at, but few are put in order.
        PriorityQueue<IUserSession, int> slowest = new();
        foreach (User user in context.Users)
        {
            for (int i = 0; user.SessionAt(i) is { } session; i++)
            {
                if (session.WaitingBytes == 0)
                {
                    continue;
                }

                if (slowest.Count < ChatOptions.ConnectionsShown)
                {
                    slowest.Enqueue(session, session.WaitingBytes);
                }
                else
                {
                    slowest.EnqueueDequeue(session, session.WaitingBytes);
                }
            }
        }

        if (slowest.Count == 0)
        {
            context.Reply($"Nothing waits to be read by anybody.");
            return;
        }

        Stack<IUserSession> inOrder = new();
        while (slowest.TryDequeue(out IUserSession? session, out _))
        {
            inOrder.Push(session);
        }

        foreach (IUserSession session in inOrder)
        {
            Show(context, session);
        }
    }

    private static void Show(CommandContext context, IUserSession session)
    {
        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("Connection "u8);
        line.AppendNumber(session.ConnectionId);
        line.AppendLiteral(": "u8);
        line.AppendName(session.User.Name);
        if (session.User.Account is { } account)
        {
            line.AppendLiteral(", account "u8);
            line.AppendName(account.Name);
        }

        line.AppendLiteral(", from "u8);
        AppendOrigin(line, session);
        line.AppendLiteral(", "u8);
        line.AppendLiteral(session.Protocol);
        line.AppendLiteral(", since "u8);
        line.AppendTime(session.Since);
        line.AppendLiteral(", idle for "u8);
        line.AppendDuration(context.Chat.Time.GetElapsedTime(session.LastActive));
        line.AppendLiteral(", "u8);
        line.AppendNumber(session.WaitingBytes);
        line.AppendLiteral(" bytes waiting"u8);
        context.Reply(line);
    }

    /// <summary>Adds where a session comes from, with the user of this machine where that is known.</summary>
    internal static void AppendOrigin(NoticeComposer line, IUserSession session)
    {
        line.AppendText(session.Origin);
        if (session.LocalUser is { } local)
        {
            line.AppendLiteral(" (user "u8);
            line.AppendNumber(local);
            line.AppendLiteral(session.IsConsole ? ", the console)"u8 : ")"u8);
        }
    }
}
