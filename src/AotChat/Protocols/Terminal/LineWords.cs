using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AotChat.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// The words of one event's text that may be names. They are found once for all readers who look for their own, so that a
/// long text costs its length once and not once a reader. Owned by the event loop.
/// </summary>
/// <remarks>
/// A word is a run of the characters of names, without the <c>-</c>, <c>.</c> and <c>_</c> that lead it. The <c>-</c> and
/// <c>.</c> that end it may end the sentence or belong to the name, so the word counts with and without them. A run that
/// touches a letter, a digit or an accent beyond ASCII is part of another word; letters of scripts without case are
/// excepted, since some of these write no blanks around a name.
/// </remarks>
internal sealed class LineWords
{
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."u8);

    private readonly List<Word> _words = [];
    private readonly List<int> _hashes = [];
    private int _index = -1;

    /// <summary>Finds the words of a text unless they are those of the last one.</summary>
    /// <param name="index">Which event of the turn it is.</param>
    /// <param name="text">Its text.</param>
    public void Read(int index, ReadOnlySpan<byte> text)
    {
        if (index == _index)
        {
            return;
        }

        _index = index;
        _words.Clear();
        _hashes.Clear();
        for (int at = 0; text[at..].IndexOfAny(NameBytes) is var offset and >= 0;)
        {
            int start = at + offset;
            int length = text[start..].IndexOfAnyExcept(NameBytes);
            at = length < 0 ? text.Length : start + length;
            if (!EndsInWord(text[..start]) && !BeginsInWord(text[at..]))
            {
                AddWords(text, start, at);
            }
        }
    }

    /// <summary>Finds the next place where the text has a name, in upper or lower case.</summary>
    /// <param name="text">The text that was read last.</param>
    /// <param name="name">The name.</param>
    /// <param name="next">Where to go on; 0 at first.</param>
    /// <param name="word">The place in the text.</param>
    public bool TryFind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, ref int next, out Word word)
    {
        int hash = Hash(name);
        ReadOnlySpan<int> hashes = CollectionsMarshal.AsSpan(_hashes);
        while (hashes[next..].IndexOf(hash) is var offset and >= 0)
        {
            word = _words[next + offset];
            next += offset + 1;
            if (Ascii.EqualsIgnoreCase(text.Slice(word.Start, word.Length), name))
            {
                return true;
            }
        }

        word = default;
        return false;
    }

    /// <summary>Forgets the line: the turn has ended.</summary>
    public void Reset() => _index = -1;

    private void AddWords(ReadOnlySpan<byte> text, int start, int end)
    {
        while (start < end && text[start] is (byte)'-' or (byte)'.' or (byte)'_')
        {
            start++;
        }

        if (start == end || !char.IsAsciiLetter((char)text[start]))
        {
            return;
        }

        int shortest = end;
        while (text[shortest - 1] is (byte)'-' or (byte)'.')
        {
            shortest--;
        }

        for (; shortest <= end && shortest - start <= NameRules.MaxLength; shortest++)
        {
            _words.Add(new Word(start, shortest - start));
            _hashes.Add(Hash(text[start..shortest]));
        }
    }

    private static bool EndsInWord(ReadOnlySpan<byte> text)
    {
        if (text is not [.., >= 0x80])
        {
            return false;
        }

        Rune.DecodeLastFromUtf8(text, out Rune rune, out _);
        return IsOfWord(rune);
    }

    private static bool BeginsInWord(ReadOnlySpan<byte> text)
    {
        if (text is not [>= 0x80, ..])
        {
            return false;
        }

        Rune.DecodeFromUtf8(text, out Rune rune, out _);
        return IsOfWord(rune);
    }

    private static bool IsOfWord(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Of the lower-case form; characters of names that are no letters meet no other by it.
    private static int Hash(ReadOnlySpan<byte> name) => (int)Fnv1a.Hash(name, setBits: 0x20);
}

/// <summary>A word of a text.</summary>
/// <param name="Start">Where it begins, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
internal readonly record struct Word(int Start, int Length);
