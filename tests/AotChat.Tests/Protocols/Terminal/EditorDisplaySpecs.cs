using System.Globalization;
using System.Text;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What somebody sees who types while others talk.</summary>
public sealed class EditorDisplaySpecs
{
    private readonly EditorTerminal _terminal = new(columns: 20);

    [Fact]
    public void Others_lines_stand_above_the_line_being_typed() => Assert.Equal(
        ["alice hi", "bob hello", "how are| you"],
        _terminal.Type("how are").Receive("alice hi").Type(" you\e[D\e[D\e[D\e[D").Receive("bob hello").Sees);

    [Fact]
    public void Others_lines_cost_nothing_extra_while_nothing_is_typed()
    {
        _terminal.Receive("alice hi").Type("x\b").Receive("bob hi");
        Assert.Equal(["alice hi", "bob hi", "|"], _terminal.Sees);
        _terminal.Type("");
        _terminal.Receive("carol hi");
        Assert.Equal("", _terminal.Sent);
    }

    [Fact]
    public void Hiding_or_showing_twice_does_the_same_as_once()
    {
        _terminal.Type("draft");
        _terminal.Type("");
        _terminal.Editor.Hide();
        _terminal.Editor.Hide();
        _terminal.Editor.Show();
        _terminal.Editor.Show();
        _terminal.Drain();

        Assert.Equal("\r\e[Kdraft", _terminal.Sent);
    }

    [Fact]
    public void Keys_typed_while_the_row_is_hidden_appear_with_it()
    {
        _terminal.Type("ab");
        _terminal.Editor.Hide();
        _terminal.Type("cd\e[De");
        Assert.Equal(["|"], _terminal.Sees);

        _terminal.Editor.Show();
        _terminal.Drain();
        Assert.Equal(["abce|d"], _terminal.Sees);
    }

    [Fact]
    public void A_line_finished_while_hidden_stays_readable()
    {
        _terminal.Type("ab");
        _terminal.Editor.Hide();

        Assert.Equal(["abcd", "|"], _terminal.Type("cd\r").Sees);
    }

    [Fact]
    public void A_long_line_scrolls_in_its_row_and_is_written_in_full_at_its_end()
    {
        _terminal.Type("the quick brown fox jumps");
        Assert.Equal(["ick brown fox jumps|"], _terminal.Sees);
        Assert.Equal(["|the quick brown fox"], _terminal.Type("\u0001").Sees);
        Assert.Equal(0, _terminal.Screen.Wraps);

        Assert.Equal(["the quick brown fox", "jumps", "|"], _terminal.Type("\r").Sees.Select(line => line.Trim()));
        Assert.Equal(["the quick brown fox jumps"], _terminal.Lines);
    }

    [Fact]
    public void A_line_as_long_as_two_rows_keeps_its_last_character()
    {
        _terminal.Type(new string('x', 40) + "\r");

        Assert.Equal([new string('x', 20), new string('x', 20), "|"], _terminal.Sees);
    }

    [Fact]
    public void A_narrower_window_shows_less_of_the_line()
    {
        ScreenEmulator narrow = new(12);
        EditorTerminal terminal = new(columns: 20, screen: narrow);
        terminal.Editor.Columns = 12;
        terminal.Type("0123456789abc");
        Assert.Equal(["23456789abc|"], terminal.Sees);

        terminal.Editor.Columns = 10;
        terminal.Drain();
        Assert.Equal(["456789abc|"], terminal.Sees);
    }

    [Theory]
    [InlineData(0, 80)]
    [InlineData(-1, 80)]
    [InlineData(1, 10)]
    [InlineData(132, 132)]
    [InlineData(65_535, 500)]
    public void A_width_that_cannot_be_is_replaced(int told, int taken)
    {
        _terminal.Editor.Columns = told;

        Assert.Equal(taken, _terminal.Editor.Columns);
    }

    [Fact]
    public void A_client_that_claims_a_giant_window_gets_no_giant_row()
    {
        EditorTerminal terminal = new(columns: 20);
        terminal.Editor.Columns = 65_535;
        terminal.Editor.Read(Encoding.UTF8.GetBytes("\u0001" + new string('x', 4_000) + "\e[D"), out _);

        Assert.InRange(terminal.Editor.Output.Length, 1, 2_000);
    }

    [Theory]
    [InlineData("漢字漢字漢字漢字漢字漢字")]
    [InlineData("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧")]
    [InlineData("हिन्दी में बात करें हिन्दी में")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301")]
    public void Wide_and_joined_characters_never_wrap_and_the_cursor_is_where_it_should_be(string text)
    {
        // Terminals differ: one knows wide characters and marks, one gives a column to everything.
        foreach (ScreenEmulator screen in (ScreenEmulator[])[new(20), new(20, _ => 1)])
        {
            EditorTerminal terminal = new EditorTerminal(columns: 20, screen: screen).Type(text);
            foreach (int start in StringInfo.ParseCombiningCharacters(text).Reverse())
            {
                terminal.Type("\e[D");
                Assert.EndsWith(screen.LeftOfCursor, text[..start], StringComparison.Ordinal);
                Assert.Equal(start > 0, screen.Column > 0);
                Assert.StartsWith(screen.RightOfCursor, text[start..], StringComparison.Ordinal);
            }

            Assert.Equal(0, screen.Wraps);
            Assert.Equal([text], terminal.Type("\n").Lines);
        }
    }
}
