using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>
/// The names in front of the text of <c>msg</c>, with commas between: <c>bob,carol hi</c>, and as people write lists,
/// <c>bob, carol hi</c>. Each name is on it once.
/// </summary>
/// <remarks>
/// A comma at the end of a word continues the list with the next one. A word that begins with a comma continues it too,
/// as far as a name could follow; <c>,-)</c> is text.
/// </remarks>
internal sealed class RecipientList
{
    private readonly List<byte[]> _names = [];

    private RecipientList()
    {
    }

    /// <summary>The names as they were written, in order; no more than <see cref="ChatOptions.MaxRecipients"/>.</summary>
    public IReadOnlyList<byte[]> Names => _names;

    /// <summary>Whether there are more names than that; then the list is not complete.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether blanks stand in it, so that it may be a mistake: in <c>bob, hello</c> nobody is called hello.</summary>
    public bool HasBlanks { get; private set; }

    /// <summary>Whether a call names several; most name one, and cost nothing more.</summary>
    public static bool IsIn(ReadOnlySpan<byte> recipients, ReadOnlySpan<byte> text) =>
        recipients.Contains((byte)',') || ContinuesWith(text.TrimStart(" \t"u8));

    /// <summary>Reads a list.</summary>
    /// <param name="recipients">The first word.</param>
    /// <param name="text">What stands behind it; afterwards what stands behind the list.</param>
    public static RecipientList Read(ReadOnlySpan<byte> recipients, ref ReadOnlySpan<byte> text)
    {
        RecipientList list = new();
        list.Add(recipients);
        bool isOpen = recipients[^1] == ',';
        while (true)
        {
            int start = ArgumentReader.StartOfWord(text, 0);
            if (start == text.Length || !(isOpen || ContinuesWith(text[start..])))
            {
                return list;
            }

            int end = ArgumentReader.EndOfWord(text, start);
            ReadOnlySpan<byte> word = text[start..end];
            list.HasBlanks = true;
            list.Add(word);
            isOpen = word[^1] == ',';
            text = ArgumentReader.ReadRest(text, end);
        }
    }

    private static bool ContinuesWith(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)',', ..])
        {
            return false;
        }

        ReadOnlySpan<byte> name = text.TrimStart(", \t"u8);
        int end = name.IndexOfAny(", \t"u8);
        name = end < 0 ? name : name[..end];
        return NameRules.IsWellFormed(name is [(byte)'@' or (byte)'#', ..] ? name[1..] : name);
    }

    private void Add(ReadOnlySpan<byte> names)
    {
        foreach (Range range in names.Split((byte)','))
        {
            ReadOnlySpan<byte> name = names[range];
            if (name.IsEmpty || IsTooLong || Contains(name))
            {
                continue;
            }

            IsTooLong = _names.Count == ChatOptions.MaxRecipients;
            if (!IsTooLong)
            {
                _names.Add(name.ToArray());
            }
        }
    }

    private bool Contains(ReadOnlySpan<byte> name)
    {
        foreach (byte[] known in _names)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
