using System.Globalization;
using System.Text;
using AotChat.Chat;
using AotChat.Commands;

namespace AotChat.Benchmarks;

/// <summary>What is usual: the line decoded to a string and split, and a dictionary of delegates by name.</summary>
internal static class DelegateDispatcher
{
    private static readonly Dictionary<string, Delegate> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["w"] = (CommandContext context, string _) => ChatCommands.Who(context),
        ["msg"] = (CommandContext context, string rest) =>
        {
            int end = rest.IndexOf(' ', StringComparison.Ordinal);
            if (context.TryFindUser(Encoding.UTF8.GetBytes(rest[..end]), out User? recipient))
            {
                ChatCommands.Message(context, recipient, Encoding.UTF8.GetBytes(rest[(end + 1)..]));
            }
        },
        ["broadcast"] = (CommandContext context, string rest) => ChatCommands.Broadcast(context, Encoding.UTF8.GetBytes(rest)),
        ["fib"] = (CommandContext context, string rest) =>
        {
            string[] words = rest.Split(' ');
            if (context.TryFindUser(Encoding.UTF8.GetBytes(words[0]), out User? recipient))
            {
                ChatCommands.Fib(context, recipient, int.Parse(words[1], CultureInfo.InvariantCulture));
            }
        },
        ["help"] = (CommandContext context, string rest) => ChatCommands.Help(context, Encoding.UTF8.GetBytes(rest)),
        ["stats"] = (CommandContext context, string _) => ChatCommands.Stats(context),
        ["quit"] = (CommandContext context, string _) => ChatCommands.Quit(context),
    };

    public static ValueTask DispatchAsync(CommandContext context, ReadOnlySpan<byte> line)
    {
        string text = Encoding.UTF8.GetString(line);
        int end = text.IndexOf(' ', StringComparison.Ordinal);
        string name = end < 0 ? text : text[..end];
        if (Commands.TryGetValue(name, out Delegate? command))
        {
            ((Action<CommandContext, string>)command)(context, end < 0 ? "" : text[(end + 1)..]);
        }

        return default;
    }
}
