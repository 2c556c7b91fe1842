using AotChat.Text;

namespace AotChat.Commands;

/// <summary>
/// Decides what a line is: a call of a command, or words for the room that its sender is in. It stands in front of the
/// generated dispatcher.
/// </summary>
/// <remarks>
/// <c>/</c> starts a command, everywhere. A user who is in no room gives commands without it too. In a room everything
/// else is said there: <c>//x</c> says <c>/x</c>. What <see cref="SlipGuard"/> takes for a private message is not said.
/// Blanks and invisible characters in front change nothing.
/// </remarks>
internal static class LineRouter
{
    /// <summary>Runs a command, or says something.</summary>
    /// <param name="context">The context of the user who typed the line.</param>
    /// <param name="line">The cleaned line.</param>
    /// <param name="heads">The letters of which each may be the line's first one, taken for the end of a key's sequence.</param>
    public static ValueTask RouteAsync(CommandContext context, ReadOnlySpan<byte> line, ReadOnlySpan<byte> heads)
    {
        ReadOnlySpan<byte> text = Blank.TrimStart(line);
        Room? room = context.User.CurrentRoom;
        if (text is [(byte)'/', (byte)'/', ..] && room is not null)
        {
            context.Say(room, text[1..]);
            return default;
        }

        if (text is [(byte)'/', ..] and not [(byte)'/', (byte)'/', ..])
        {
            context.HasTypedSlash = true;
            return CallAsync(context, text[1..]);
        }

        if (room is null)
        {
            context.HasTypedSlash = false;
            return CallAsync(context, line);
        }

        if (text.IsEmpty)
        {
            return default;
        }

        if (SlipGuard.FindMeant(context, line, heads) is { } meant)
        {
            context.Reply($"Not sent: this looks private. Send it with /{meant.Name} …, or say it in {room} with /say {room.Name} …");
            return default;
        }

        context.Say(room, line);
        HintAtCommand(context, room, Blank.Trim(text));
        return default;
    }

    private static ValueTask CallAsync(CommandContext context, ReadOnlySpan<byte> call) =>
        CommandGate.Stops(context, call) ? default : CommandDispatcher.DispatchAsync(context, call);

    // A newcomer who types "quit" in a room wants to leave, and would otherwise type it again.
    private static void HintAtCommand(CommandContext context, Room room, ReadOnlySpan<byte> said)
    {
        if (said.Length <= CommandName.MaxLength && CommandTable.Find(said) is { } command
            && CommandRules.MayCall(context.Chat.Rules, command, context.User.Level) && context.TryHint(Hint.SaidCommand))
        {
            context.Reply($"You said \"{said}\" in {room}. {(command.Name == "quit" ? "To leave" : "To run it as a command")}: /{command.Name}");
        }
    }
}
