using AotChat.Chat;

namespace AotChat.Tests.Store;

/// <summary>Which lines a search finds.</summary>
public sealed class StoreSearchSpecs : IDisposable
{
    private readonly StoreUnderTest _test = new();

    public StoreSearchSpecs()
    {
        Say("the release is out", "alice", 1);
        Say("out of memory", "bob_x", 1);
        Say("Release the Kraken", "alice-b", 2);
        Say("café au lait", "Alice", 2);
        Say("robert'); DROP TABLE line;--", "bobby", 3);
        _test.Run();
    }

    public void Dispose() => _test.Dispose();

    [Theory]
    [InlineData("release", "Release the Kraken|the release is out")]
    [InlineData("RELEASE out", "the release is out")]
    [InlineData("out", "out of memory|the release is out")]
    [InlineData("cafe", "café au lait")]
    [InlineData("relea", "")]
    public void Words_are_found_in_any_case_and_order(string words, string found) => Assert.Equal(found, Find(words.Split(' ')));

    [Fact]
    public void A_phrase_is_found_as_it_stands()
    {
        Assert.Equal("the release is out", Find("release is"));
        Assert.Equal("", Find("is release"));
    }

    [Theory]
    [InlineData("alice", "café au lait|the release is out")]
    [InlineData("ALICE-B", "Release the Kraken")]
    [InlineData("bob_x", "out of memory")]
    [InlineData("bob", "")]
    [InlineData("x\" OR text : \"release", "")]
    public void An_author_is_found_by_the_whole_name_in_any_case(string author, string found) => Assert.Equal(
        found, string.Join('|', _test.Search(new StoredSearch([], author, [1, 2, 3], 0, long.MaxValue, 0, 100))));

    [Theory]
    [InlineData("x' OR '1'='1")]
    [InlineData("\"release")]
    [InlineData("release\" OR \"out")]
    [InlineData("NOT release")]
    [InlineData("text : release")]
    [InlineData("release*")]
    [InlineData("NEAR(release out)")]
    [InlineData("^the")]
    [InlineData("a\0b")]
    public void Nothing_in_a_word_is_part_of_the_language_of_the_search(string word)
    {
        string[] found = _test.Search(word);

        Assert.All(found, line => Assert.Contains(word.Trim('"', '*', '^'), line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Only_the_rooms_that_are_asked_for_are_looked_in()
    {
        Assert.Equal(["Release the Kraken"], _test.Search(new StoredSearch(["release"], "", [2, 3], 0, long.MaxValue, 0, 100)));
        Assert.Empty(_test.Search(new StoredSearch(["release"], "", [9], 0, long.MaxValue, 0, 100)));
    }

    [Fact]
    public void A_time_narrows_a_search_down_to_the_minute()
    {
        long noon = _test.Time.Start.UtcTicks;
        long Minute(int minute) => noon + (minute * TimeSpan.TicksPerMinute);

        Assert.Equal("robert'); DROP TABLE line;--|café au lait", Find(Minute(4), long.MaxValue));
        Assert.Equal("out of memory|the release is out", Find(0, Minute(3)));
        Assert.Equal("Release the Kraken", Find(Minute(3), Minute(4)));
        Assert.Equal("", Find(Minute(9), long.MaxValue));
    }

    [Fact]
    public void Pages_follow_each_other()
    {
        Assert.Equal(["café au lait", "Release the Kraken"], _test.Search(new StoredSearch([], "", [1, 2, 3], 0, long.MaxValue, 1, 2)));
        Assert.Equal(["the release is out"], _test.Search(new StoredSearch([], "", [1, 2, 3], 0, long.MaxValue, 4, 2)));
    }

    private string Find(params string[] words) => string.Join('|', _test.Search(new StoredSearch(words, "", [1, 2, 3], 0, long.MaxValue, 0, 100)));

    private string Find(long since, long before) => string.Join('|', _test.Search(new StoredSearch([], "", [1, 2, 3], since, before, 0, 100)));

    private void Say(string text, string name, long room)
    {
        _test.Time.Advance(TimeSpan.FromMinutes(1));
        _test.Say(text, name, room);
    }
}
