using AotChat.Text;

namespace AotChat.Tests.Text;

/// <summary>How long the words are that are compared.</summary>
public sealed class SpellingSpecs
{
    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Words_of_up_to_64_letters_are_compared(int length, bool isFound)
    {
        string meant = new('a', length);

        Assert.Equal(isFound ? meant : null, Spelling.Nearest(meant[1..] + "b", [meant]));
    }
}
