using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace AotChat.Chat;

/// <summary>Composes notices piece by piece. One is open at a time. Owned by the event loop.</summary>
internal sealed class NoticeComposer(EventLog events)
{
    // Digits of a 64-bit number and its sign; and the texts that are converted without memory of their own.
    private const int NumberBytes = 20;
    private const int ShortText = 256;

    /// <summary>How many bytes the open notice has so far, without times.</summary>
    public int Length => events.NoticeLength;

    /// <summary>Opens a notice, and forgets one that was not closed.</summary>
    public NoticeComposer Begin()
    {
        events.BeginNotice();
        return this;
    }

    /// <summary>Adds the program's own words.</summary>
    public void AppendLiteral(string literal) => events.AddWords(literal);

    /// <summary>Adds the program's own words.</summary>
    public void AppendLiteral(ReadOnlySpan<byte> literal) => events.AddPart(NoticePartKind.Words, literal);

    /// <summary>Adds a user's name.</summary>
    public void AppendName(ReadOnlySpan<byte> name) => events.AddPart(NoticePartKind.Name, name);

    /// <summary>Adds text from outside.</summary>
    public void AppendText(ReadOnlySpan<byte> text) => events.AddPart(NoticePartKind.Text, text);

    /// <summary>Adds text from outside.</summary>
    public void AppendText(string text)
    {
        Span<byte> utf8 = stackalloc byte[ShortText];
        AppendText(Encoding.UTF8.TryGetBytes(text, utf8, out int count) ? utf8[..count] : Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Adds a decimal number.</summary>
    public void AppendNumber(long number)
    {
        Span<byte> digits = stackalloc byte[NumberBytes];
        bool formatted = Utf8Formatter.TryFormat(number, digits, out int written);
        Debug.Assert(formatted, "20 bytes hold every 64-bit number.");
        events.AddPart(NoticePartKind.Words, digits[..written]);
    }

    /// <summary>Adds a time, given in ticks of UTC; it is shown by the reader's clock.</summary>
    public void AppendTime(long utcTicks) => events.AddTime(utcTicks);

    /// <summary>Closes the notice.</summary>
    public ChatEvent End() => events.EndNotice();
}
