using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Commands about how lines look to their reader.</summary>
internal static class ViewCommands
{
    /// <summary>
    /// Sets how times are shown. Use short for HH:MM, with the date when the day changes; long for the date and time in
    /// full; off for none; utc, local or a ZONE for the time zone. Without a word, shows the setting. Lines of the history
    /// always have a time.
    /// </summary>
    [Command("time", Usage = "time [short|long|off|utc|local|ZONE]", Category = CommandCategory.Terminal, Example = "time Europe/Vienna")]
    internal static void Time(CommandContext context, ReadOnlySpan<byte> clock = default)
    {
        IUserSession session = context.Session;
        if (clock.IsEmpty)
        {
            TellTime(context, session.Preferences);
        }
        else if (Ascii.EqualsIgnoreCase(clock, "short"u8))
        {
            session.Preferences = session.Preferences with { Clock = LineClock.Short };
            context.Chat.Keeper.NoteShown(session);
            context.Reply($"Times are now shown as HH:MM.");
        }
        else if (Ascii.EqualsIgnoreCase(clock, "long"u8))
        {
            session.Preferences = session.Preferences with { Clock = LineClock.Long };
            context.Chat.Keeper.NoteShown(session);
            context.Reply($"Times are now shown in full.");
        }
        else if (Ascii.EqualsIgnoreCase(clock, "off"u8))
        {
            session.Preferences = session.Preferences with { Clock = LineClock.Off };
            context.Chat.Keeper.NoteShown(session);
            context.Reply($"Times are no longer shown.");
        }
        else if (Ascii.EqualsIgnoreCase(clock, "local"u8))
        {
            ShowZone(context, session, null);
            context.Reply($"Times are now shown in the server's time zone.");
        }
        else if (context.Chat.Zones.TryFind(clock, out TimeZoneInfo? zone))
        {
            ShowZone(context, session, zone);
            context.Reply($"Times are now shown in {zone.Id}.");
        }
        else if (!context.Chat.Zones.HasData)
        {
            context.Reply($"This server has no time zone data: use utc or local.");
        }
        else
        {
            context.Reply($"Unknown time zone: {clock} (short, long, off, utc, local, or one like Europe/Vienna)");
        }
    }

    /// <summary>Shows names in color. Your name is highlighted in what others write. Without on or off, shows the setting.</summary>
    [Command("color", Aliases = ["colour"], Category = CommandCategory.Terminal, Example = "color on")]
    internal static void Color(CommandContext context, Switch? names = null)
    {
        IUserSession session = context.Session;
        if (names is null)
        {
            context.Reply($"Names are {(session.Preferences.HasColours ? "" : "not ")}shown in color.");
            return;
        }

        session.Preferences = session.Preferences with { HasColours = names == Switch.On };
        context.Chat.Keeper.NoteShown(session);
        context.Reply($"Names are {(names == Switch.On ? "now" : "no longer")} shown in color.");
    }

    /// <summary>Rings when somebody addresses you. That is, when a line names you or is private. Without on or off, shows the setting.</summary>
    [Command("bell", Category = CommandCategory.Terminal, Example = "bell on")]
    internal static void Bell(CommandContext context, Switch? state = null)
    {
        IUserSession session = context.Session;
        if (state is { } chosen)
        {
            session.Preferences = session.Preferences with { RingsBell = chosen == Switch.On };
            context.Chat.Keeper.NoteShown(session);
        }

        string now = state is null ? "" : "now ";
        if (session.Preferences.RingsBell)
        {
            context.Reply($"The bell {now}rings when somebody names you or sends you a private message.");
        }
        else
        {
            context.Reply($"The bell is {now}off.");
        }
    }

    // A user who asks for a zone wants to see times.
    private static void ShowZone(CommandContext context, IUserSession session, TimeZoneInfo? zone)
    {
        ReaderPreferences preferences = session.Preferences;
        session.Preferences = preferences with { Zone = zone, Clock = preferences.Clock == LineClock.Off ? LineClock.Long : preferences.Clock };
        context.Chat.Keeper.NoteShown(session);
    }

    private static void TellTime(CommandContext context, ReaderPreferences preferences)
    {
        if (preferences.Clock == LineClock.Off)
        {
            context.Reply($"Times are not shown.");
        }
        else
        {
            string form = preferences.Clock == LineClock.Short ? "as HH:MM" : "in full";
            context.Reply($"Times are shown {form}, in {preferences.Zone?.Id ?? "the server's time zone"}.");
        }
    }
}
