using System.Text;
using AotChat.Chat;
using AotChat.Text;

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
    [InlineData("vvvolf", "vwolf")]
    [InlineData("vvvolf", "wvolf")]
    [InlineData("vvvv", "ww")]
    [InlineData("wvw", "vvvvv")]
    [InlineData("rrn", "rm")]
    [InlineData("rnn", "mn")]
    public void Names_that_look_alike_fold_to_the_same(string one, string other) => Assert.Equal(Fold(one), Fold(other));

    [Theory]
    [InlineData("alice", "alicia")]
    [InlineData("bob", "bop")]
    [InlineData("nr", "m")]
    [InlineData("v", "w")]
    [InlineData("r.n", "m")]
    [InlineData("a-b", "a_b")]
    public void Names_that_look_different_fold_to_different_ones(string one, string other) => Assert.NotEqual(Fold(one), Fold(other));

    [Fact]
    public void Two_names_fold_to_the_same_if_and_only_if_they_look_alike()
    {
        Random random = new(2);
        for (int round = 0; round < 20_000; round++)
        {
            string name = Any(random, "rnmvwilo0a-");
            string alike = Rewrite(name, random);
            string other = Any(random, "rnmvw");

            Assert.Equal(Fold(name), Fold(alike));
            Assert.Equal(Spell(name) == Spell(other), Fold(name) == Fold(other));
        }
    }

    [Fact]
    public void A_folded_name_looks_like_itself()
    {
        Random random = new(1);
        for (int round = 0; round < 10_000; round++)
        {
            string name = Any(random, "rnmvwiIlL1oO0aB2._-");

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

    private static string Any(Random random, string letters) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => letters[random.Next(letters.Length)]));

    // Each letter, and each pair that looks like one, may be written in another way.
    private static string Rewrite(string name, Random random)
    {
        string[][] classes = [["m", "M", "rn", "Rn"], ["w", "W", "vv", "vV"], ["i", "I", "l", "L", "1"], ["o", "O", "0"], ["a", "A"]];
        StringBuilder written = new();
        for (int at = 0; at < name.Length;)
        {
            string[] alike = [.. classes.Where(one => random.Next(3) > 0 && one.Any(name[at..].StartsWith)).SelectMany(one => one)];
            string read = alike.FirstOrDefault(name[at..].StartsWith) ?? name[at..(at + 1)];
            written.Append(alike.Length == 0 ? read : alike[random.Next(alike.Length)]);
            at += read.Length;
        }

        return written.ToString();
    }

    // What it looks like, letter by letter, in as many letters as it takes.
    private static string Spell(string name) => name.ToLowerInvariant()
        .Replace("m", "rn", StringComparison.Ordinal).Replace("w", "vv", StringComparison.Ordinal)
        .Replace('i', 'l').Replace('1', 'l').Replace('0', 'o');

    private static string Fold(string name) => Encoding.ASCII.GetString(LookAlikes.Fold(Encoding.ASCII.GetBytes(name)));
}
