using System.Globalization;
using AotChat.Chat;
using AotChat.Text;
using System.Text;

namespace AotChat.Commands;

/// <summary>What those do who look after the chat.</summary>
internal static class OperatorCommands
{
    /// <summary>Tells everyone TEXT, as the server. It reaches also those who ignore you.</summary>
    [Command("notice", Category = CommandCategory.Operators, Example = "notice back in five minutes")]
    [Requires(UserLevel.Operator)]
    internal static ValueTask Notice(CommandContext context, [Rest] ReadOnlySpan<byte> text)
    {
        context.TellEveryone($"Server notice: {text}");
        return context.RecordAsync(new Act("notice", "", Reason: Encoding.UTF8.GetString(text)));
    }

    /// <summary>
    /// Lets nobody in any more. Newcomers are told REASON, and who is here stays. The console gets in all the same; a restart
    /// of the server ends it.
    /// </summary>
    [Command("lock", Category = CommandCategory.Operators, Example = "lock under attack, try again in an hour")]
    [Requires(UserLevel.Operator)]
    internal static ValueTask Lock(CommandContext context, [Rest] ReadOnlySpan<byte> reason = default)
    {
        if (!ModerationWords.TryReadReason(context, reason, out string? why))
        {
            return default;
        }

        bool wasLocked = context.Chat.Lock is not null;
        context.Chat.Lock = Encoding.UTF8.GetBytes(why);
        context.Reply($"The server is locked{(wasLocked ? ", for another reason than before" : "")}. To let people in again: {context.Slash}unlock");
        return context.RecordAsync(new Act("lock", "", Reason: why, Undo: "unlock"));
    }

    /// <summary>Lets people in again.</summary>
    [Command("unlock", Category = CommandCategory.Operators, Example = "unlock")]
    [Requires(UserLevel.Operator)]
    internal static ValueTask Unlock(CommandContext context)
    {
        if (context.Chat.Lock is not { } why)
        {
            context.Reply($"The server is not locked.");
            return default;
        }

        context.Chat.Lock = null;
        context.Reply($"The server is open again.");
        string reason = Encoding.UTF8.GetString(why);
        return context.RecordAsync(new Act("unlock", "", Undo: reason.Length == 0 ? "lock" : "lock " + reason));
    }

    /// <summary>Gives USER another name.</summary>
    [Command("rename", Category = CommandCategory.Operators, Example = "rename u1001 guest")]
    [Requires(UserLevel.Operator)]
    internal static ValueTask Rename(CommandContext context, User user, ReadOnlySpan<byte> name)
    {
        byte[] before = user.Name.ToArray();
        bool wasChosen = user.HasChosenName;
        switch (context.Chat.Rename(user, name))
        {
            case NameResult.Done:
                NoticeComposer notice = context.BeginLine();
                notice.AppendLiteral("You are now known as "u8);
                notice.AppendName(user.Name);
                notice.AppendLiteral(": an operator has renamed you."u8);
                user.TryTake(notice.End(), Delivery.Answer);
                context.Chat.Talk.TellRenamed(user.Sessions[0], before);
                context.Reply($"User {before} is now known as {user}");
                string old = Encoding.UTF8.GetString(before);

                // A name that the server gave is given once.
                return context.RecordAsync(new Act("rename", old, Reason: "to " + user, Undo: wasChosen ? $"rename {user} {old}" : ""));

            case NameResult.Unchanged:
                context.Reply($"User {user} is already known as that.");
                break;

            case NameResult.Malformed:
                context.Reply($"Invalid name: {name} ({NameRules.Text})");
                break;

            case NameResult.Reserved:
                context.Reply($"Name is reserved: {name}");
                break;

            default:
                context.Reply($"Name is taken: {name}");
                break;
        }

        return default;
    }

    /// <summary>
    /// Copies what the server keeps. The copy is a new file in the directory backups of the server's data. FILE is its name.
    /// </summary>
    [Command("backup", Usage = "backup [FILE]", Category = CommandCategory.Operators, Example = "backup")]
    [Requires(UserLevel.Operator)]
    internal static async ValueTask Backup(CommandContext context, [Rest] string? file = null)
    {
        string name = file?.Trim() is { Length: > 0 } given
            ? given
            : string.Create(CultureInfo.InvariantCulture, $"chat-{context.Chat.Time.GetUtcNow():yyyyMMdd-HHmmss}.db");
        BackupState state = context.Chat.State<BackupState>();
        if (state.IsUnderWay)
        {
            context.Reply($"Not done: a backup is being made already. Try again when it is complete.");
            return;
        }

        state.IsUnderWay = true;
        string? problem;
        try
        {
            problem = await context.Chat.Store.BackupAsync(name);
        }
        finally
        {
            state.IsUnderWay = false;
        }

        if (problem is not null)
        {
            context.Reply($"Cannot make a backup: {problem}");
            return;
        }

        context.Reply($"The backup is complete: backups/{name}");
        await context.RecordAsync(new Act("backup", name));
    }

    /// <summary>Whether a backup is being made: one at a time.</summary>
    private sealed class BackupState
    {
        public bool IsUnderWay { get; set; }
    }
}
