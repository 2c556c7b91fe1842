using System.Text;
using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>Turns to a room, shows what it is, and changes that.</summary>
internal static class RoomSettingCommands
{
    private const string Usage = "room [ROOM] [SETTING VALUE]";

    private static readonly (string Name, RoomModes Mode)[] Switches =
    [
        ("topic-lock", RoomModes.TopicLock),
        ("invite-only", RoomModes.InviteOnly),
        ("hidden", RoomModes.Hidden),
        ("moderated", RoomModes.Moderated),
    ];

    /// <summary>
    /// Turns to ROOM, or changes what it is. What you type is then said in ROOM. Without ROOM, shows your current room. Its
    /// owner can set topic-lock, invite-only, hidden and moderated to on or off, slow to a duration such as 10s or to off, and
    /// owner to another registered user; close ends the room. Write #ROOM if ROOM is called like a setting.
    /// </summary>
    [Command("room", Usage = Usage, Category = CommandCategory.Rooms, Example = "room lobby topic-lock on")]
    internal static ValueTask Choose(CommandContext context, [Rest] ReadOnlySpan<byte> text = default)
    {
        int at = 0;
        ReadOnlySpan<byte> first = ArgumentReader.ReadWord(text, ref at);
        ReadOnlySpan<byte> second = ArgumentReader.ReadWord(text, ref at);
        ReadOnlySpan<byte> third = ArgumentReader.ReadWord(text, ref at);
        if (!ArgumentReader.IsAtEnd(text, at))
        {
            context.InvalidCall("Invalid room parameters: too many"u8, Encoding.UTF8.GetBytes(Usage));
            return default;
        }

        // A word alone is a room where there is one of that name; of two words the first is a setting where it is called so.
        bool isSetting = IsSetting(first) && third.IsEmpty && (!second.IsEmpty || !context.TryReadRoom(first, out _));
        ReadOnlySpan<byte> name = isSetting ? default : first;
        if (!context.TryFindRoom(name, out Room? room))
        {
            return default;
        }

        if (isSetting)
        {
            return ChangeAsync(context, room, Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(second));
        }

        if (second.IsEmpty)
        {
            TurnTo(context, room);
            return default;
        }

        return ChangeAsync(context, room, Encoding.UTF8.GetString(second), Encoding.UTF8.GetString(third));
    }

    private static bool IsSetting(ReadOnlySpan<byte> word)
    {
        string name = Encoding.UTF8.GetString(word).ToLowerInvariant();
        return name is "slow" or "owner" or "close" || Array.Exists(Switches, each => each.Name == name);
    }

    private static void TurnTo(CommandContext context, Room room)
    {
        if (context.User.MembershipOf(room) is not null)
        {
            context.User.CurrentRoom = room;
            context.Reply($"You now talk in {room}.");
        }
        else
        {
            context.Reply($"You are not in {room}. Join it: {context.Slash}join {room.Name}");
        }

        Describe(context, room);
    }

    // A room that is as any other is not worth a line.
    private static void Describe(CommandContext context, Room room)
    {
        RoomSettings settings = room.Settings;
        List<string> parts = [];
        if (settings.Owner != 0)
        {
            parts.Add(AccountNames.Of(context, settings.Owner) is { } owner ? $"owned by {owner}" : "owned by an account that is gone");
        }

        foreach ((string name, RoomModes mode) in Switches)
        {
            if (settings.Has(mode))
            {
                parts.Add(name);
            }
        }

        if (settings.SlowSeconds > 0)
        {
            parts.Add($"slow {Duration.Typed(room.SlowPause)}");
        }

        if (parts.Count > 0)
        {
            context.Reply($"Room {room}: {string.Join(", ", parts)}");
        }
    }

    private static ValueTask ChangeAsync(CommandContext context, Room room, string setting, string value)
    {
        setting = setting.ToLowerInvariant();
        if (!IsSetting(Encoding.UTF8.GetBytes(setting)))
        {
            context.InvalidCall(Encoding.UTF8.GetBytes($"Invalid room parameters: no setting is called {setting}"), Encoding.UTF8.GetBytes(Usage));
            return default;
        }

        if (!context.MayIn(room, RoomRight.Rule))
        {
            return default;
        }

        switch (setting)
        {
            case "close" when value.Length == 0:
                return CloseAsync(context, room);

            case "close":
                context.InvalidCall("Invalid room parameters: too many"u8, "room [ROOM] close"u8);
                return default;

            case "owner":
                return RoomOwner.GiveAsync(context, room, value);

            case "slow":
                return SlowAsync(context, room, value);

            default:
                return SwitchAsync(context, room, Array.Find(Switches, each => each.Name == setting), value);
        }
    }

