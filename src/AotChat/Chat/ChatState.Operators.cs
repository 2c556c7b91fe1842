using AotChat.Configuration;

namespace AotChat.Chat;

/// <content>The levels of users, the rules of commands, and the lock.</content>
internal sealed partial class ChatState
{
    /// <summary>The rules that the options set for commands.</summary>
    public CallRules Rules { get; set; } = CallRules.None;

    /// <summary>Called with what somebody did as an operator or room owner, and through which session.</summary>
    public Action<IUserSession, AuditEntry>? Acted { get; set; }

    /// <summary>Why nobody but the console is let in, safe for a terminal, maybe empty; null where everybody is.</summary>
    public byte[]? Lock { get; set; }

    /// <summary>Sets what a user may do, by account and sessions; to be called when one of them changes.</summary>
    /// <remarks>
    /// The console makes an operator only of a user who has no other session: an account that somebody logs in to there does
    /// not become an operator's for those who are logged in to it from elsewhere.
    /// </remarks>
    public void UpdateLevel(User user)
    {
        user.Level = user.Account is not { } account ? UserLevel.Everyone
            : Options.Operators.Contains(account.Kept.Name, StringComparer.OrdinalIgnoreCase) ? UserLevel.Operator
            : UserLevel.Registered;
        if (user.Level < UserLevel.Operator && HasOnlyTheConsole(user))
        {
            user.Level = UserLevel.Operator;
        }
    }

    /// <summary>Takes on the options that have changed.</summary>
    public void TakeOn(ReservedNames reserved, CallRules rules)
    {
        Users.Reserve(reserved);
        Rules = rules;
        Rooms.Limit(Options);
        Seen.Limit(Options.SeenNames);
        History.Limit(Options.HistoryLines, Options.HistoryBytes);
        TrimHistory();
        List<User> former = [];
        foreach (User user in Users)
        {
            UserLevel before = user.Level;
            UpdateLevel(user);
            if (user.Level < before)
            {
                former.Add(user);
            }
        }

        // Bans hold for those who are operators no more.
        former.ForEach(user => ServerBans.Enforce(this, user));
    }

    // Some lines a turn: a million of them at once would keep everybody waiting.
    private void TrimHistory()
    {
        if (History.TrimSome(Rooms.All, ChatOptions.LinesTrimmedPerTurn))
        {
            Scheduler?.Schedule(TimeSpan.Zero, TrimHistory);
        }
    }

    private static bool HasOnlyTheConsole(User user)
    {
        for (int i = 0; user.SessionAt(i) is { } session; i++)
        {
            if (!session.IsConsole)
            {
                return false;
            }
        }

        return user.SessionAt(0) is not null;
    }
}
