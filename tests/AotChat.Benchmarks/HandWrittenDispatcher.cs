using System.Globalization;
using System.Text;
using AotChat.Chat;
using AotChat.Commands;

namespace AotChat.Benchmarks;

/// <summary>
/// What somebody would write by hand who cares for speed: the same answers to the same lines, by a switch on the length
/// and a comparison of bytes.
/// </summary>
internal static class HandWrittenDispatcher
{
    public static ValueTask DispatchAsync(CommandContext context, ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        ReadOnlySpan<byte> name = TakeWord(ref rest);
        switch (name.Length)
        {
            case 0:
                return default;

            case 1 when Ascii.EqualsIgnoreCase(name, "w"u8):
                if (!IsBlank(rest))
                {
                    context.InvalidCall("w"u8);
                    return default;
                }

                ChatCommands.Who(context);
                return default;

            case 3 when Ascii.EqualsIgnoreCase(name, "msg"u8):
                return Message(context, rest);

            case 3 when Ascii.EqualsIgnoreCase(name, "fib"u8):
                return Fib(context, rest);

            case 4 when Ascii.EqualsIgnoreCase(name, "help"u8):
                ChatCommands.Help(context, TakeWord(ref rest));
                return default;

            case 4 when Ascii.EqualsIgnoreCase(name, "quit"u8):
                ChatCommands.Quit(context);
                return default;

            case 5 when Ascii.EqualsIgnoreCase(name, "stats"u8):
                ChatCommands.Stats(context);
                return default;

            case 9 when Ascii.EqualsIgnoreCase(name, "broadcast"u8):
                if (rest.Length < 2)
                {
                    context.InvalidCall("broadcast TEXT"u8);
                }
                else
                {
                    ChatCommands.Broadcast(context, rest[1..]);
                }

                return default;

            default:
                context.UnknownCommand(name);
                return default;
        }
    }

    private static ValueTask Message(CommandContext context, ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> word = TakeWord(ref rest);
        if (word.IsEmpty || rest.Length < 2)
        {
            context.InvalidCall("msg USER TEXT"u8);
        }
        else if (context.TryFindUser(word, out User? recipient))
        {
            ChatCommands.Message(context, recipient, rest[1..]);
        }
        else
        {
            context.UserNotFound(word);
        }

        return default;
    }

    private static ValueTask Fib(CommandContext context, ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> word = TakeWord(ref rest);
        ReadOnlySpan<byte> number = TakeWord(ref rest);
        if (number.IsEmpty || !IsBlank(rest))
        {
            context.InvalidCall("fib USER N"u8);
        }
        else if (!context.TryFindUser(word, out User? recipient))
        {
            context.UserNotFound(word);
        }
        else if (int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n))
        {
            ChatCommands.Fib(context, recipient, n);
        }
        else
        {
            context.InvalidCall("fib USER N"u8);
        }

        return default;
    }

    private static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> rest)
    {
        int start = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (start < 0)
        {
            return default;
        }

        rest = rest[start..];
        int length = rest.IndexOfAny((byte)' ', (byte)'\t');
        if (length < 0)
        {
            length = rest.Length;
        }

        ReadOnlySpan<byte> word = rest[..length];
        rest = rest[length..];
        return word;
    }

    private static bool IsBlank(ReadOnlySpan<byte> rest) => rest.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}
