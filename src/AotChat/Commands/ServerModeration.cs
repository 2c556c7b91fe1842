using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Text;
using System.Text;

namespace AotChat.Commands;

/// <summary>
/// Kicks, bans and mutes that hold for the whole server; only operators may. What lasts is on disk before it takes effect.
/// </summary>
internal static class ServerModeration
{
    /// <summary>Puts a user out. An operator is put out by the console only.</summary>
    public static ValueTask KickAsync(CommandContext context, User user, string reason)
    {
        if (!MayAct(context) || !MayActOn(context, user, isForConsole: true))
        {
            return default;
        }

        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("You were kicked from this server by "u8);
        line.AppendName(context.User.Name);
        CommandContext.AppendReason(line, reason);
        user.TryTake(line.End(), Delivery.Answer);
        foreach (IUserSession session in user.Sessions)
        {
            session.Expel(Encoding.UTF8.GetBytes(reason.Length > 0 ? "kicked: " + reason : "kicked"));
        }

        context.Reply($"User {user} was kicked from this server.");
        return context.RecordAsync(new Act("kick", user.ToString(), Reason: reason));
    }

    /// <summary>Bans or mutes somebody; those who are banned and here are put out.</summary>
    public static ValueTask BanAsync(CommandContext context, BanRequest request)
    {
        ChatState chat = context.Chat;
        if (!MayAct(context) || (request.User is { } user && !MayActOn(context, user)))
        {
            return default;
        }

        if (request is { Name: "", Kind: BanKind.Ban }
            && !context.Session.IsConsole
            && AddressRange.TryParse(request.Address, out AddressRange range) && range.Contains(context.Session.Address))
        {
            context.Reply($"Not done: you come from there yourself, and could not come back.");
            return default;
        }

        chat.ForgetEndedBans(BanList.Server);
        if (chat.Bans.CountOf(request.Kind, BanList.Server) >= ChatOptions.MaxServerBans)
        {
            context.Reply($"Too many are {Word(request.Kind)} (limit {ChatOptions.MaxServerBans}). To end one: {context.Slash}{Lift(request.Kind)} NUMBER");
            return default;
        }

        return AddAsync(context, request.ToBan(chat.Store.Ids.NextBan(), BanList.Server, context.User, chat.Events.Now));
    }

    /// <summary>Takes bans or mutes of the whole server away.</summary>
    /// <param name="context">The context of the caller.</param>
    /// <param name="kind">Bans or mutes.</param>
    /// <param name="target">The number of one, or the name or address that they hold for.</param>
    public static ValueTask UnbanAsync(CommandContext context, BanKind kind, string target)
    {
        if (!MayAct(context))
        {
            return default;
        }

        StoredBan[] meant = context.Chat.Bans.Meant(kind, BanList.Server, Encoding.UTF8.GetBytes(target), context.Chat.Events.Now);
        if (meant.Length == 0)
        {
            context.Reply($"Not {Word(kind)} on this server: {target}. To see who is: {context.Slash}bans *");
            return default;
        }

        return RemoveAsync(context, meant);
    }

    /// <summary>Lists the bans and mutes of the whole server, the last ones where there are many.</summary>
    public static void List(CommandContext context)
    {
        if (!MayAct(context))
        {
            return;
        }

        StoredBan[] bans = [.. context.Chat.Bans.In(BanList.Server, context.Chat.Events.Now)];
        if (bans.Length == 0)
        {
            context.Reply($"Nobody is banned or muted on this server.");
            return;
        }

        if (bans.Length > ChatOptions.BansShown)
        {
            context.Reply($"Bans not shown, which are older: {bans.Length - ChatOptions.BansShown}");
        }

        foreach (StoredBan ban in bans[Math.Max(0, bans.Length - ChatOptions.BansShown)..])
        {
            ModerationWords.Show(context, ban);
        }
    }

    /// <summary>Whether the caller may not take a name, since a ban holds for every user of it.</summary>
    public static bool IsNameBanned(CommandContext context, ReadOnlySpan<byte> name) =>
        !Permissions.IsOperator(context.User)
        && NameRules.IsWellFormed(name)
        && context.Chat.Bans.HoldsForName(BanKind.Ban, BanList.Server, name, context.Chat.Events.Now);

    private static async ValueTask AddAsync(CommandContext context, StoredBan ban)
    {
        ChatState chat = context.Chat;
        Act act = new(ban.Kind == BanKind.Ban ? "ban" : "mute", TargetOf(ban), Reason: ban.Reason, Undo: $"{Lift(ban.Kind)} {ban.Id}");
        if (!await context.TryActAsync(act, new StoreChange.SaveBan(ban)))
        {
            return;
        }

        chat.Bans.Add(ban);
        ModerationWords.Show(context, ban);
        if (ban.Kind == BanKind.Ban)
        {
            ServerBans.Enforce(chat);
            return;
        }

        foreach (User user in chat.Users)
        {
            if (!Permissions.IsOperator(user) && chat.Bans.Find(BanKind.Mute, BanList.Server, user, chat.Events.Now) == ban)
            {
                NoticeComposer notice = context.BeginLine();
                notice.AppendLiteral("You are muted on this server"u8);
                notice.AppendTerm(ban);
                user.TryTake(notice.End(), Delivery.Direct);
            }
        }
    }

    private static async ValueTask RemoveAsync(CommandContext context, StoredBan[] meant)
    {
        foreach (StoredBan ban in meant)
        {
            Act act = new(Lift(ban.Kind), TargetOf(ban), Undo: ModerationWords.CallFor(ban, "*", context.Chat.Events.Now));
            if (!await context.TryActAsync(act, new StoreChange.RemoveBan(ban.Id)))
            {
                return;
            }

            context.Chat.Bans.Remove(ban.Id, out _);
            context.Reply($"No longer {Word(ban.Kind)} on this server: {TargetOf(ban)}");
        }
    }

    private static bool MayAct(CommandContext context)
    {
        if (Permissions.IsOperator(context.User))
        {
            return true;
        }

        context.NotAllowed(UserLevel.Operator);
        return false;
    }

    private static bool MayActOn(CommandContext context, User user, bool isForConsole = false)
    {
        if (user == context.User)
        {
            context.Reply($"You cannot do that to yourself.");
            return false;
        }

        if (Permissions.IsOperator(user) && !(isForConsole && context.Session.IsConsole))
        {
            context.Reply($"You cannot do that to {user}, who is an operator.");
            return false;
        }

        return true;
    }

    private static string TargetOf(StoredBan ban) => ban.Name.Length > 0 ? ban.Name : ban.Address;

    private static string Lift(BanKind kind) => kind == BanKind.Ban ? "unban" : "unmute";

    private static string Word(BanKind kind) => kind == BanKind.Ban ? "banned" : "muted";
}
