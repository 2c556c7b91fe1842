using System.Text;
using AotChat.Commands;

namespace AotChat.Tests.Commands;

/// <summary>How a command line becomes words, whatever stands between them and around them.</summary>
public sealed class ArgumentReaderSpecs
{
    // A space, a tab, and blanks that look like one or like nothing.
    public static TheoryData<string> Blanks =>
        [" ", "\t", "\u00a0", "\u1680", "\u2003", "\u2009", "\u202f", "\u205f", "\u3000", "\u2800", "\u3164", "\u200b", "\u2060", "\ufeff"];

    public static TheoryData<string> Invisible =>
        ["\u00ad", "\u034f", "\u061c", "\u180b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2064", "\ufe0f", "\U000e0041", "\u200d\ufe0f"];

    [Theory]
    [MemberData(nameof(Blanks))]
    public void Blanks_of_every_kind_separate_words(string blank)
    {
        Assert.Equal(["msg", "bob", "hi"], Words($"msg{blank}bob{blank}hi"));
        Assert.Equal(["message-long", "roberta-long", "hi"], Words($"{blank}{blank}message-long{blank} {blank}roberta-long{blank}hi{blank}"));
    }

    [Theory]
    [MemberData(nameof(Blanks))]
    public void A_blank_behind_the_last_word_is_the_end_however_long_that_word_is(string blank)
    {
        for (int length = 1; length <= 20; length++)
        {
            string word = new('x', length);
            Assert.Equal([word], Words(word + blank));
            Assert.Equal([word], Words(word + blank + blank + "\t "));
        }
    }

    [Theory]
    [MemberData(nameof(Invisible))]
    public void Invisible_characters_at_the_ends_of_words_are_not_part_of_them(string invisible)
    {
        Assert.Equal(["msg", "bob", "hi"], Words($"{invisible}msg{invisible} {invisible}bob{invisible} hi{invisible}"));
        Assert.Equal([$"m{invisible}sg"], Words($"m{invisible}sg"));
    }

    [Theory]
    [InlineData("msg hi there", "hi there")]
    [InlineData("msg  hi", " hi")]
    [InlineData("msg\thi", "hi")]
    [InlineData("msg\u00a0hi", "hi")]
    [InlineData("msg\u3000 hi", " hi")]
    [InlineData("msg\u200b hi", "hi")]
    [InlineData("msg\u200bhi", "hi")]
    [InlineData("msg\u200e\u200d hi", "hi")]
    [InlineData("msg \u200dhi", "\u200dhi")]
    [InlineData("msg", "")]
    [InlineData("msg ", "")]
    [InlineData("msg\u200b", "")]
    public void The_rest_begins_after_the_one_blank(string line, string rest)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        int at = 0;
        ArgumentReader.ReadWord(bytes, ref at);

        Assert.Equal(rest, Encoding.UTF8.GetString(ArgumentReader.ReadRest(bytes, at)));
    }

    [Theory]
    [InlineData("grüße-an-alle 漢字漢字漢字 über", "grüße-an-alle", "漢字漢字漢字", "über")]
    [InlineData("ééééééééééééé\u00a0x", "ééééééééééééé", "x")]
    public void Letters_of_every_script_make_words(string line, params string[] words) => Assert.Equal(words, Words(line));

    private static string[] Words(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        List<string> words = [];
        int at = 0;
        while (!ArgumentReader.IsAtEnd(bytes, at))
        {
            words.Add(Encoding.UTF8.GetString(ArgumentReader.ReadWord(bytes, ref at)));
        }

        return [.. words];
    }
}
