using System.Text;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>When a text names somebody.</summary>
public sealed class MentionSpecs
{
    [Theory]
    [InlineData("alice")]
    [InlineData("@alice")]
    [InlineData("@Alice: look")]
    [InlineData("ALICE!")]
    [InlineData("thanks, alice.")]
    [InlineData("well... alice...")]
    [InlineData("and then alice-")]
    [InlineData("...alice")]
    [InlineData("-alice- _alice")]
    [InlineData("alice's")]
    [InlineData("(alice)")]
    [InlineData("*alice*")]
    [InlineData("bob/alice,carol")]
    [InlineData("«alice»")]
    [InlineData("“Alice”")]
    [InlineData("alice\u00A0here")]
    [InlineData("\uFFFDalice\uFFFD")]
    [InlineData("你好alice你好")]
    [InlineData("malice toward alice")]
    [InlineData("alice2 and alice")]
    [InlineData("\talice\t")]
    public void A_text_with_the_name_alice_names_her(string text) => Assert.Equal("alice", Find(text, "alice")?.ToLowerInvariant());

    [Theory]
    [InlineData("")]
    [InlineData("malice")]
    [InlineData("alices")]
    [InlineData("alice2")]
    [InlineData("2alice")]
    [InlineData("al ice")]
    [InlineData("alic")]
    [InlineData("alice_")]
    [InlineData("alice-b")]
    [InlineData("alice.b")]
    [InlineData("b.alice")]
    [InlineData("x-alice-x")]
    [InlineData("al1ce")]
    [InlineData("éalice")]
    [InlineData("aliceé")]
    [InlineData("alice\u0301")]
    [InlineData("alicealice")]
    public void A_text_with_a_similar_word_does_not_name_alice(string text) => Assert.Null(Find(text, "alice"));

    [Theory]
    [InlineData("hi dr.", "dr.")]
    [InlineData("hi dr..", "dr.")]
    [InlineData("hi dr", "dr.", false)]
    [InlineData("hi a_b-c.d!", "a_b-c.d")]
    [InlineData("hi a_b-c.d!", "a_b-c", false)]
    [InlineData("u1000 u10001", "u1000")]
    [InlineData("u10001", "u1000", false)]
    [InlineData("hi abcdefghijklmnopqrstuvwx", "abcdefghijklmnopqrstuvwx")]
    public void A_name_may_have_signs_in_it(string text, string name, bool isFound = true) =>
        Assert.Equal(isFound ? name : null, Find(text, name));

    [Fact]
    public void Any_text_names_those_who_stand_between_blanks_and_nobody_else()
    {
        Random random = new(12);
        for (int round = 0; round < 2_000; round++)
        {
            string[] words = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Name(random))];
            string name = Name(random);

            Assert.Equal(words.Contains(name, StringComparer.OrdinalIgnoreCase), Find(string.Join(' ', words), name) is not null);
        }
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception()
    {
        Random random = new(13);
        byte[] bytes = new byte[64];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            LineWords words = new();
            words.Read(0, bytes);
            int next = 0;
            while (words.TryFind(bytes, "a"u8, ref next, out Word word))
            {
                Assert.Equal("A", Encoding.ASCII.GetString(bytes, word.Start, word.Length).ToUpperInvariant());
            }
        }
    }

    // Few letters, so that names meet; the last is none of the signs that may end a sentence.
    private static string Name(Random random) =>
        string.Concat(random.GetItems("abA".ToCharArray(), 1))
        + string.Concat(random.GetItems("abA_-.1".ToCharArray(), random.Next(3)))
        + string.Concat(random.GetItems("abA_1".ToCharArray(), 1));

    private static string? Find(string text, string name)
    {
        byte[] line = Encoding.UTF8.GetBytes(text);
        LineWords words = new();
        words.Read(0, line);
        int next = 0;
        return words.TryFind(line, Encoding.ASCII.GetBytes(name), ref next, out Word word)
            ? Encoding.UTF8.GetString(line, word.Start, word.Length)
            : null;
    }
}
