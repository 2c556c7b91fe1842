using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>Reads and writes what the commands of moderation have in common: where they hold, and why.</summary>
internal static class ModerationWords
{
    /// <summary>
    /// Reads where an act holds: <c>#ROOM</c>, <c>*</c> for the whole server, or nothing for the room that the caller talks
    /// in, and the whole server for an operator who is in none.
    /// </summary>
    /// <param name="context">The context of the caller, who is told where there is no such room, and who may not rule it.</param>
    /// <param name="text">The text that it may begin with; then what stands behind.</param>
    /// <param name="room">The room; null for the whole server, where the callee looks whether the caller may.</param>
    public static bool TryReadScope(CommandContext context, ref ReadOnlySpan<byte> text, out Room? room)
    {
        room = context.User.CurrentRoom;
        int at = 0;
        ReadOnlySpan<byte> word = ArgumentReader.ReadWord(text, ref at);
        if (word is [(byte)'*'])
        {
            room = null;
            text = ArgumentReader.ReadRest(text, at);
            return true;
        }

        if (word is [(byte)'#', ..])
        {
            if (!context.TryFindRoom(word, out room))
            {
                return false;
            }

            text = ArgumentReader.ReadRest(text, at);
        }
        else if (room is null && !Permissions.IsOperator(context.User))
        {
            return context.TryChooseRoom(null, out room);
        }

        return room is null || context.MayIn(room, RoomRight.Rule);
    }

    /// <summary>Reads why; where it is too long, the caller is told.</summary>
    public static bool TryReadReason(CommandContext context, ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? reason)
    {
        if (text.Length > ChatOptions.MaxReasonBytes)
        {
            reason = null;
            context.Reply($"Too long: a reason has at most {ChatOptions.MaxReasonBytes} bytes.");
            return false;
        }

        reason = Encoding.UTF8.GetString(text);
        return true;
    }

    /// <summary>Writes a ban or mute on one line to the caller; an address only to those who may see it.</summary>
    public static void Show(CommandContext context, StoredBan ban)
    {
        NoticeComposer line = context.BeginLine();
        line.AppendLiteral(ban.Kind == BanKind.Ban ? "Ban "u8 : "Mute "u8);
        line.AppendNumber(ban.Id);
        line.AppendLiteral(": "u8);
        line.AppendText(ban.Name.Length > 0 ? ban.Name : ban.Address);
        if (ban.Name.Length > 0 && ban.Address.Length > 0 && Permissions.MaySeeOrigin(context.User))
        {
            line.AppendLiteral(" and "u8);
            line.AppendText(ban.Address);
        }

        CommandContext.AppendUntil(line, ban.Until);
        line.AppendLiteral(", by "u8);
        line.AppendText(ban.By);
        CommandContext.AppendReason(line, ban.Reason);
        context.Reply(line);
    }

    /// <summary>The command line that makes a ban or mute again that was taken away.</summary>
    /// <param name="ban">The ban.</param>
    /// <param name="scope">Where it held: <c>#ROOM</c>, or <c>*</c> for the whole server.</param>
    /// <param name="now">The time, in ticks of UTC.</param>
    public static string CallFor(StoredBan ban, string scope, long now)
    {
        string call = $"{(ban.Kind == BanKind.Ban ? "ban" : "mute")} {(ban.Name.Length > 0 ? ban.Name : ban.Address)} {scope}";
        if (ban.Until != StoredBan.Forever)
        {
            call += " " + Duration.Typed(new TimeSpan(Math.Max(ban.Until - now, TimeSpan.TicksPerSecond)));
        }

        return ban.Reason.Length > 0 ? $"{call} {ban.Reason}" : call;
    }
}
