using System.Text;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>Lines that are called back.</summary>
public sealed class EditorHistorySpecs
{
    private readonly EditorTerminal _terminal = new();

    [Theory]
    [InlineData("\e[A", "\e[B")]
    [InlineData("\eOA", "\eOB")]
    [InlineData("\u0010", "\u000e")]
    public void Up_calls_lines_back_and_Down_returns_to_the_unfinished_one(string up, string down)
    {
        _terminal.Type("first\nsecond\nunfin");

        Assert.Equal("second|", _terminal.Type(up).Sees[^1]);
        Assert.Equal("first|", _terminal.Type(up).Sees[^1]);
        Assert.Equal("first|", _terminal.Type(up).Sees[^1]);
        Assert.Equal("second|", _terminal.Type(down).Sees[^1]);
        Assert.Equal("unfin|", _terminal.Type(down).Sees[^1]);
        Assert.Equal("unfin|", _terminal.Type(down).Sees[^1]);
        Assert.Equal(["first", "second", "first!"], _terminal.Type(up + up + "!\n").Lines);
    }

    [Fact]
    public void A_line_sent_twice_is_kept_once() =>
        Assert.Equal("a|", _terminal.Type("a\nb\nb\n\n\u0010\u0010").Sees[^1]);

    [Fact]
    public void A_cancelled_line_is_not_kept() => Assert.Equal("a|", _terminal.Type("a\nb\u0003\u0010").Sees[^1]);

    [Fact]
    public void The_oldest_lines_go_when_there_are_too_many()
    {
        EditorHistory history = new(maxLines: 3, maxBytes: 10);
        foreach (string line in (string[])["a", "b", "c", "d", "eeeeeeee", "far too long for it"])
        {
            history.Add(Encoding.UTF8.GetBytes(line));
        }

        Assert.Equal(["eeeeeeee", "d", "c"], All(history));
        history.Add("ffff"u8);
        Assert.Equal(["ffff"], All(history));
    }

    [Fact]
    public void A_line_that_takes_all_of_the_memory_is_kept_and_a_longer_one_is_not()
    {
        EditorHistory history = new(maxLines: 3, maxBytes: 10);
        history.Add("a"u8);
        history.Add("0123456789"u8);
        history.Add("0123456789a"u8);

        Assert.Equal(["0123456789"], All(history));
    }

    private static List<string> All(EditorHistory history)
    {
        List<string> lines = [];
        while (history.TryUp(default, out ReadOnlySpan<byte> line))
        {
            lines.Add(Encoding.UTF8.GetString(line));
        }

        return lines;
    }
}
