using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>Who was last here when.</summary>
public sealed class SeenNamesSpecs
{
    private readonly SeenNames _seen = new(2);

    [Fact]
    public void A_name_seen_twice_keeps_the_last_time_and_spelling()
    {
        _seen.Note("Alice"u8, 1);
        _seen.Note("alice"u8, 2);

        Assert.True(_seen.TryFind("ALICE"u8, out long ticks, out byte[] written));
        Assert.Equal((2, "alice"), (ticks, Encoding.ASCII.GetString(written)));
    }

    [Fact]
    public void The_name_gone_for_longest_is_forgotten_first()
    {
        _seen.Note("a"u8, 1);
        _seen.Note("b"u8, 2);
        _seen.Note("a"u8, 3);
        _seen.Note("c"u8, 4);

        Assert.Equal([true, false, true], [Knows("a"), Knows("b"), Knows("c")]);
        Assert.Equal(2, _seen.Count);
    }

    [Theory]
    [InlineData("al1ce")]
    [InlineData("")]
    [InlineData("no name")]
    public void A_name_that_only_looks_like_a_seen_one_was_not_seen(string name)
    {
        _seen.Note("alice"u8, 1);

        Assert.False(Knows(name));
    }

    private bool Knows(string name) => _seen.TryFind(Encoding.ASCII.GetBytes(name), out _, out _);
}
