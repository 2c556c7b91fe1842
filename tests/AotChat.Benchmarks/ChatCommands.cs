using AotChat.Chat;
using AotChat.Commands;

namespace AotChat.Benchmarks;

/// <summary>The commands of the chat as far as dispatch sees them: they do nothing but to count.</summary>
internal static class ChatCommands
{
    /// <summary>Lists who else is online.</summary>
    [Command("w")]
    internal static void Who(CommandContext context) => context.Count++;

    /// <summary>Sends TEXT to USER alone.</summary>
    [Command("msg")]
    internal static void Message(CommandContext context, User recipient, [Rest] ReadOnlySpan<byte> text) =>
        context.Count += recipient.Name.Length + text.Length;

    /// <summary>Sends TEXT to everyone else.</summary>
    [Command("broadcast")]
    internal static void Broadcast(CommandContext context, [Rest] ReadOnlySpan<byte> text) => context.Count += text.Length;

    /// <summary>Computes.</summary>
    [Command("fib")]
    internal static void Fib(CommandContext context, User recipient, int n) => context.Count += recipient.Name.Length + n;

    /// <summary>Fetches.</summary>
    [Command("url")]
    internal static void Url(CommandContext context, User recipient, Uri url) => context.Count += recipient.Name.Length + url.Port;

    /// <summary>Explains.</summary>
    [Command("help")]
    internal static void Help(CommandContext context, ReadOnlySpan<byte> name = default) => context.Count += name.Length;

    /// <summary>Counts.</summary>
    [Command("stats")]
    internal static void Stats(CommandContext context) => context.Count++;

    /// <summary>Leaves.</summary>
    [Command("quit")]
    internal static void Quit(CommandContext context) => context.Count++;
}
