using AotChat.Chat;
using AotChat.Configuration;
using System.Text;

namespace AotChat.Commands;

/// <summary>What operators and room owners have done, and how to undo it.</summary>
internal static class AuditCommands
{
    /// <summary>Lists what operators and owners did. The newest comes first; N is how many, 20 of itself.</summary>
    [Command("audit", Category = CommandCategory.Operators, Example = "audit 50")]
    [Requires(UserLevel.Operator)]
    internal static async ValueTask Audit(
        CommandContext context, [Between(1, ChatOptions.AuditShown)] int n = ChatOptions.AuditUsual)
    {
        if (await context.Chat.Store.ReadAuditAsync(n) is not { } entries)
        {
            TellUnreadable(context);
            return;
        }

        foreach (AuditEntry entry in entries)
        {
            Show(context, entry);
        }

        if (entries.Count == 0)
        {
            context.Reply($"Nothing was done yet that leaves a trail.");
        }
    }

    /// <summary>Undoes an entry of the audit. ID is the number that audit shows.</summary>
    [Command("undo", Category = CommandCategory.Operators, Example = "undo 7")]
    [Requires(UserLevel.Operator)]
    internal static async ValueTask Undo(CommandContext context, [Between(1, long.MaxValue)] long id)
    {
        HashSet<long> underWay = context.Chat.State<UndoState>().UnderWay;
        if (!underWay.Add(id))
        {
            context.Reply($"Not undone: entry {id} is being undone already.");
            return;
        }

        try
        {
            await FindAndUndoAsync(context, id);
        }
        finally
        {
            underWay.Remove(id);
        }
    }

    private static async ValueTask FindAndUndoAsync(CommandContext context, long id)
    {
        if (await context.Chat.Store.FindAuditAsync(id) is not { } found)
        {
            TellUnreadable(context);
        }
        else if (found is not [var entry, ..])
        {
            context.Reply($"No entry of the audit has the number {id}. To see them: {context.Slash}audit");
        }
        else if (entry.UndoneBy.Length > 0)
        {
            context.Reply($"Not undone: entry {id} was undone before, by {entry.UndoneBy}.");
        }
        else if (entry.Undo.Length == 0)
        {
            context.Reply($"Not undone: nothing can undo entry {id} ({entry.Action}).");
        }
        else if (FindNewcomer(context, entry) is { } newcomer)
        {
            context.Reply($"Not undone: {newcomer} is somebody else by now, who came after entry {id}.");
        }
        else
        {
            await UndoAsync(context, entry);
        }
    }

    // The user whom an undoing would rename though another one was meant, who has left since; null for none.
    private static User? FindNewcomer(CommandContext context, AuditEntry entry) =>
        entry.Undo.Split(' ') is ["rename", var name, _]
        && context.TryFindUser(Encoding.UTF8.GetBytes(name), out User? user)
        && user.Since > entry.Ticks ? user : null;

    private static async ValueTask UndoAsync(CommandContext context, AuditEntry entry)
    {
        UndoneAct undone = new(entry.Id);
        await RunAsync(context.ForUndo(undone), entry.Undo);
        if (undone.IsUndone)
        {
            context.Reply($"Undone: entry {entry.Id} ({entry.Action} {entry.Target})");
        }
        else
        {
            context.Reply($"Not undone: entry {entry.Id} ({entry.Action} {entry.Target})");
        }
    }

    // Spans can't stand in a method that awaits.
    private static ValueTask RunAsync(CommandContext context, string line) => CommandDispatcher.DispatchAsync(context, Encoding.UTF8.GetBytes(line));

    private static void Show(CommandContext context, AuditEntry entry)
    {
        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("Audit "u8);
        line.AppendNumber(entry.Id);
        line.AppendLiteral(": "u8);
        line.AppendTime(entry.Ticks);
        line.AppendLiteral(" "u8);
        line.AppendText(entry.Actor);
        if (entry.ActorAccount != 0)
        {
            line.AppendLiteral(" (account "u8);
            line.AppendNumber(entry.ActorAccount);
            line.AppendLiteral(")"u8);
        }

        line.AppendLiteral(" from "u8);
        line.AppendText(entry.From);
        line.AppendLiteral(": "u8);
        line.AppendText(entry.Action);
        Append(line, " "u8, entry.Target);
        Append(line, " in #"u8, entry.Room);
        Append(line, ": "u8, entry.Reason);
        if (entry.UndoneBy.Length > 0)
        {
            line.AppendLiteral(" (undone by "u8);
            line.AppendText(entry.UndoneBy);
            line.AppendLiteral(" at "u8);
            line.AppendTime(entry.UndoneTicks);
            line.AppendLiteral(")"u8);
        }
        else if (entry.Undo.Length > 0)
        {
            line.AppendLiteral(" (can be undone)"u8);
        }

        context.Reply(line);
    }

    private static void Append(NoticeComposer line, ReadOnlySpan<byte> before, string text)
    {
        if (text.Length > 0)
        {
            line.AppendLiteral(before);
            line.AppendText(text);
        }
    }

    private static void TellUnreadable(CommandContext context) =>
        context.Reply($"The audit cannot be read at present ({context.Chat.Store.Problem ?? "the store does not answer"}). Try again later.");

    /// <summary>The entries that are being undone: each is undone once.</summary>
    private sealed class UndoState
    {
        public HashSet<long> UnderWay { get; } = [];
    }
}
