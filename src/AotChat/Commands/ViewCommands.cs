using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>How lines look to the one who reads them.</summary>
internal static class ViewCommands
{
    /// <summary>Puts another time in front of your lines: utc, local, off, or that of a time zone; or shows which it is.</summary>
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
            else if (context.Chat.Zones.TryFind(clock, out TimeZoneInfo? zone))
            {
                present = context.Chat.Views.WithClock(present, LineClock.Zone, zone);
            }
            else if (!context.Chat.Zones.HasData)
            {
                context.Reply($"This server has no time zone data; it knows utc, local and off.");
                return;
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

    /// <summary>Shows names in colours, each always in the same one: on or off.</summary>
    [Command("color", Aliases = ["colour"], Usage = "color on|off", Category = CommandCategory.Terminal, Example = "color on")]
    internal static void Color(CommandContext context, Switch names)
    {
        bool isOn = names == Switch.On;
        context.User.Terminal.View = context.Chat.Views.WithColours(context.User.Terminal.View, isOn);
        context.Reply($"Your lines have {(isOn ? "" : "no ")}colours.");
    }
}
