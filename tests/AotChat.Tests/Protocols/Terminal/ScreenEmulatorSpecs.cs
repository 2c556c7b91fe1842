namespace AotChat.Tests.Protocols.Terminal;

/// <summary>The emulated screen shows what xterm would.</summary>
public sealed class ScreenEmulatorSpecs
{
    private readonly ScreenEmulator _screen = new(5, rows: 3);

    [Fact]
    public void Text_waits_in_the_last_column_before_it_wraps()
    {
        _screen.Write("12345"u8);
        Assert.Equal((0, 4, 0), (_screen.Row, _screen.Column, _screen.Wraps));
        _screen.Write("6"u8);
        Assert.Equal(["12345", "6|"], _screen.LinesWithCursor);
        Assert.Equal(1, _screen.Wraps);
    }

    [Fact]
    public void Erasing_behind_a_full_row_takes_its_last_character()
    {
        _screen.Write("12345\e[K"u8);
        Assert.Equal(["1234"], _screen.Lines);
    }

    [Fact]
    public void A_wide_character_takes_two_columns_and_is_destroyed_by_half()
    {
        _screen.Write("漢a\r"u8);
        Assert.Equal(["|漢a"], _screen.LinesWithCursor);
        _screen.Write("\e[CX"u8);
        Assert.Equal([" Xa"], _screen.Lines);
        _screen.Write("\r1234漢"u8);
        Assert.Equal(["1234", "漢"], _screen.Lines);
    }

    [Fact]
    public void Rows_scroll_off_the_top()
    {
        _screen.Write("1\r\n2\r\n3\r\n4"u8);
        Assert.Equal(["2", "3", "4"], _screen.Lines);
    }

    [Fact]
    public void A_sequence_that_no_terminal_should_be_sent_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => _screen.Write("\0"u8));
        Assert.Throws<InvalidOperationException>(() => _screen.Write("\e[6n"u8));
        Assert.Throws<InvalidOperationException>(() => _screen.Write([0xFF, 0xFF, 0xFF, 0xFF]));
    }
}
