using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Commands;

/// <summary>Who may come into an invite-only room, and who may talk in a moderated one.</summary>
internal static class InvitationCommands
{
    /// <summary>Asks USER to join your current room, or ROOM. If it is invite-only, USER can join from then on.</summary>
    [Command("invite", Category = CommandCategory.Rooms, Example = "invite bob lobby")]
    internal static ValueTask Invite(CommandContext context, ReadOnlySpan<byte> user, Room? room = null)
    {
        if (!context.TryChooseRoom(room, out Room? found) || !MayInvite(context, found))
        {
            return default;
        }

        bool isHere = context.TryFindUser(user, out User? guest);
        if (!isHere && !found.Settings.Has(RoomModes.InviteOnly))
        {
            context.UserNotFound(user);
            return default;
        }

        if (guest?.MembershipOf(found) is not null)
        {
            context.Reply($"User {guest} is in {found} already.");
            return default;
        }

        if (guest is not null && Permissions.Check(context.Chat, guest, found, RoomRight.Join) == RoomRefusal.Banned)
        {
            context.Reply($"Cannot invite {guest}, who is banned from {found}.");
            return default;
        }

        if (!found.Settings.Has(RoomModes.InviteOnly))
        {
            Ask(context, found, guest!);
            return default;
        }

        if (AccountNames.TryFind(context, user, out Account? account))
        {
            return InviteAsync(context, found, account);
        }

        if (guest is null)
        {
            context.UserNotFound(user);
            return default;
        }

        return InviteGuestAsync(context, found, guest);
    }

    /// <summary>Takes USER's invitation back. USER stays in the room, but cannot join it again if it is invite-only.</summary>
    [Command("uninvite", Category = CommandCategory.Rooms, Example = "uninvite bob lobby")]
    internal static ValueTask Uninvite(CommandContext context, ReadOnlySpan<byte> user, Room? room = null)
    {
        if (!context.TryChooseRoom(room, out Room? found) || !context.MayIn(found, RoomRight.Rule))
        {
            return default;
        }

        if (AccountNames.TryFind(context, user, out Account? account) && found.Settings.Invited.Contains(account.Id))
        {
            long id = account.Id;
            Act act = new("uninvite", account.Kept.Name, found, Undo: $"invite {account.Kept.Name} {found}");
            return ChangeAsync(context, found, act, settings => settings with { Invited = settings.Invited.Remove(id) }, $"{account.Kept.Name} is no longer invited");
        }

        if (context.TryFindUser(user, out User? guest) && found.InvitedGuests.Contains(guest))
        {
            return UninviteGuestAsync(context, found, guest);
        }

        context.Reply($"Nobody called {user} is invited to {found}.");
        return default;
    }

    /// <summary>Lets USER talk in your moderated room, or in ROOM. USER must be registered.</summary>
    [Command("voice", Category = CommandCategory.Rooms, Example = "voice bob lobby")]
    internal static ValueTask Voice(CommandContext context, ReadOnlySpan<byte> user, Room? room = null)
    {
        if (!context.TryChooseRoom(room, out Room? found) || !context.MayIn(found, RoomRight.Rule) || !TryFindAccount(context, user, out long id, out string name))
        {
            return default;
        }

        if (found.Settings.Voices.Contains(id))
        {
            context.Reply($"User {name} has a voice in {found} already.");
            return default;
        }

        if (found.Settings.Voices.Length >= ChatOptions.RoomAccounts)
        {
            context.Reply($"Too many voices in {found} (limit {ChatOptions.RoomAccounts}).");
            return default;
        }

        Act act = new("voice", name, found, Undo: $"devoice {name} {found}");
        return ChangeAsync(context, found, act, settings => settings with { Voices = settings.Voices.Remove(id).Add(id) }, $"{name} has a voice now");
    }

