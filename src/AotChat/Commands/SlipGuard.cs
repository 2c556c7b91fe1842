using System.Text;
using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>
/// Recognises a private message that is about to be said in a room, since its sender forgot the <c>/</c> or mistyped
/// something. What it recognises is not said.
/// </summary>
/// <remarks>
/// A line is taken for a private call where its first word is the name or an alias of a command whose text is private,
/// or a slip away from one (<c>mgs</c>, <c>.msg</c>, <c>\msg</c>, <c>x/msg</c>); where the next word names somebody who is
/// or was here, or is a slip away from somebody who is; and where text follows. So <c>tell me more</c> is said.
/// Punctuation and what nobody sees are skipped on the way. <c>r</c> names nobody: it counts where somebody has written
/// to its sender, and only when it is typed right or with two letters swapped. A private command without a recipient
/// counts by its name: so a line that begins with <c>register</c> or <c>password</c> is not said either, since a password
/// that was said can't be taken back. <c>login</c> counts where a registered name follows, or two words.
/// </remarks>
internal static class SlipGuard
{
    // A shorter name is one slip away from too many words: of "m" every word of two letters with an m.
    private const int ShortestMistyped = 3;

    // As many bytes of rubbish as a key or a mouse leaves in front of the slash.
    private const int LongestRubbish = 12;

    // Of a line with a letter that a key may have taken. Some recipients and the first words fit.
    private const int BytesWithHead = 512;

    // How many of several recipients are compared with similar names, which costs more than a look-up.
    private const int NamesCompared = 3;

    private static readonly CommandInfo[] PrivateCommands = [.. CommandDispatcher.All.ToArray().Where(command => command.IsPrivate)];

    /// <summary>The private command that a line was meant to call; null where it was meant to be said.</summary>
    /// <param name="context">The context of the user who typed the line.</param>
    /// <param name="line">The cleaned line.</param>
    /// <param name="heads">The letters of which each may be the line's first one, taken for the end of a key's sequence.</param>
    public static CommandInfo? FindMeant(CommandContext context, ReadOnlySpan<byte> line, ReadOnlySpan<byte> heads)
    {
        if (FindAny(context, line) is { } meant)
        {
            return meant;
        }

        if (heads.IsEmpty)
        {
            return null;
        }

        // The letter stood in front of a blank, or in front of the rest of its word.
        return FindWithHead(context, line, heads) ?? FindWithHead(context, SlipReader.FromFirstWord(line), heads);
    }

    private static CommandInfo? FindWithHead(CommandContext context, ReadOnlySpan<byte> line, ReadOnlySpan<byte> heads)
    {
        Span<byte> whole = stackalloc byte[BytesWithHead + 1];
        line = line[..Math.Min(line.Length, BytesWithHead)];
        line.CopyTo(whole[1..]);
        whole = whole[..(line.Length + 1)];
        foreach (byte head in heads)
        {
            whole[0] = head;
            if (FindAny(context, whole) is { } meant)
            {
                return meant;
            }
        }

        return null;
    }

    private static CommandInfo? FindAny(CommandContext context, ReadOnlySpan<byte> line)
    {
        if (Find(context, line, ZeroWidth.IsSkipped) is { } meant)
        {
            return meant;
        }

        if (!Ascii.IsValid(line) && Find(context, line, ZeroWidth.Separates) is { } separated)
        {
            return separated;
        }

        line = Blank.TrimStart(line);
        ReadOnlySpan<byte> front = line[..Math.Min(line.Length, LongestRubbish)];
        int slash = front.IndexOf((byte)'/');
        return slash > 0 && !front[..slash].ContainsAny((byte)' ', (byte)'\t') && line[(slash + 1)..] is [not (byte)'/', ..] behind
            && Find(context, behind, ZeroWidth.IsSkipped) is { } stuck && (stuck.RequiredWords > 1 || PasswordLine.IsFor(stuck)) ? stuck : null;
    }

    private static CommandInfo? Find(CommandContext context, ReadOnlySpan<byte> line, ZeroWidth zeroWidth)
    {
        SlipReader reader = new(line, zeroWidth == ZeroWidth.Separates);
        Span<byte> letters = stackalloc byte[SlipReader.LongestWord];
        ReadOnlySpan<byte> word = letters[..reader.ReadCommand(letters)];
        if (word.IsEmpty)
        {
            return null;
        }

        foreach (CommandInfo command in PrivateCommands)
        {
            if (IsMeant(context, command, word, reader))
            {
                return command;
            }
        }

        return null;
    }

    private static bool IsMeant(CommandContext context, CommandInfo command, ReadOnlySpan<byte> word, SlipReader rest)
    {
        if (command.RequiredWords > 1)
        {
            return IsLike(command, word, onlySwapped: false)
                && NamesSomebody(context, rest, mayHaveBlanks: Ascii.EqualsIgnoreCase(word, command.Name));
        }

        if (command.Name == PasswordLine.LogIn)
        {
            return (IsLike(command, word, onlySwapped: false) && NamesSomebody(context, rest, mayHaveBlanks: false))
                || (IsLike(command, word, onlySwapped: true) && HoldsLogin(context, rest));
        }

        bool isPossible = command.Name != "r" || context.User.LastWriter is not null;
        return isPossible && IsLike(command, word, onlySwapped: true) && rest.HoldsText;
    }

    // A registered name alone counts too: behind it the password would be typed next.
    private static bool HoldsLogin(CommandContext context, SlipReader rest)
    {
        Span<byte> letters = stackalloc byte[SlipReader.LongestWord];
        ReadOnlySpan<byte> name = letters[..rest.ReadName(letters)];
        return rest.HoldsText || context.Chat.Accounts.TryFindLike(name, out _);
    }

    private static bool IsLike(CommandInfo command, ReadOnlySpan<byte> word, bool onlySwapped)
    {
        if (command.IsCalled(word) || IsSlipOf(command.Name, word, onlySwapped))
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

    // There may be several recipients, with commas between; one known recipient is enough. A blank behind a comma continues
    // the list of "msg" alone, since people say "tell me, bob, how it is done".
    private static bool NamesSomebody(CommandContext context, SlipReader rest, bool mayHaveBlanks)
    {
        Span<byte> letters = stackalloc byte[SlipReader.LongestWord];
        bool isKnown = false;
        bool isLastKnown = true;
        int names = 0;
        do
        {
            bool isRoom = rest.IsAtRoomMark;
            ReadOnlySpan<byte> name = letters[..rest.ReadName(letters)];
            if (name.IsEmpty)
            {
                return false;
            }

            if (names == 0 && Ascii.EqualsIgnoreCase(name, "to"u8))
            {
                // "whisper to bob" means bob.
                name = letters[..rest.ReadName(letters)];
            }

            names++;
            isLastKnown = context.Chat.IsOrWasHere(name)
                || (names <= NamesCompared && context.Chat.IsNearSomebody(name))
                || (isRoom && context.TryReadRoom(name, out _));
            isKnown |= isLastKnown;
        }
        while (names < ChatOptions.MaxRecipients && rest.TrySkipComma(mayHaveBlanks));

        // In "bob,secret" the text is taken for a name.
        return isKnown && (rest.HoldsText || !isLastKnown);
    }

    private enum ZeroWidth
    {
        IsSkipped,
        Separates,
    }
}
