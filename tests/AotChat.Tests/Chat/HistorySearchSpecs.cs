using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>What a search finds.</summary>
public sealed class HistorySearchSpecs
{
    private readonly HistoryStore _history = new(10_000, 16 * 1024 * 1024);
    private readonly Room _lobby = new("lobby"u8.ToArray(), "lobby"u8.ToArray()) { Id = 1 };
    private readonly Room _dev = new("dev"u8.ToArray(), "dev"u8.ToArray()) { Id = 1 };

    [Theory]
    [InlineData("hello", "hello there", true)]
    [InlineData("HELLO", "say Hello!", true)]
    [InlineData("ell", "hello", true)]
    [InlineData("bob", "hello", true)]
    [InlineData("Ärger", "viel äRGER", true)]
    [InlineData("ПРИВЕТ", "всем привет", true)]
    [InlineData("漢字", "ab漢字cd", true)]
    [InlineData("hello", "help", false)]
    [InlineData("a", "ä", false)]
    public void A_search_ignores_case_and_finds_parts_of_words(string word, string text, bool isFound)
    {
        Say(_lobby, text);

        Assert.Equal(isFound ? [(_lobby, 1)] : [], Find(word, 20, _lobby));
    }

    [Fact]
    public void A_search_of_several_rooms_finds_the_newest_lines_first_up_to_its_limit()
    {
        Say(_lobby, "x one");
        Say(_dev, "x two");
        Say(_dev, "nothing");
        Say(_lobby, "x three");

        Assert.Equal([(_lobby, 2), (_dev, 1), (_lobby, 1)], Find("x", 20, _lobby, _dev));
        Assert.Equal([(_lobby, 2), (_dev, 1)], Find("x", 2, _lobby, _dev));
    }

    [Fact]
    public void A_long_search_takes_several_slices()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Say(_lobby, i == 0 ? "the needle" : "hay");
        }

        HistorySearch search = new(_history, [_lobby], "needle"u8, 20);
        int slices = 1;
        while (search.SearchSlice())
        {
            slices++;
        }

        Assert.InRange(slices, 10, 12);
        Assert.Equal([new HistoryMatch(_lobby, 1)], search.Found);
    }

    [Fact]
    public void Long_lines_make_a_slice_shorter()
    {
        for (int i = 0; i < 100; i++)
        {
            Say(_lobby, new string('x', 8_000));
        }

        HistorySearch search = new(_history, [_lobby], "needle"u8, 20);

        Assert.True(search.SearchSlice());
        Assert.True(search.SearchSlice());
    }

    [Fact]
    public void Lines_that_go_between_two_slices_are_no_longer_looked_at()
    {
        for (int i = 0; i < 3_000; i++)
        {
            Say(_lobby, "needle");
        }

        HistorySearch search = new(_history, [_lobby, _dev], "nothing like it"u8, 20);
        Assert.True(search.SearchSlice());
        _history.Clear(_lobby);
        Say(_dev, "nothing like it");

        Assert.False(search.SearchSlice());
        Assert.Empty(search.Found);
    }

    [Fact]
    public void An_older_line_is_found_though_its_neighbours_go_between_two_slices()
    {
        HistoryStore history = new(3_000, 16 * 1024 * 1024);
        for (int i = 1; i <= 3_000; i++)
        {
            history.Add(_lobby, (UInt128)(i == 500 ? 1 : 2), ChatEventKind.Said, 0, i is 500 or 700 ? "a needle"u8 : "a hay"u8, 1);
        }

        HistorySearch search = new(history, [_lobby], "needle"u8, 20);
        Assert.True(search.SearchSlice());
        for (int i = 0; i < 1_000; i++)
        {
            history.Add(_lobby, (UInt128)2, ChatEventKind.Said, 0, "a hay"u8, 1);
        }

        while (search.SearchSlice())
        {
        }

        Assert.Equal([new HistoryMatch(_lobby, 500)], search.Found);
    }

    private List<(Room, long)> Find(string word, int max, params Room[] rooms)
    {
        HistorySearch search = new(_history, rooms, Encoding.UTF8.GetBytes(word), max);
        while (search.SearchSlice())
        {
        }

        return [.. search.Found.Select(match => (match.Room, match.Number))];
    }

    private void Say(Room room, string text) => _history.Add(room, ChatEventKind.Said, 0, Encoding.UTF8.GetBytes("bob " + text), 3);
}