    /// <summary>Takes USER's voice in your room, or in ROOM.</summary>
    [Command("devoice", Category = CommandCategory.Rooms, Example = "devoice bob lobby")]
    internal static ValueTask Devoice(CommandContext context, ReadOnlySpan<byte> user, Room? room = null)
    {
        if (!context.TryChooseRoom(room, out Room? found) || !context.MayIn(found, RoomRight.Rule))
        {
            return default;
        }

        if (!AccountNames.TryFind(context, user, out Account? account) || !found.Settings.Voices.Contains(account.Id))
        {
            context.Reply($"Nobody called {user} has a voice in {found}.");
            return default;
        }

        long id = account.Id;
        string name = account.Kept.Name;
        Act act = new("devoice", name, found, Undo: $"voice {name} {found}");
        return ChangeAsync(context, found, act, settings => settings with { Voices = settings.Voices.Remove(id) }, $"{name} has no voice any more");
    }

    // Members may ask others into an open room; whom an invite-only one lets in is the owner's affair.
    private static bool MayInvite(CommandContext context, Room room) =>
        context.MayIn(room, room.Settings.Has(RoomModes.InviteOnly) || Permissions.Rules(context.User, room) ? RoomRight.Rule : RoomRight.ReadHistory);

    private static void Ask(CommandContext context, Room room, User user)
    {
        context.TryTell(user, $"You are invited to {room} by {context.User}. Join it: /join {room.Name}");
        context.Reply($"User {user} is invited to {room}.");
    }

    private static async ValueTask InviteAsync(CommandContext context, Room room, Account account)
    {
        if (!room.Settings.Invited.Contains(account.Id))
        {
            if (room.Settings.Invited.Length >= ChatOptions.RoomAccounts)
            {
                context.Reply($"Too many people are invited to {room} (limit {ChatOptions.RoomAccounts}). Take one back: {context.Slash}uninvite USER {room}");
                return;
            }

            Act act = new("invite", account.Kept.Name, room, Undo: $"uninvite {account.Kept.Name} {room}");
            if (!await context.TryChangeAsync(room, act, settings => settings with { Invited = settings.Invited.Remove(account.Id).Add(account.Id) }))
            {
                return;
            }
        }

        if (account.User is { } user)
        {
            Ask(context, room, user);
        }
        else
        {
            context.Reply($"User {account.Kept.Name} is invited to {room}.");
        }
    }

    private static async ValueTask InviteGuestAsync(CommandContext context, Room room, User guest)
    {
        if (!room.InvitedGuests.Contains(guest))
        {
            room.InvitedGuests.RemoveAll(other => !other.IsOnline);
            if (room.InvitedGuests.Count >= ChatOptions.RoomAccounts)
            {
                context.Reply($"Too many guests are invited to {room} (limit {ChatOptions.RoomAccounts}).");
                return;
            }

            Act act = new("invite", guest.ToString(), room, Undo: $"uninvite {guest} {room}");
            if (!await context.TryActAsync(act) || !context.IsStillThere(room))
            {
                return;
            }

            if (!guest.IsOnline)
            {
                context.UserNotFound(guest.Name);
                return;
            }

            room.InvitedGuests.Add(guest);
        }

        Ask(context, room, guest);
    }

    private static async ValueTask UninviteGuestAsync(CommandContext context, Room room, User guest)
    {
        if (await context.TryActAsync(new Act("uninvite", guest.ToString(), room, Undo: $"invite {guest} {room}")))
        {
            room.InvitedGuests.Remove(guest);
            context.Reply($"User {guest} is no longer invited to {room}.");
        }
    }

    private static bool TryFindAccount(CommandContext context, ReadOnlySpan<byte> user, out long id, out string name)
    {
        (id, name) = (0, "");
        if (AccountNames.TryFind(context, user, out Account? account))
        {
            (id, name) = (account.Id, account.Kept.Name);
            return true;
        }

        if (context.TryFindUser(user, out User? guest))
        {
            context.Reply($"Only registered users can have a voice, and {guest} is a guest.");
        }
        else
        {
            context.UserNotFound(user);
        }

        return false;
    }

    private static async ValueTask ChangeAsync(CommandContext context, Room room, Act act, Func<RoomSettings, RoomSettings> change, string what)
    {
        if (await context.TryChangeAsync(room, act, change))
        {
            RoomSettingCommands.TellChanged(context, room, what);
        }
    }
}
