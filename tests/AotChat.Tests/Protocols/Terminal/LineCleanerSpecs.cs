using System.Text;
using AotChat.Protocols.Terminal;
using AotChat.Text;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What was meant by the bytes that a terminal sends for a line.</summary>
public sealed class LineCleanerSpecs
{
    private const int MaxLineBytes = 4_096;

    private readonly LineCleaner _cleaner = new(MaxLineBytes);

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("grüße, 漢字 👩‍👩‍👧‍👦", "grüße, 漢字 👩‍👩‍👧‍👦")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("non-breaking\u00a0and\u3000wide blanks stay", "non-breaking\u00a0and\u3000wide blanks stay")]
    [InlineData("می\u200cخواهم", "می\u200cخواهم")]
    [InlineData("", "")]
    public void Text_stays_as_it_is(string typed, string text) => Assert.Equal(text, Clean(typed));

    [Theory]
    [InlineData("\u001b[A/msg bob x", "/msg bob x")]
    [InlineData("\u001b[1;5Dword", "word")]
    [InlineData("\u001b[3~\u001b[15~f5", "f5")]
    [InlineData("\u001b[?2004hmode", "mode")]
    [InlineData("\u001b[38;5;196mcolour\u001b[0m", "colour")]
    [InlineData("\u001b[200~pasted text\u001b[201~", "pasted text")]
    [InlineData("\u001b[[Aconsole", "console")]
    [InlineData("\u001bOPf1", "f1")]
    [InlineData("\u001bO5Dleft", "left")]
    [InlineData("\u001bN@x", "x")]
    [InlineData("\u001b\u001b[Aalt-up", "alt-up")]
    [InlineData("\u001b(B\u001b[mtput", "tput")]
    [InlineData("\u001b7save\u001b8", "save")]
    [InlineData("\u001bbback", "back")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]0;title\u001b\\text", "text")]
    [InlineData("\u001bPq#0\u001b\\sixel", "sixel")]
    [InlineData("\u001b_apc\u009cend", "end")]
    [InlineData("\u009b31mred\u009b0m", "red")]
    [InlineData("\u008fAkey", "key")]
    [InlineData("\u009dtitle\u009ctext", "text")]
    [InlineData("\u001b]0;title\u001b[Acut by a key", "cut by a key")]
    [InlineData("\u001b[1\u001b[Atwice", "twice")]
    [InlineData("\u001b[12\u0018text", "text")]
    [InlineData("hi \u001b[5 + 5 = 10?", "hi 5 = 10?")]
    [InlineData("\u001b[111111111111111111111111111111A", "111111A")]
    public void Escape_sequences_are_removed_as_a_whole(string typed, string text) => Assert.Equal(text, Clean(typed));

    [Theory]
    [InlineData("\u001b/msg bob x")]
    [InlineData("\u001b[/msg bob x")]
    [InlineData("\u001b[1;2/msg bob x")]
    [InlineData("\u001bO/msg bob x")]
    [InlineData("\u001bN/msg bob x")]
    [InlineData("\u001b(/msg bob x")]
    [InlineData("\u009b/msg bob x")]
    [InlineData("\u0004/msg bob x")]
    [InlineData("\0\b\u007f\u0015\u0017/msg bob x")]
    [InlineData("\u202e\u2066\u0085\u2028/msg bob x")]
    public void A_slash_ends_whatever_stands_unfinished_in_front_of_a_command(string typed) =>
        Assert.Equal("/msg bob x", Clean(typed));

    [Theory]
    [InlineData("msg u1 teh\b\b\bthe cat", "msg u1 the cat")]
    [InlineData("dell\u007f", "del")]
    [InlineData("\b\b\bnothing", "nothing")]
    [InlineData("grü\b\u007f", "g")]
    [InlineData("漢字\b", "漢")]
    [InlineData("cafe\u0301\b", "caf")]
    [InlineData("x\u0301\u0302\u0303\b", "")]
    [InlineData("👩‍👩‍👧‍👦\b!", "!")]
    [InlineData("👍🏽\b!", "!")]
    [InlineData("🇦🇹🇩🇪\b", "🇦🇹")]
    [InlineData("❤️\b", "")]
    [InlineData("각\b", "")]
    [InlineData("one two three\u0017", "one two ")]
    [InlineData("one two  \u0017\u0017\u0017", "")]
    [InlineData("eins\u3000zwei\u0017drei", "eins\u3000drei")]
    [InlineData("one two\u001b\u007f", "one ")]
    [InlineData("all of it\u0015again", "again")]
    [InlineData("secret\u001b[D\b", "secre")]
    public void Erasing_takes_back_what_was_typed_last(string typed, string text) => Assert.Equal(text, Clean(typed));

    [Theory]
    [InlineData("bell\anull\0form\fshift\u000e\u000f", "bellnullformshift")]
    [InlineData("ab\u2028c\u2029d", "abcd")]
    [InlineData("\u202ereversed\u202c\u2066isolated\u2069", "reversedisolated")]
    [InlineData("c1\u0085\u0080", "c1")]
    public void Controls_are_removed(string typed, string text) => Assert.Equal(text, Clean(typed));

    [Fact]
    public void Bytes_that_are_not_utf8_are_replaced_and_reported()
    {
        TypedLine line = _cleaner.Clean("caf\u00e9"u8[..^1]);

        Assert.Equal("caf\uFFFD", Encoding.UTF8.GetString(line.Text));
        Assert.Equal(LineFaults.NotUtf8, line.Faults);
    }

    [Theory]
    [InlineData("said \u001b]0;swallowed", "said ")]
    [InlineData("hi \u001b[5;12", "hi ")]
    [InlineData("hi \u001b[5 + ", "hi ")]
    [InlineData("\u001bPswallowed", "")]
    [InlineData("\u0090swallowed\u001b", "")]
    public void A_sequence_that_does_not_end_and_may_have_taken_text_is_reported(string typed, string text)
    {
        TypedLine line = _cleaner.Clean(Encoding.UTF8.GetBytes(typed));

        Assert.Equal(text, Encoding.UTF8.GetString(line.Text));
        Assert.Equal(LineFaults.CutShort, line.Faults);
    }

    [Theory]
    [InlineData("\u001bmsg bob x", "sg bob x", "m")]
    [InlineData("\u001b[m bob x", " bob x", "m")]
    [InlineData("\u001b[1;2m bob x", " bob x", "m")]
    [InlineData("\u001bOm bob x", " bob x", "m")]
    [InlineData("\u009bm bob x", " bob x", "m")]
    [InlineData(" \u001b[A\u001bm bob x", "  bob x", "Am")]
    [InlineData(". \u001bm\u001b[A bob x", ".  bob x", "mA")]
    [InlineData("\u001b]0;title\u001bmsg bob x", "sg bob x", "m")]
    [InlineData("\u001ba\u001bb\u001bc\u001bd\u001be\u001bf\u001bg\u001bh\u001bi x", " x", "abcdefgh")]
    [InlineData("said \u001bmsg bob x", "said sg bob x", "")]
    [InlineData("msg bob x", "msg bob x", "")]
    [InlineData("\u0004msg bob x", "msg bob x", "")]
    [InlineData("\u001b[3~msg bob x", "msg bob x", "")]
    public void Letters_that_keys_in_front_may_have_taken_are_reported(string typed, string text, string heads)
    {
        TypedLine line = _cleaner.Clean(Encoding.UTF8.GetBytes(typed));

        Assert.Equal(text, Encoding.UTF8.GetString(line.Text));
        Assert.Equal(heads, Encoding.UTF8.GetString(line.Heads));
    }

    [Fact]
    public void A_plain_line_is_returned_as_it_lies_there()
    {
        byte[] bytes = "a plain line"u8.ToArray();

        Assert.True(_cleaner.Clean(bytes).Text.Overlaps(bytes, out int offset) && offset == 0);
    }

    [Fact]
    public void Any_bytes_give_valid_text_without_controls_that_cleaning_does_not_change()
    {
        Random random = new(20240229);
        UTF8Encoding strict = new(false, throwOnInvalidBytes: true);
        string[] pieces = ["\u001b", "\u001b[", "\u001bO", "\u001b]", "\u009b", "\b", "\u0015", "\u0017", "é", "👩‍👩", "\u0301", "a", " ", "/", ";1", "\u202e", "\0"];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(0, 16)];
            random.NextBytes(bytes);
            byte[] typed = [.. Encoding.UTF8.GetBytes(string.Concat(random.GetItems(pieces, random.Next(0, 12)))), .. bytes];

            string text = strict.GetString(_cleaner.Clean(typed).Text);

            Assert.DoesNotContain(text, letter => char.IsControl(letter) && letter != '\t');
            Assert.DoesNotContain(text, letter => letter is >= '\u2028' and <= '\u202e' or >= '\u2066' and <= '\u2069');
            Assert.Equal(text, Clean(text));
        }
    }

    [Fact]
    public void A_longest_line_of_nothing_but_rubbish_fits()
    {
        byte[] typed = new byte[MaxLineBytes];
        typed.AsSpan().Fill(0x80);

        Assert.Equal(MaxLineBytes * TerminalText.MaxGrowth, _cleaner.Clean(typed).Text.Length);
    }

    private string Clean(string typed) => Encoding.UTF8.GetString(_cleaner.Clean(Encoding.UTF8.GetBytes(typed)).Text);
}
