using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>Finding what was said: who may find what, in which form, in pages.</summary>
public sealed class SearchSpecs
{
    private readonly MemoryStore _store = new();
    private readonly SimulatedChat _chat;
    private readonly SimulatedClient _alice;

    public SearchSpecs()
    {
        _chat = new SimulatedChat(new ChatOptions { FloodRate = 0 }, store: _store);
        _alice = _chat.Connect().Type("nick alice", "join lobby");
        _alice.ReadTexts();
    }

    [Fact]
    public void Search_finds_lines_in_the_rooms_that_one_is_in_the_newest_first()
    {
        _alice.Type("the Release is out", "nothing", "/join dev", "release it", "/leave dev", "/join ops", "a release");
        _alice.ReadTexts();

        Assert.Equal(
            ["Lines found for RELEASE, the newest first:", "#ops [1] alice a release", "#lobby [1] alice the Release is out"],
            _alice.Type("/search RELEASE").ReadTexts());
        Assert.Equal(["Lines found for release in:ops, the newest first:", "#ops [1] alice a release"], _alice.Type("/search release in:ops").ReadTexts());
        Assert.Equal(["Nothing found for x"], _alice.Type("/search x\u001b[31m").ReadTexts());
    }

    [Fact]
    public void More_lines_than_a_page_shows_come_in_pages()
    {
        _alice.Type([.. Enumerable.Range(1, 30).Select(number => $"line {number}")]);
        string[] first = _alice.Type("/search line").ReadTexts();
        string[] second = _alice.Type("/search line page:2").ReadTexts();

        Assert.Equal(
            ["Lines found for line, the newest first:", "#lobby [30] alice line 30", "#lobby [11] alice line 11", "Lines before these: /search line page:2"],
            [first[0], first[1], first[^2], first[^1]]);
        Assert.Equal(
            ["Lines found for line, the newest first, page 2:", "#lobby [10] alice line 10", "#lobby [1] alice line 1"],
            [second[0], second[1], second[^1]]);
        Assert.Equal(["Nothing more found for line"], _alice.Type("/search line page:3").ReadTexts());
    }

    [Theory]
    [InlineData("from:alice", "alice")]
    [InlineData("from:@Alice one", "one")]
    [InlineData("\"two words\"", "two words")]
    [InlineData("since:1h", "now")]
    [InlineData("before:2024-02-29T23:59", "old")]
    [InlineData("since:2024-03-01 before:2024-03-02", "now")]
    public void What_is_looked_for_is_passed_on_in_its_parts(string typed, string what)
    {
        long now = new DateTime(2024, 3, 1, 12, 0, 0, DateTimeKind.Utc).Ticks;

        AotChat.Commands.SearchQuery? query = AotChat.Commands.SearchQuery.Parse(System.Text.Encoding.UTF8.GetBytes(typed), now, TimeZoneInfo.Utc, out string problem);

        Assert.Equal("", problem);
        Assert.NotNull(query);
        Assert.True(what switch
        {
            "alice" => query.Author == "alice" && query.Words.Count == 0,
            "one" => query.Author == "Alice" && query.Words is ["one"],
            "two words" => query.Words is ["two words"],
            "old" => query.Before == new DateTime(2024, 2, 29, 23, 59, 0).Ticks && query.Since == 0,
            _ => query.Since <= now && query.Since > 0,
        });
    }

    [Theory]
    [InlineData("/search !!!", "Cannot search: \"!!!\" has no letter or digit to look for. Usage: /search TEXT")]
    [InlineData("/search x since:yesterday", "Cannot search: \"yesterday\" is no time; write 2d, 3h, 2026-11-01 or 2026-11-01T12:30. Usage: /search TEXT")]
    [InlineData("/search x page:0", "Cannot search: \"page:0\" is no page; pages are numbered from 1. Usage: /search TEXT")]
    [InlineData("/search page:2", "Cannot search: TEXT is missing. Usage: /search TEXT")]
    [InlineData("/search from:", "Cannot search: \"from:\" needs a name. Usage: /search TEXT")]
    public void What_can_not_be_looked_for_is_refused_with_the_reason(string line, string answer) => Assert.Equal([answer], _alice.Type(line).ReadTexts());

    [Fact]
    public void A_user_searches_once_at_a_time_and_the_chat_goes_on()
    {
        _alice.Type("needle");
        _store.IsSlow = true;
        Assert.Equal(["Cannot search: your last search is still running"], _alice.Type("/search needle", "/search again").ReadTexts());
        _chat.InLoop(_store.Answer);
        _chat.Settle();

        Assert.Contains("#lobby [1] alice needle", _alice.ReadTexts());
    }

    [Fact]
    public void A_room_that_is_left_in_the_middle_of_a_search_is_searched_in_vain()
    {
        _alice.Type("the needle", "/join dev", "a needle, too");
        _store.IsSlow = true;
        _alice.Type("/search needle", "/leave lobby");
        _alice.ReadTexts();
        _chat.InLoop(_store.Answer);
        _chat.Settle();

        Assert.Equal(["Lines found for needle, the newest first:", "#dev [1] alice a needle, too"], _alice.ReadTexts());
    }

    [Fact]
    public void A_search_that_the_store_can_not_answer_is_refused_and_the_next_one_works()
    {
        _alice.Type("needle");
        _store.Problem = "the disk reports an error";
        Assert.StartsWith("Cannot search: it took too long, ", _alice.Type("/search needle").ReadTexts().Single());
        _store.Problem = null;

        Assert.Contains("#lobby [1] alice needle", _alice.Type("/search needle").ReadTexts());
    }
}
