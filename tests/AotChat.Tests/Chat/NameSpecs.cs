using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>What may be a name, and which names look alike.</summary>
public sealed class NameSpecs
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("Alice_2.b-c", true)]
    [InlineData("abcdefghijklmnopqrstuvwx", true)]
    [InlineData("abcdefghijklmnopqrstuvwxy", false)]
    [InlineData("", false)]
    [InlineData("2a", false)]
    [InlineData("_a", false)]
    [InlineData("-a", false)]
    [InlineData(".a", false)]
    [InlineData("a b", false)]
    [InlineData("a,b", false)]
    [InlineData("a/b", false)]
    [InlineData("#a", false)]
    [InlineData("aé", false)]
    [InlineData("а", false)]
    public void A_name_is_1_to_24_letters_digits_and_three_marks_first_a_letter(string name, bool isWellFormed) =>
        Assert.Equal(isWellFormed, NameRules.IsWellFormed(Encoding.UTF8.GetBytes(name)));

    [Theory]
    [InlineData("alice", "al1ce")]
    [InlineData("alice", "aLIcE")]
    [InlineData("bill", "BI11")]
    [InlineData("bob", "b0b")]
    [InlineData("modem", "modern")]
    [InlineData("wim", "vvirn")]
    [InlineData("corn", "com")]
    [InlineData("RNA", "ma")]
    public void These_look_alike(string one, string other) => Assert.Equal(Fold(one), Fold(other));

    [Theory]
    [InlineData("alice", "alicia")]
    [InlineData("bob", "bop")]
    [InlineData("nr", "m")]
    [InlineData("v", "w")]
    [InlineData("r.n", "m")]
    [InlineData("a-b", "a_b")]
    public void These_do_not(string one, string other) => Assert.NotEqual(Fold(one), Fold(other));

    [Fact]
    public void A_folded_name_looks_like_itself()
    {
        Random random = new(1);
        for (int round = 0; round < 10_000; round++)
        {
            string name = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => "rnmvwiIlL1oO0aB2._-"[random.Next(19)]));

            string folded = Fold(name);

            Assert.Equal(folded, Fold(folded));
            Assert.Equal(folded, Fold(name.ToUpperInvariant()));
            Assert.InRange(folded.Length, 1, name.Length);
        }
    }

    [Theory]
    [InlineData("Welcome! Your username is", "welcome", true)]
    [InlineData("Welcome! Your username is", "We1come", true)]
    [InlineData("You are away.", "YOU", true)]
    [InlineData("away.", "away", true)]
    [InlineData("resource_size(http://host/)", "resource_size", true)]
    [InlineData("#room", "room", false)]
    [InlineData("", "a", false)]
    [InlineData("You are away.", "your", false)]
    public void The_first_word_of_a_line_is_reserved(string line, string name, bool isReserved)
    {
        ReservedNames reserved = new();
        reserved.AddFirstWordOf(line);

        Assert.Equal(isReserved, reserved.Contains(LookAlikes.Fold(Encoding.ASCII.GetBytes(name))));
    }

    private static string Fold(string name) => Encoding.ASCII.GetString(LookAlikes.Fold(Encoding.ASCII.GetBytes(name)));
}
