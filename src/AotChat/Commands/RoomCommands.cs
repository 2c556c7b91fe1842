using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>Rooms: coming, going, and what they are about.</summary>
internal static class RoomCommands
{
    /// <summary>Enters ROOM, which begins to be there with its first visitor; what you type is said there from now on.</summary>
    [Command("join", Category = CommandCategory.Rooms, Example = "join lobby")]
    internal static void Join(CommandContext context, ReadOnlySpan<byte> room)
    {
        switch (context.Chat.Join(context.User, room, out Room? joined))
        {
            case JoinResult.Done:
                Enter(context, joined!);
                break;

            case JoinResult.Unchanged:
                context.Reply($"You are in {joined!} already, and talk there now.");
                break;

            case JoinResult.Malformed:
                context.Reply($"Invalid room name: {room} ({NameRules.Text})");
                break;

            case JoinResult.LooksLikeAnother:
                context.Reply($"Room name looks too much like {joined!}: {room}");
                break;

            case JoinResult.TooManyOfUser:
                context.Reply($"You are in too many rooms (limit {context.Options.MaxRoomsPerUser}). Leave one: leave ROOM");
                break;

            case JoinResult.TooMany:
                context.Reply($"Cannot open the room: there are too many (limit {context.Options.MaxRooms})");
                break;
        }
    }

    /// <summary>Leaves ROOM, or the one that you talk in.</summary>
    [Command("leave", Category = CommandCategory.Rooms, Example = "leave lobby")]
    internal static void Leave(CommandContext context, ReadOnlySpan<byte> room = default)
    {
        if (!context.TryFindRoom(room, out Room? found))
        {
            return;
        }

        if (context.User.MembershipOf(found) is not { } membership)
        {
            context.Reply($"You are not in {found}.");
            return;
        }

        context.Chat.Talk.Leave(membership);
        if (context.User.CurrentRoom is { } current)
        {
            context.Reply($"You left {found}, and talk in {current} now.");
        }
        else
        {
            context.Reply($"You left {found}.");
        }
    }

    /// <summary>Chooses the ROOM that what you type is said in, or shows which one it is.</summary>
    [Command("room", Category = CommandCategory.Rooms, Example = "room lobby")]
    internal static void Choose(CommandContext context, ReadOnlySpan<byte> room = default)
    {
        if (!context.TryFindRoom(room, out Room? found))
        {
            return;
        }

        if (context.User.MembershipOf(found) is null)
        {
            context.Reply($"You are not in {found}. Join it: join {found.Name}");
            return;
        }

        context.User.CurrentRoom = found;
        context.Reply($"You talk in {found} now.");
    }

    /// <summary>Lists the rooms with how many people are in each and what it is about.</summary>
    [Command("rooms", Category = CommandCategory.Rooms, Example = "rooms")]
    internal static void List(CommandContext context)
    {
        if (context.Chat.Rooms.Count == 0)
        {
            context.Reply($"No room is open. Open one: join ROOM");
            return;
        }

        foreach (Room room in context.Chat.Rooms.Fullest(ChatOptions.RoomsShown))
        {
            LineComposer line = context.BeginLine();
            line.AppendLiteral("#"u8);
            line.AppendLiteral(room.Name);
            AppendPeople(line, room.Members.Length);
            AppendTopic(line, room, " "u8);
            context.Reply(line);
        }

        if (context.Chat.Rooms.Count > ChatOptions.RoomsShown)
        {
            context.Reply($"Rooms not shown: {context.Chat.Rooms.Count - ChatOptions.RoomsShown}");
        }
    }

    /// <summary>Says what ROOM is about: TEXT, or shows it.</summary>
    [Command("topic", Category = CommandCategory.Rooms, Example = "topic lobby all about chat")]
    internal static void Topic(CommandContext context, ReadOnlySpan<byte> room, [Rest] ReadOnlySpan<byte> text = default)
    {
        if (!context.TryFindRoom(room, out Room? found))
        {
            return;
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

    private static void Enter(CommandContext context, Room room)
    {
        // The one who joins first: the answer is then sent before a thousand members are told.
        LineComposer line = context.BeginLine();
        line.AppendLiteral("You are in #"u8);
        line.AppendLiteral(room.Name);
        AppendPeople(line, room.Members.Length);
        line.AppendLiteral("; what you type is said there, commands begin with /."u8);
        AppendTopic(line, room, " Topic: "u8);
        context.Reply(line);
        long last = room.History.Last;
        for (long number = Math.Max(room.History.First, last - context.Options.ReplayLines + 1); number <= last; number++)
        {
            context.Chat.Talk.Replay(context.User, room, number);
        }

        context.Chat.Talk.TellJoined(context.User, room);
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
        context.Reply($"Topic of {room}: {room.Topic}");
        context.Chat.Talk.TellTopic(context.User, room);
    }

    private static void AppendPeople(LineComposer line, int count)
    {
        line.AppendLiteral(" ("u8);
        line.AppendNumber(count);
        line.AppendLiteral(count == 1 ? " person)"u8 : " people)"u8);
    }

    private static void AppendTopic(LineComposer line, Room room, ReadOnlySpan<byte> before)
    {
        if (room.Topic.Length > 0)
        {
            line.AppendLiteral(before);
            line.AppendLiteral(room.Topic);
        }
    }
}
