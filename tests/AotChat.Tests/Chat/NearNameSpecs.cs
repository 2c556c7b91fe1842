using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Text;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Chat;

/// <summary>Whether a word is, was or nearly is a name.</summary>
public sealed class NearNameSpecs
{
    private readonly ChatState _chat = new(new ChatOptions { SeenNames = 10 }, new FakeTimeProvider(), new ReservedNames(), new NoStore());

    [Theory]
    [InlineData("alice", true)]
    [InlineData("ALICE", true)]
    [InlineData("@alice", true)]
    [InlineData("al1ce", true)]
    [InlineData("carol", true)]
    [InlineData("@Caro1", true)]
    [InlineData("u1000", true)]
    [InlineData("u1002", true)]
    [InlineData("U1002", true)]
    [InlineData("u1003", false)]
    [InlineData("u999", false)]
    [InlineData("u01000", false)]
    [InlineData("u1000x", false)]
    [InlineData("u99999999999999999999999", false)]
    [InlineData("alic", false)]
    [InlineData("there", false)]
    [InlineData("", false)]
    [InlineData("@", false)]
    [InlineData("a-word-that-no-name-is-as-long-as", false)]
    public void A_name_that_is_or_was_here_is_recognised(string name, bool expected)
    {
        Enter("alice");
        _chat.Leave(Enter("carol").Sessions[0], default, isTold: true);
        Enter(null);

        Assert.Equal(expected, _chat.IsOrWasHere(Encoding.UTF8.GetBytes(name)));
    }

    [Theory]
    [InlineData("alcie", true)]
    [InlineData("laice", true)]
    [InlineData("alice", false)]
    [InlineData("al1ce", false)]
    [InlineData("alic", true)]
    [InlineData("lice", true)]
    [InlineData("aliice", true)]
    [InlineData("alicex", true)]
    [InlineData("xalice", true)]
    [InlineData("alize", true)]
    [InlineData("Slice", true)]
    [InlineData("@alicw", true)]
    [InlineData("alice,", true)]
    [InlineData("axice", true)]
    [InlineData("axxce", false)]
    [InlineData("al", false)]
    [InlineData("bog", false)]
    [InlineData("bbo", true)]
    [InlineData("obb", true)]
    [InlineData("bo", false)]
    [InlineData("bobb", true)]
    [InlineData("ali", false)]
    [InlineData("there", false)]
    [InlineData("", false)]
    [InlineData("abcdefghijklmnopqrstuvwxy", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz", false)]
    public void A_word_one_slip_away_from_a_name_is_recognised(string word, bool expected)
    {
        Enter("Alice");
        Enter("bob");
        Enter("abcdefghijklmnopqrstuvwx");

        Assert.Equal(expected, _chat.IsNearSomebody(Encoding.UTF8.GetBytes(word)));
    }

    [Fact]
    public void Every_single_slip_of_a_name_is_found_and_no_double_one()
    {
        Enter("Jonathan.K_2");
        Random random = new(3);
        for (int round = 0; round < 2_000; round++)
        {
            string word = "jonathan.k_2";
            for (int slips = random.Next(1, 4); slips > 0; slips--)
            {
                word = Slip(word, random);
            }

            Assert.Equal(Spelling.Distance(word, "jonathan.k_2") == 1, _chat.IsNearSomebody(Encoding.ASCII.GetBytes(word)));
        }
    }

    [Fact]
    public void A_search_among_ten_thousand_people_allocates_nothing()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Enter($"person-{i}-of-many-here"[..Math.Min(24, $"person-{i}-of-many-here".Length)]);
        }

        byte[] word = "nobody-has-such-a-name-x"u8.ToArray();
        long before = 0;
        for (int round = 0; round < 200; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            bool isNear = _chat.IsNearSomebody(word) || _chat.IsOrWasHere(word);
            Assert.False(isNear);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Slip(string word, Random random)
    {
        int at = random.Next(word.Length);
        char letter = "abcxyz37_"[random.Next(9)];
        return random.Next(4) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, $"{letter}"),
            2 => word[..at] + letter + word[(at + 1)..],
            _ => at == 0 ? word : $"{word[..(at - 1)]}{word[at]}{word[at - 1]}{word[(at + 1)..]}",
        };
    }

    private User Enter(string? name)
    {
        User user = _chat.Enter(new QuietTerminal());
        if (name is not null)
        {
            Assert.Equal(NameResult.Done, _chat.Rename(user, Encoding.ASCII.GetBytes(name)));
        }

        return user;
    }
}
