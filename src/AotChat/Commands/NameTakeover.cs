using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>
/// Gives somebody a name that is held at the same address by a ghost, a connection that is gone but not closed: the
/// holder is asked for a sign of life and put out where none comes. From another address, or where the holder has
/// an account, the name is simply taken.
/// </summary>
internal static class NameTakeover
{
    /// <summary>Asks the holder of a name, where the holder may be a ghost, or says that the name is taken.</summary>
    public static ValueTask AskAsync(CommandContext context, ReadOnlySpan<byte> name)
    {
        NameClaims claims = context.Chat.Claims;
        User asker = context.User;
        if (!context.Users.TryFindLike(name, out User? holder)
            || holder.Account is not null
            || holder.OriginBlock != asker.OriginBlock
            || HasJustAnswered(context, holder)
            || (claims.TryFind(holder, out NameClaim? open) && open.Asker != asker))
        {
            context.Reply($"Name is taken: {name}");
            return default;
        }

        int seconds = (int)ChatOptions.NameAnswerLimit.TotalSeconds;
        context.Reply($"Name {holder} is in use from your address. Asking whether anybody is still there; this takes up to {seconds} seconds.");
        if (open is not null)
        {
            open.Name = name.ToArray();
            return default;
        }

        NameClaim claim = claims.Begin(asker, holder, name.ToArray());
        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("Your name "u8);
        line.AppendName(holder.Name);
        line.AppendLiteral(" is wanted by another connection from your address. Press Enter within "u8);
        line.AppendNumber(seconds);
        line.AppendLiteral(" seconds to keep it."u8);
        holder.TryTake(line.End(), Delivery.Direct);
        return AwaitAsync(context, claim, holder.Sessions[0].ProbeAsync(ChatOptions.NameAnswerLimit));
    }

    // Otherwise a user could ask again and again until the holder looks away.
    private static bool HasJustAnswered(CommandContext context, User holder) =>
        context.Chat.Claims.KeptAt(holder) is { } keptAt && context.Chat.Time.GetElapsedTime(keptAt) < ChatOptions.NameAskPause;

    private static async ValueTask AwaitAsync(CommandContext context, NameClaim claim, ValueTask<bool> probe)
    {
        bool isThere = await probe;
        if (!context.Chat.Claims.TryEnd(claim))
        {
            // The asker has gone, or has another name by now.
            return;
        }

        if (!isThere && context.Users.TryFindLike(claim.Name, out User? holder) && holder == claim.Holder)
        {
            NoticeComposer line = context.BeginLine();
            line.AppendLiteral("You did not answer. Your name "u8);
            line.AppendName(holder.Name);
            line.AppendLiteral(" goes to another connection from your address, and this one is closed."u8);
            holder.TryTake(line.End(), Delivery.Direct);
            foreach (IUserSession session in holder.Sessions)
            {
                session.PutOut("no answer"u8);
            }
        }

        // Whatever the answer: the holder may have left, or have taken another name.
        if (PeopleCommands.TryTake(context, claim.Name) == NameResult.Taken)
        {
            context.Chat.Claims.Keep(claim.Holder, context.Chat.Time.GetTimestamp());
            context.Reply($"Name is taken: {claim.Name}");
        }
    }
}
