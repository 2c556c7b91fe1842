using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>
/// Recognises a private message that is about to be said in a room, since its sender forgot the <c>/</c> or mistyped
/// something. What it recognises is not said.
/// </summary>
/// <remarks>
/// A line is taken for a private call where its first word is the name or an alias of a command whose text is private,
/// or a slip away from one (<c>mgs</c>, <c>.msg</c>, <c>\msg</c>); where the next word names somebody who is or was here,
/// or is a slip away from somebody who is; and where text follows. So <c>tell me more</c> is said. Punctuation and what
/// nobody sees are skipped on the way. <c>r</c> names nobody: it counts where somebody has written to its sender, and
/// only when it is typed right or with two letters swapped. A private command without a recipient counts by its name.
/// </remarks>
internal static class SlipGuard
{
    // A shorter name is one slip away from too many words: of "m" every word of two letters with an m.
    private const int ShortestMistyped = 3;

    // Names and commands have at most 24 letters; a longer word is neither.
    private const int LongestWord = 24;

    private static readonly CommandInfo[] PrivateCommands = [.. CommandDispatcher.All.ToArray().Where(command => command.IsPrivate)];

    /// <summary>The private command that a line was meant to call; null where it was meant to be said.</summary>
    public static CommandInfo? FindMeant(CommandContext context, ReadOnlySpan<byte> line)
    {
        Span<byte> word = stackalloc byte[LongestWord];
        int length = ReadLetters(ref line, word);
        if (length == 0)
        {
            return null;
        }

        foreach (CommandInfo command in PrivateCommands)
        {
            if (IsMeant(context, command, word[..length], line))
            {
                return command;
            }
        }

        return null;
    }

    private static bool IsMeant(CommandContext context, CommandInfo command, ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest)
    {
        if (command.RequiredWords > 1)
        {
            return IsLike(command, word, onlySwapped: false) && NamesSomebody(context, rest);
        }

        bool isPossible = command.Name != "r" || context.User.LastWriter is not null;
        return isPossible && !SkipToWord(rest).IsEmpty && IsLike(command, word, onlySwapped: true);
    }

    private static bool IsLike(CommandInfo command, ReadOnlySpan<byte> word, bool onlySwapped)
    {
        if (command.IsCalled(word))
        {
            return true;
        }

        if (IsSlipOf(command.Name, word, onlySwapped))
        {
            return true;
        }

        foreach (string alias in command.Aliases)
        {
            if (IsSlipOf(alias, word, onlySwapped))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSlipOf(string name, ReadOnlySpan<byte> word, bool onlySwapped) =>
        name.Length >= ShortestMistyped && TypingSlip.Leads(name, word) is var slip
        && (onlySwapped ? slip == TypingSlip.Kind.Swapped : slip != TypingSlip.Kind.None);

    // The recipients may be several, with commas between; one of them is enough. Behind a comma and a blank other words
    // may follow, as in "tell me, bob, how it is done".
    private static bool NamesSomebody(CommandContext context, ReadOnlySpan<byte> rest)
    {
        Span<byte> name = stackalloc byte[LongestWord];
        bool goesOn = true;
        bool isKnown = false;
        while (goesOn)
        {
            bool isRoom = IsRoomMark(rest);
            rest = SkipToWord(rest);
            int length = ReadName(ref rest, name);
            if (length == 0)
            {
                return false;
            }

            ReadOnlySpan<byte> word = name[..length].TrimEnd("._-"u8);
            if (Ascii.EqualsIgnoreCase(word, "to"u8) && !isKnown)
            {
                // "whisper to bob" means bob.
                continue;
            }

            isKnown |= context.Chat.IsOrWasHere(word) || context.Chat.IsNearSomebody(word) || (isRoom && context.Chat.Rooms.TryFind(word, out _));
            goesOn = rest is [(byte)',', not (byte)' ', ..];
        }

        return isKnown && !SkipToWord(rest).IsEmpty;
    }

    private static bool IsRoomMark(ReadOnlySpan<byte> rest) => Blank.TrimStart(rest) is [(byte)'#', ..];

    // The letters and digits of the next word, without what nobody sees between them.
    private static int ReadLetters(ref ReadOnlySpan<byte> text, scoped Span<byte> word)
    {
        text = SkipToWord(text);
        return Read(ref text, word, static letter => char.IsAsciiLetterOrDigit((char)letter));
    }

    private static int ReadName(ref ReadOnlySpan<byte> text, scoped Span<byte> word) =>
        Read(ref text, word, static letter => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'-' or (byte)'.');

    private static int Read(ref ReadOnlySpan<byte> text, scoped Span<byte> word, Func<byte, bool> belongs)
    {
        int length = 0;
        while (!text.IsEmpty)
        {
            if (belongs(text[0]))
            {
                if (length == word.Length)
                {
                    return 0;
                }

                word[length++] = text[0];
                text = text[1..];
            }
            else if (Blank.ZeroWidthLengthAt(text) is var unseen and > 0)
            {
                text = text[unseen..];
            }
            else
            {
                break;
            }
        }

        return length;
    }

    // Past blanks, punctuation, symbols, marks and U+FFFD. A letter of another script begins a word of its own.
    private static ReadOnlySpan<byte> SkipToWord(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && !char.IsAsciiLetterOrDigit((char)text[0]))
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int length);
            if (Rune.IsLetterOrDigit(rune) && !Blank.IsUnseen(rune))
            {
                break;
            }

            text = text[length..];
        }

        return text;
    }
}
