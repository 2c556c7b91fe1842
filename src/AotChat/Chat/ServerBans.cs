namespace AotChat.Chat;

/// <summary>Keeps those out whom a ban of the whole server holds for. Operators are exempt. Owned by the event loop.</summary>
internal static class ServerBans
{
    /// <summary>Puts everybody out who is here and may not be.</summary>
    public static void Enforce(ChatState chat)
    {
        List<(User, StoredBan)> concerned = [];
        foreach (User user in chat.Users)
        {
            if (Find(chat, user) is { } ban)
            {
                concerned.Add((user, ban));
            }
        }

        foreach ((User user, StoredBan ban) in concerned)
        {
            Expel(chat, user, ban);
        }
    }

    /// <summary>Puts a user out who has become somebody who may not be here.</summary>
    public static void Enforce(ChatState chat, User user)
    {
        if (Find(chat, user) is { } ban)
        {
            Expel(chat, user, ban);
        }
    }

    /// <summary>The ban that keeps a user out; null for none.</summary>
    public static StoredBan? Find(ChatState chat, User user) => chat.Bans.Count == 0 || user.Level >= UserLevel.Operator
        ? null
        : chat.Bans.Find(BanKind.Ban, BanList.Server, user, chat.Events.Now);

    /// <summary>Says in a line how long a ban or mute holds, and why: <c> until TIME: REASON</c>.</summary>
    public static void AppendTerm(this NoticeComposer line, StoredBan ban)
    {
        if (ban.Until != StoredBan.Forever)
        {
            line.AppendLiteral(" until "u8);
            line.AppendTime(ban.Until);
        }

        if (ban.Reason.Length > 0)
        {
            line.AppendLiteral(": "u8);
            line.AppendText(ban.Reason);
        }
    }

    private static void Expel(ChatState chat, User user, StoredBan ban)
    {
        NoticeComposer line = chat.Notices.Begin();
        line.AppendLiteral("You are banned from this server"u8);
        line.AppendTerm(ban);
        user.TryTake(line.End(), Delivery.Answer);
        foreach (IUserSession session in user.Sessions)
        {
            session.Expel("banned"u8);
        }
    }
}
