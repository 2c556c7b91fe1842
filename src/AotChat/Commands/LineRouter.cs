using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>
/// Decides what a line is: a call of a command, or words for the room that its sender is in. It stands in front of the
/// generated dispatcher.
/// </summary>
/// <remarks>
/// <c>/</c> starts a command, everywhere. Who is in no room gives commands without it too; what is none is unknown.
/// Who is in one says everything else there: <c>//x</c> says <c>/x</c>. Not said is what would call a command whose text
/// is for one alone, since one who forgets the <c>/</c> must not tell a secret to all. Spaces in front change nothing.
/// </remarks>
internal static class LineRouter
{
    private static readonly CommandInfo[] PrivateCommands = [.. CommandDispatcher.All.ToArray().Where(command => command.IsPrivate)];

    /// <summary>Runs a command, or says something.</summary>
    public static ValueTask RouteAsync(CommandContext context, ReadOnlySpan<byte> line, ReadOnlySpan<byte> literal)
    {
        ReadOnlySpan<byte> text = Blank.TrimStart(line);
        Room? room = context.User.CurrentRoom;
        if (text is [(byte)'/', (byte)'/', ..] && room is not null)
        {
            Say(context, room, text[1..]);
            return default;
        }

        if (text is [(byte)'/', ..] and not [(byte)'/', (byte)'/', ..])
        {
            return CommandDispatcher.DispatchAsync(context, text[1..]);
        }

        if (room is null)
        {
            return CommandDispatcher.DispatchAsync(context, line);
        }

        if (FindPrivateCall(text) is { } command)
        {
            context.Reply($"Not said in {room}, for it looks private. To send it: /{command.Name} ... To say it all the same: /say {room.Name} ...");
        }
        else if (!text.IsEmpty)
        {
            Say(context, room, line);
        }

        return default;
    }

    private static void Say(CommandContext context, Room room, ReadOnlySpan<byte> text)
    {
        if (context.MayIn(room, RoomRight.Talk))
        {
            context.Chat.Talk.Say(context.User, room, text);
        }
    }

    // By its shape alone: a name that is mistyped must not make a secret public.
    private static CommandInfo? FindPrivateCall(ReadOnlySpan<byte> text)
    {
        int at = 0;
        ReadOnlySpan<byte> name = ArgumentReader.ReadWord(text, ref at);
        if (name.IsEmpty)
        {
            return null;
        }

        foreach (CommandInfo command in PrivateCommands)
        {
            if (command.IsCalled(name))
            {
                for (int left = command.RequiredWords; left > 0; left--)
                {
                    if (ArgumentReader.ReadWord(text, ref at).IsEmpty)
                    {
                        return null;
                    }
                }

                return command;
            }
        }

        return null;
    }
}
