using System.Buffers;
using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>How lines look to the one who reads them.</summary>
internal static class ViewCommands
{
    // No dot and no leading slash: a name stays within the system's folder of time zones.
    private static readonly SearchValues<byte> ZoneLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+/"u8);

    /// <summary>Sets the time in front of your lines. It is utc, local, off or that of a time ZONE; without a word, shows which.</summary>
    [Command("time", Usage = "time [utc|local|off|ZONE]", Category = CommandCategory.Terminal, Example = "time Europe/Vienna")]
    internal static void Time(CommandContext context, ReadOnlySpan<byte> clock = default)
    {
        LineView? present = context.User.Terminal.View;
        if (!clock.IsEmpty)
        {
            if (Ascii.EqualsIgnoreCase(clock, "local"u8))
            {
                present = context.Chat.Views.WithClock(present, LineClock.Local, null);
            }
            else if (Ascii.EqualsIgnoreCase(clock, "off"u8))
            {
                present = context.Chat.Views.WithClock(present, LineClock.Off, null);
            }
            else if (TryFindZone(clock, out TimeZoneInfo? zone))
            {
                present = context.Chat.Views.WithClock(present, LineClock.Zone, zone);
            }
            else
            {
                context.Reply($"Unknown time zone: {clock} (utc, local, off, or one like Europe/Vienna)");
                return;
            }

            context.User.Terminal.View = present;
        }

        switch (present?.Clock)
        {
            case LineClock.Off:
                context.Reply($"Your lines have no time.");
                break;

            case LineClock.Zone:
                context.Reply($"Your lines have the time of {present.Zone!.Id}.");
                break;

            default:
                context.Reply($"Your lines have the server's time.");
                break;
        }
    }

    /// <summary>Shows names in colours, or no longer. Each name always has the same colour.</summary>
    [Command("color", Aliases = ["colour"], Usage = "color on|off", Category = CommandCategory.Terminal, Example = "color on")]
    internal static void Color(CommandContext context, Switch names)
    {
        bool isOn = names == Switch.On;
        context.User.Terminal.View = context.Chat.Views.WithColours(context.User.Terminal.View, isOn);
        context.Reply($"Your lines have {(isOn ? "" : "no ")}colours.");
    }

    private static bool TryFindZone(ReadOnlySpan<byte> name, out TimeZoneInfo? zone)
    {
        if (Ascii.EqualsIgnoreCase(name, "utc"u8))
        {
            zone = TimeZoneInfo.Utc;
            return true;
        }

        // One spelling for each: the runtime remembers every name that it has found a file by, for ever.
        zone = null;
        return !name.ContainsAnyExcept(ZoneLetters) && name[0] != '/' && name[^1] != '/' && name.IndexOf("//"u8) < 0
            && TimeZoneInfo.TryFindSystemTimeZoneById(Encoding.ASCII.GetString(name), out zone);
    }
}
