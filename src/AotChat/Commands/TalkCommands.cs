using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Talking: to one, to all, and who is there to talk to.</summary>
internal static class TalkCommands
{
    /// <summary>Lists who else is online.</summary>
    [Command("w")]
    internal static void Who(CommandContext context)
    {
        if (context.Users.Count == 1)
        {
            context.Reply($"No other user is connected.");
            return;
        }

        LineComposer line = context.BeginLine();
        line.AppendLiteral("Online users: "u8);
        ReadOnlySpan<byte> separator = default;
        foreach (User other in context.Users)
        {
            if (other != context.User)
            {
                line.AppendLiteral(separator);
                line.AppendLiteral(other.Name);
                separator = ", "u8;
            }
        }

        context.Reply(line);
    }

    /// <summary>Sends TEXT to USER alone.</summary>
    [Command("msg")]
    internal static void Message(CommandContext context, User recipient, [Rest] ReadOnlySpan<byte> text)
    {
        if (context.TrySay(recipient, text))
        {
            context.Reply($"Message is delivered to {recipient}");
        }
        else
        {
            context.Reply($"Cannot deliver the message to {recipient}");
        }
    }

    /// <summary>Sends TEXT to everyone else.</summary>
    [Command("broadcast")]
    internal static void Broadcast(CommandContext context, [Rest] ReadOnlySpan<byte> text) => context.Broadcast(text);
}