    private static async ValueTask SwitchAsync(CommandContext context, Room room, (string Name, RoomModes Mode) which, string value)
    {
        bool isOn = value.Equals("on", StringComparison.OrdinalIgnoreCase);
        if (!isOn && !value.Equals("off", StringComparison.OrdinalIgnoreCase))
        {
            context.InvalidCall(
                Encoding.UTF8.GetBytes($"Invalid room parameters: {which.Name} is on or off"), Encoding.UTF8.GetBytes($"room [ROOM] {which.Name} on|off"));
            return;
        }

        if (room.Settings.Has(which.Mode) == isOn)
        {
            context.Reply($"Room {room}: {which.Name} is {(isOn ? "on" : "off")} already.");
            return;
        }

        Act act = new("room", $"{which.Name} {(isOn ? "on" : "off")}", room, Undo: $"room {room} {which.Name} {(isOn ? "off" : "on")}");
        if (await context.TryChangeAsync(room, act, settings => settings.With(which.Mode, isOn)))
        {
            TellChanged(context, room, $"{which.Name} is {(isOn ? "on" : "off")} now");
        }
    }

    private static async ValueTask SlowAsync(CommandContext context, Room room, string value)
    {
        bool isOff = value.Equals("off", StringComparison.OrdinalIgnoreCase);
        TimeSpan pause = default;
        if (!isOff
            && (!DurationText.TryParse(Encoding.UTF8.GetBytes(value), out pause)
                || pause.Ticks % TimeSpan.TicksPerSecond != 0 || pause == default || pause > ChatOptions.MaxSlowPause))
        {
            context.InvalidCall("Invalid room parameters: slow is off, or whole seconds from 1s to 6h"u8, "room [ROOM] slow DURATION|off"u8);
            return;
        }

        int seconds = (int)pause.TotalSeconds;
        if (room.Settings.SlowSeconds == seconds)
        {
            context.Reply($"Room {room}: slow is {(isOff ? "off" : Duration.Typed(pause))} already.");
            return;
        }

        string shown = isOff ? "off" : Duration.Typed(pause);
        string before = room.Settings.SlowSeconds == 0 ? "off" : Duration.Typed(room.SlowPause);
        Act act = new("room", $"slow {shown}", room, Undo: $"room {room} slow {before}");
        if (await context.TryChangeAsync(room, act, settings => settings with { SlowSeconds = seconds }))
        {
            TellChanged(context, room, $"slow is {shown} now");
        }
    }

    private static async ValueTask CloseAsync(CommandContext context, Room room)
    {
        if (room.IsClosing)
        {
            context.RoomNotFound(room.Name);
            return;
        }

        room.IsClosing = true;
        if (!await context.TryActAsync(new Act("room", "close", room), new StoreChange.RemoveRoom(room.Id)))
        {
            room.IsClosing = false;
            return;
        }

        if (!context.Chat.Rooms.Holds(room))
        {
            return;
        }

        bool isMember = context.User.MembershipOf(room) is not null;
        User[] members = room.Members.ToArray();
        foreach (User member in members)
        {
            context.TellLeaving(member, room);
        }

        context.TellRoom(room, $"Room {room} was closed by {context.User}, with all that was said in it.");
        context.Chat.Rooms.Close(room);
        foreach (User member in members)
        {
            context.Chat.Keeper.Note(member);
        }

        if (!isMember)
        {
            context.Reply($"Room {room} is closed.");
        }
    }

    // Its people are to know by what rules they talk; the owner may be elsewhere.
    internal static void TellChanged(CommandContext context, Room room, string what)
    {
        context.TellRoom(room, $"Room {room}: {what}, by {context.User}.");
        if (context.User.MembershipOf(room) is null)
        {
            context.Reply($"Room {room}: {what}.");
        }
    }
}
