using System.Text;
using AotChat.Text;

namespace AotChat.Tests.Chat;

/// <summary>What of a user's bytes reaches other terminals.</summary>
public sealed class TerminalTextSpecs
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("\u001b[31mred\u001b[0m", "[31mred[0m")]
    [InlineData("bell\abackspace\bnull\0", "bellbackspacenull")]
    [InlineData("carriage\rreturn\nfeed", "carriagereturnfeed")]
    [InlineData("delete\u007f", "delete")]
    [InlineData("c1\u009b31m\u0085", "c131m")]
    [InlineData("ab\u2028c\u2029d", "abcd")]
    [InlineData("\u202ereversed\u202c\u2066isolated\u2069", "reversedisolated")]
    [InlineData("ümläut 漢字 👍🏽 \u200f", "ümläut 漢字 👍🏽 \u200f")]
    [InlineData("", "")]
    public void Controls_are_removed_and_text_stays(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Copy(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("61 FF 62", "a\uFFFDb")]
    [InlineData("C3", "\uFFFD")]
    [InlineData("E2 82", "\uFFFD")]
    [InlineData("E2 82 41", "\uFFFDA")]
    [InlineData("C0 80", "\uFFFD\uFFFD")]
    [InlineData("ED A0 80", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("F4 90 80 80", "\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("80 80", "\uFFFD\uFFFD")]
    public void Invalid_utf8_becomes_replacement_characters(string hex, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Copy(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)))));

    [Fact]
    public void Any_bytes_become_valid_text_without_controls()
    {
        Random random = new(20240229);
        UTF8Encoding strict = new(false, throwOnInvalidBytes: true);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(0, 64)];
            random.NextBytes(bytes);

            string text = strict.GetString(Copy(bytes));

            Assert.DoesNotContain(text, letter => char.IsControl(letter) && letter != '\t');
            Assert.DoesNotContain(text, letter => letter is >= '\u2028' and <= '\u202e' or >= '\u2066' and <= '\u2069');
            Assert.Equal(text, strict.GetString(Copy(Encoding.UTF8.GetBytes(text))));
        }
    }

    private static byte[] Copy(byte[] text)
    {
        byte[] destination = new byte[text.Length * TerminalText.MaxGrowth];
        return destination[..TerminalText.Copy(text, destination)];
    }
}
