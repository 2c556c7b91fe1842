using System.Text;
using AotChat.Protocols.Terminal;
using Wcwidth;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>How wide characters are at most.</summary>
public sealed class CharacterWidthSpecs
{
    [Fact]
    public void No_character_is_wider_than_the_bound_on_terminals_that_follow_Unicode()
    {
        for (int value = 0; value <= 0x10FFFF; value++)
        {
            if (Rune.IsValid(value) && UnicodeCalculator.GetWidth(value) > CharacterWidth.AtMost(new Rune(value)))
            {
                Assert.Fail($"U+{value:X4} is wider.");
            }
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("aé", 2)]
    [InlineData("漢a", 3)]
    [InlineData("e\u0301", 2)]
    public void The_bound_of_a_text_is_that_of_its_characters(string text, int columns) =>
        Assert.Equal(columns, CharacterWidth.AtMost(Encoding.UTF8.GetBytes(text)));
}
