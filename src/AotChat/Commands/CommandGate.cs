using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>
/// Stands in front of the dispatcher and stops calls that the rules, bans and mutes of the server forbid, whatever the
/// command. Where there are none of them it costs two comparisons.
/// </summary>
internal static class CommandGate
{
    // What a guest may call whose address is banned as a guest's: the way in for registered users behind the same address.
    private static readonly string[] WayIn = ["login", "help", "quit"];

    // What carries words of its caller to others: also reasons, and the names of rooms.
    private static readonly string[] Talk =
        ["away", "ban", "broadcast", "fib", "invite", "kick", "me", "msg", "mute", "nick", "r", "say", "topic", "url"];

    /// <summary>Whether a call is stopped; then its caller was told why.</summary>
    /// <param name="context">The caller's.</param>
    /// <param name="line">The call, without its slash.</param>
    public static bool Stops(CommandContext context, ReadOnlySpan<byte> line)
    {
        ChatState chat = context.Chat;
        if (chat.Rules.IsEmpty && chat.Bans.Count == 0)
        {
            return false;
        }

        int start = ArgumentReader.StartOfWord(line, 0);
        ReadOnlySpan<byte> word = line[start..ArgumentReader.EndOfWord(line, start)];
        if (word.IsEmpty)
        {
            return false;
        }

        if (chat.Rules.Find(word) is { } needed && needed > context.User.Level)
        {
            context.NotAllowed(needed);
            return true;
        }

        return chat.Bans.Count > 0 && !Permissions.IsOperator(context.User) && (KeepsOut(context, word) || Silences(context, word));
    }

    private static bool KeepsOut(CommandContext context, ReadOnlySpan<byte> word)
    {
        if (ServerBans.Find(context.Chat, context.User) is not { } ban || IsOneOf(word, WayIn))
        {
            return false;
        }

        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("You cannot use this server as a guest, since guests from your address are banned"u8);
        line.AppendTerm(ban);
        context.Reply(line);
        context.Reply($"You can still log in to an account: {context.Slash}login NAME PASSWORD");
        return true;
    }

    private static bool Silences(CommandContext context, ReadOnlySpan<byte> word)
    {
        if (!context.Chat.Bans.HasServerMutes
            || context.Chat.Bans.Find(BanKind.Mute, BanList.Server, context.User, context.Chat.Events.Now) is not { } mute
            || !IsOneOf(word, Talk))
        {
            return false;
        }

        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("You are muted on this server"u8);
        line.AppendTerm(mute);
        context.Reply(line);
        return true;
    }

    private static bool IsOneOf(ReadOnlySpan<byte> word, string[] names) =>
        CommandTable.Find(word) is { } command && names.Contains(command.Name);
}
