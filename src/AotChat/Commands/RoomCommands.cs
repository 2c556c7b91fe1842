using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>Rooms: coming, going, and what they are about.</summary>
internal static class RoomCommands
{
    /// <summary>
    /// Enters ROOM, or opens it. From then on, what you type is said there, and commands begin with /.
    /// </summary>
    [Command("join", Aliases = ["j"], Category = CommandCategory.Rooms, Example = "join lobby")]
    internal static ValueTask Join(CommandContext context, ReadOnlySpan<byte> room)
    {
        if (context.Chat.Rooms.TryFind(room, out Room? joined)
            && context.User.MembershipOf(joined) is null
            && !context.MayIn(joined, RoomRight.Join))
        {
            return default;
        }

        switch (context.Chat.Join(context.User, room, out joined))
        {
            case JoinResult.Done:
                context.Chat.Keeper.Note(context.User);
                ValueTask entering = Enter(context, joined!);
                context.TellJoined(joined!);
                return entering;

            case JoinResult.Unchanged:
                context.Reply($"You are already in {joined!} and now talk there.");
                break;

            case JoinResult.Malformed:
                context.Reply($"Invalid room name: {room} ({NameRules.Text})");
                break;

            case JoinResult.LooksLikeAnother when !Permissions.MayIn(context.User, joined!, RoomRight.Look):
                context.Reply($"Room name is too similar to another one: {room}");
                break;

            case JoinResult.LooksLikeAnother:
                context.Reply($"Room name is too similar to {joined!}: {room}");
                break;

            case JoinResult.TooManyOfUser:
                context.Reply($"You are in too many rooms (limit {context.Options.MaxRoomsPerUser}). Leave one: {context.Slash}leave ROOM");
                break;

            case JoinResult.TooManyOfAddress:
                context.Reply($"Cannot open the room: there are too many rooms from your address (limit {context.Options.RoomsPerAddressLimit})");
                break;

            case JoinResult.TooManyOfAccount:
                context.Reply(
                    $"Cannot open the room: you own too many rooms (limit {context.Options.MaxRoomsPerAccount}). Close one: {context.Slash}room ROOM close");
                break;

            case JoinResult.TooMany:
                context.Reply($"Cannot open the room: there are too many rooms (limit {context.Options.MaxRooms})");
                break;
        }

        return default;
    }

    /// <summary>Leaves ROOM, or your current room.</summary>
    [Command("leave", Aliases = ["part"], Category = CommandCategory.Rooms, Example = "leave lobby")]
    internal static void Leave(CommandContext context, Room? room = null)
    {
        if (!context.TryChooseRoom(room, out Room? found))
        {
            return;
        }

        if (context.User.MembershipOf(found) is null)
        {
            context.Reply($"You are not in {found}.");
            return;
        }

        context.TellLeaving(found);
        if (context.User.MembershipOf(found) is not { } membership)
        {
            // A hook has taken the user out.
            return;
        }

        context.Chat.Talk.Leave(context.Session, membership);
        context.Chat.Keeper.Note(context.User);
        if (context.User.CurrentRoom is { } current)
        {
            context.Reply($"You left {found} and now talk in {current}.");
        }
        else
        {
            context.Reply($"You left {found}.");
        }
    }

    /// <summary>Lists the rooms. Shows how many people are in each, and its topic.</summary>
    [Command("rooms", Aliases = ["list", "ls"], Category = CommandCategory.Rooms, Example = "rooms")]
    internal static void List(CommandContext context)
    {
        Room[] seen = [.. context.Chat.Rooms.All.Where(room => Permissions.MayIn(context.User, room, RoomRight.Look))];
        if (seen.Length == 0)
        {
            context.Reply($"No room is open. Open one: {context.Slash}join ROOM");
            return;
        }

        foreach (Room room in RoomDirectory.Fullest(ChatOptions.RoomsShown, seen))
        {
            NoticeComposer line = context.BeginLine();
            line.AppendLiteral("#"u8);
            line.AppendLiteral(room.Name);
            AppendPeople(line, room.Members.Length);
            AppendTopic(line, room, " "u8);
            context.Reply(line);
        }

        if (seen.Length > ChatOptions.RoomsShown)
        {
            context.Reply($"Rooms not shown: {seen.Length - ChatOptions.RoomsShown}");
        }
    }

    /// <summary>
    /// Shows a room's topic, or sets it to TEXT. Without ROOM, that of your current room. If TEXT begins with the name of a
    /// room, write ROOM too.
    /// </summary>
    [Command("topic", Usage = "topic [ROOM] [TEXT]", Category = CommandCategory.Rooms, Example = "topic lobby all about chat")]
    internal static void Topic(CommandContext context, [Rest] ReadOnlySpan<byte> text = default)
    {
        int at = 0;
        ReadOnlySpan<byte> word = ArgumentReader.ReadWord(text, ref at);
        Room? found;
        if (word is [(byte)'#', ..] || context.User.CurrentRoom is null || context.TryReadRoom(word, out _))
        {
            if (!context.TryFindRoom(word, out found))
            {
                return;
            }

            text = ArgumentReader.ReadRest(text, at);
        }
        else
        {
            found = context.User.CurrentRoom;
            text = text.TrimStart(" \t"u8);
        }

        if (!text.IsEmpty)
        {
            SetTopic(context, found, text);
        }
        else if (found.Topic.Length == 0)
        {
            context.Reply($"No topic is set for {found}.");
        }
        else
        {
            context.Reply($"Topic of {found}: {found.Topic}");
        }
    }

    private static ValueTask Enter(CommandContext context, Room room)
    {
        // The joining user comes first: the answer is then sent before a thousand members are told.
        NoticeComposer line = context.BeginLine();
        line.AppendLiteral("You are in #"u8);
        line.AppendLiteral(room.Name);
        AppendPeople(line, room.Members.Length);
        line.AppendLiteral(". What you type is said there; commands begin with /."u8);
        AppendTopic(line, room, " Topic: "u8);
        context.Reply(line);
        ValueTask replaying = HistoryReplay.ShowLastAsync(context, room);
        context.Chat.Talk.TellJoined(context.Session, room);
        return replaying;
    }

    private static void SetTopic(CommandContext context, Room room, ReadOnlySpan<byte> text)
    {
        if (!context.MayIn(room, RoomRight.SetTopic))
        {
            return;
        }

        if (text.Length > context.Options.MaxTopicBytes)
        {
            context.Reply($"Topic too long (limit {context.Options.MaxTopicBytes} bytes).");
            return;
        }

        room.Topic = TerminalText.Copy(text);
        context.Chat.Rooms.Save(room);
        context.Reply($"Topic of {room}: {room.Topic}");
        context.Chat.Talk.TellTopic(context.Session, room);
    }

    private static void AppendPeople(NoticeComposer line, int count)
    {
        line.AppendLiteral(" ("u8);
        line.AppendNumber(count);
        line.AppendLiteral(count == 1 ? " person)"u8 : " people)"u8);
    }

    private static void AppendTopic(NoticeComposer line, Room room, ReadOnlySpan<byte> before)
    {
        if (room.Topic.Length > 0)
        {
            line.AppendLiteral(before);
            line.AppendLiteral(room.Topic);
        }
    }
}
